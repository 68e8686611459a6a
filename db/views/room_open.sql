-- On how many days and for how many minutes each room but bedrooms was to be open in a month, up to today: by its hours as they were, on its
-- weekdays, since its home opened, less closures and the time it stood idle. Where nothing of that changes within the month its days are
-- counted by weekdays, else one by one. `packed` is all in one number, so that it is reckoned once: a room that opens at all 10^15, a day 10^10.
WITH RECURSIVE days (n) AS MATERIALIZED (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 30)
SELECT home_id, month, room_id, kind, packed / 10000000000 % 100000 AS due_days, packed % 10000000000 AS open_minutes, packed
FROM (
  SELECT o.id AS home_id, s.month, r.id AS room_id, r.kind, CASE
    WHEN coalesce(o.opened, '') <= s.first_day AND (r.first_day IS NULL OR r.first_day <= s.first_day) AND (r.last_day IS NULL OR r.last_day >= s.last_day)
      AND (r.id NOT IN (SELECT room_id FROM idle_spells) OR NOT EXISTS (SELECT 1 FROM idle_spells i
        WHERE i.room_id = r.id AND i.first_day < s.after AND (i.until_day IS NULL OR i.until_day > s.first_day)))
      AND (o.id NOT IN (SELECT home_id FROM closures) OR NOT EXISTS (SELECT 1 FROM closures c
        WHERE c.home_id = o.id AND c.last_day >= s.first_day AND c.first_day < s.after AND (c.room_id IS NULL OR c.room_id = r.id)))
      AND (r.id NOT IN (SELECT room_id FROM room_hours WHERE from_day > '1900-01-01') OR NOT EXISTS (SELECT 1 FROM room_hours x
        WHERE x.room_id = r.id AND x.from_day > s.first_day))
      THEN (SELECT w.days * (10000000000 + r.closes_minute - r.opens_minute) + (w.days > 0) * 1000000000000000 FROM (
        SELECT (s.b - s.a) / 7 * k.whole + k.days AS days FROM week_days k WHERE k.weekdays = r.weekdays AND k.first = s.a % 7 AND k.rest = (s.b - s.a) % 7 LIMIT 1) w)
    WHEN o.opened >= s.after OR EXISTS (SELECT 1 FROM idle_spells i
      WHERE i.room_id = r.id AND i.first_day <= s.first_day AND (i.until_day IS NULL OR i.until_day >= s.after)) THEN 0
    ELSE coalesce((
      SELECT sum(10000000000 + x.closes_minute - x.opens_minute) + 1000000000000000 FROM (SELECT n, date(s.first_day, '+' || n || ' days') AS day FROM days WHERE n < s.b - s.a) d
      CROSS JOIN room_hours x ON x.room_id = r.id AND x.from_day = (SELECT max(from_day) FROM room_hours WHERE room_id = r.id AND from_day <= d.day)
      CROSS JOIN weekdays w ON w.id = (s.a + d.n) % 7 + 1
      WHERE instr(x.weekdays, w.code) AND d.day >= coalesce(o.opened, '') AND d.day BETWEEN coalesce(r.first_day, '') AND coalesce(r.last_day, '9999')
        AND NOT EXISTS (SELECT 1 FROM idle_spells i WHERE i.room_id = r.id AND i.first_day <= d.day AND (i.until_day IS NULL OR i.until_day > d.day))
        AND NOT EXISTS (SELECT 1 FROM closures c WHERE c.home_id = o.id AND d.day BETWEEN c.first_day AND c.last_day AND (c.room_id IS NULL OR c.room_id = r.id))
    ), 0) END AS packed
  FROM months s CROSS JOIN homes o CROSS JOIN rooms r ON r.home_id = o.id AND r.kind <> 'bedroom'
)
