-- Who helped each person in this quarter, and whom they helped, in hours and times.
SELECT l.home_id, l.giver_id AS person_id, 'given' AS side, coalesce(p.name, l.receiver_name) AS other,
  sum(l.minutes) / 60.0 AS hours, count(*) AS times
FROM care_done l LEFT JOIN persons p ON p.id = l.receiver_id
WHERE l.giver_id IS NOT NULL AND l.day >= (SELECT date(today, 'start of month', '-' || ((substr(today, 6, 2) - 1) % 3) || ' months') FROM clock)
GROUP BY l.giver_id, l.home_id, l.receiver_id, l.receiver_name
UNION ALL
SELECT l.home_id, l.receiver_id, 'received', coalesce(p.name, l.giver_name), sum(l.minutes) / 60.0, count(*)
FROM care_done l LEFT JOIN persons p ON p.id = l.giver_id
WHERE l.receiver_id IS NOT NULL AND l.day >= (SELECT date(today, 'start of month', '-' || ((substr(today, 6, 2) - 1) % 3) || ' months') FROM clock)
GROUP BY l.receiver_id, l.home_id, l.giver_id, l.giver_name
