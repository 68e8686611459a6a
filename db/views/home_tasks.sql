-- What waits to be done in a home: places of the roster that are open, a row a day; repairs that wait too long or cannot wait, a row each.
SELECT home_id, NULL AS id, substr(day, 6) AS label, iif(day <= tomorrow, 'roster_gap_now', 'roster_gap') AS matter, iif(day <= tomorrow, 1, 2) AS rank,
  day, places AS count
FROM (SELECT date(today, '+1 day') AS tomorrow FROM clock LIMIT 1) CROSS JOIN roster_gaps WHERE places > 0
UNION ALL
SELECT home_id, id, matter, iif(urgent, 'repair_urgent', 'repair_late'), iif(urgent, 1, 2), day, 1
FROM (SELECT date(today, '-' || value || ' days') AS since FROM clock CROSS JOIN settings WHERE name = 'repair_days' LIMIT 1)
CROSS JOIN repairs WHERE done_day IS NULL AND (urgent OR day < since)
