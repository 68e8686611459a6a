-- On how many days and for how many minutes each room but bedrooms was to be open in a month, up to today: by its hours as they were, on its
-- weekdays, since its home opened, less closures and the time it stood idle. Where nothing of that changes within the month its days are
-- counted by weekdays, else one by one; each adds 100,000 and its minutes.
WITH RECURSIVE days (n) AS MATERIALIZED (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 30),
odd AS MATERIALIZED (
  SELECT room_id FROM idle_spells
  UNION SELECT r.id FROM closures c CROSS JOIN rooms r ON r.home_id = c.home_id AND (c.room_id IS NULL OR c.room_id = r.id)
  UNION SELECT room_id FROM room_hours WHERE from_day > '1900-01-01'
  UNION SELECT id FROM rooms WHERE first_day IS NOT NULL OR last_day IS NOT NULL
)
SELECT home_id, month, room_id, kind, each / 100000 AS due_days, each % 100000 AS open_minutes
FROM (
  SELECT r.home_id, s.month, r.id AS room_id, r.kind, CASE
    WHEN coalesce(o.opened, '') <= s.first_day AND (r.id NOT IN (SELECT room_id FROM odd) OR coalesce(r.first_day, '') <= s.first_day AND coalesce(r.last_day, '9999') >= s.last_day
      AND NOT EXISTS (SELECT 1 FROM idle_spells i WHERE i.room_id = r.id AND i.first_day < s.after AND (i.until_day IS NULL OR i.until_day > s.first_day))
      AND NOT EXISTS (SELECT 1 FROM closures c WHERE c.home_id = o.id AND c.last_day >= s.first_day AND c.first_day < s.after AND (c.room_id IS NULL OR c.room_id = r.id))
      AND NOT EXISTS (SELECT 1 FROM room_hours x WHERE x.room_id = r.id AND x.from_day > s.first_day))
      THEN s.days * (100000 + r.closes_minute - r.opens_minute)
    WHEN o.opened >= s.after OR EXISTS (SELECT 1 FROM idle_spells i WHERE i.room_id = r.id AND i.first_day <= s.first_day AND (i.until_day IS NULL OR i.until_day >= s.after)) THEN 0
    ELSE coalesce((
      SELECT sum(100000 + x.closes_minute - x.opens_minute) FROM (SELECT n, date(s.first_day, '+' || n || ' days') AS day FROM days WHERE n < s.b - s.a) d
      CROSS JOIN room_hours x ON x.room_id = r.id AND x.from_day = (SELECT max(from_day) FROM room_hours WHERE room_id = r.id AND from_day <= d.day)
      CROSS JOIN weekdays w ON w.id = (s.a + d.n) % 7 + 1
      WHERE instr(x.weekdays, w.code) AND d.day >= coalesce(o.opened, '') AND d.day BETWEEN coalesce(r.first_day, '') AND coalesce(r.last_day, '9999')
        AND NOT EXISTS (SELECT 1 FROM idle_spells i WHERE i.room_id = r.id AND i.first_day <= d.day AND (i.until_day IS NULL OR i.until_day > d.day))
        AND NOT EXISTS (SELECT 1 FROM closures c WHERE c.home_id = o.id AND d.day BETWEEN c.first_day AND c.last_day AND (c.room_id IS NULL OR c.room_id = r.id))
    ), 0) END AS each
  FROM week_days s CROSS JOIN rooms r ON r.weekdays = s.weekdays AND r.kind <> 'bedroom' CROSS JOIN homes o ON o.id = r.home_id
)
