-- What of a home somebody should look at today: places of the roster that are open, repairs that wait too long or cannot wait, safety checks
-- that are due again, rooms that stand idle. One row a day, repair, kind of check or room; days say how long, or, below nought, how soon.
SELECT w.home_id, (SELECT name FROM homes h WHERE h.id = w.home_id) AS home, w.id, w.label, w.matter, w.rank, w.days, w.count
FROM (
  SELECT g.home_id, NULL AS id, substr(g.day, 6) AS label, iif(g.day <= tomorrow, 'roster_gap_now', 'roster_gap') AS matter, iif(g.day <= tomorrow, 1, 2) AS rank,
    CAST(julianday(today) - julianday(g.day) AS INTEGER) AS days, g.places AS count
  FROM (SELECT today, date(today, '+1 day') AS tomorrow FROM clock) CROSS JOIN roster_gaps g WHERE g.places > 0
  UNION ALL
  SELECT home_id, id, matter, iif(urgent, 'repair_urgent', 'repair_late'), iif(urgent, 1, 2), CAST(julianday(today) - julianday(day) AS INTEGER), 1
  FROM (SELECT today, date(today, '-' || (SELECT value FROM settings WHERE name = 'repair_days') || ' days') AS since FROM clock)
  CROSS JOIN repairs WHERE done_day IS NULL AND (urgent OR day < since)
  UNION ALL
  SELECT home_id, NULL, kind, 'check_due', 2, CAST(julianday(today) - julianday(last) AS INTEGER), 1
  FROM (
    SELECT h.id AS home_id, k.kind, c.today, c.since, (SELECT max(day) FROM safety_checks s WHERE s.home_id = h.id AND s.kind = k.kind) AS last
    FROM (SELECT today, date(today, '-' || (SELECT value FROM settings WHERE name = 'safety_days') || ' days') AS since FROM clock) c
    CROSS JOIN homes h CROSS JOIN (SELECT column1 AS kind FROM (VALUES ('fire'), ('power'), ('gas'), ('water_pipes'), ('structure'), ('food'))) k
  ) WHERE last < since
  UNION ALL
  SELECT home_id, id, room, 'room_idle', 3, CAST(julianday(today) - julianday(idle_since) AS INTEGER), 1
  FROM clock CROSS JOIN rooms WHERE idle_since IS NOT NULL AND (last_day IS NULL OR last_day >= today)
) w
