-- Each room that can be booked on each day from this Monday to five weeks on: its hours, and why it is shut where it is.
SELECT r.home_id, r.id AS room_id, date(today, 'weekday 0', '-6 days', '+' || n || ' days') AS day,
  h.opens_minute, h.closes_minute, CASE
    WHEN r.idle_since <= date(today, 'weekday 0', '-6 days', '+' || n || ' days') OR r.last_day < date(today, 'weekday 0', '-6 days', '+' || n || ' days')
      OR r.first_day > date(today, 'weekday 0', '-6 days', '+' || n || ' days') THEN 'shut_unused'
    WHEN NOT EXISTS (SELECT 1 FROM json_each(h.weekdays) JOIN weekdays w ON w.code = value WHERE w.id = n % 7 + 1) THEN 'shut_weekday'
    ELSE (SELECT reason FROM closures x WHERE x.home_id = r.home_id AND x.last_day >= date(today, 'weekday 0', '-6 days', '+' || n || ' days')
      AND x.first_day <= date(today, 'weekday 0', '-6 days', '+' || n || ' days') AND (x.room_id IS NULL OR x.room_id = r.id) ORDER BY x.id LIMIT 1)
  END AS shut
FROM clock CROSS JOIN rooms r CROSS JOIN (WITH days (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 34) SELECT n FROM days)
JOIN room_hours h ON h.room_id = r.id AND h.from_day = (SELECT max(from_day) FROM room_hours o
  WHERE o.room_id = r.id AND o.from_day <= date(today, 'weekday 0', '-6 days', '+' || n || ' days'))
WHERE r.kind NOT IN ('bedroom', 'idle_room')
