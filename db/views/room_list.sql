-- Rooms with their hours, how they stand today, since when and why they stand idle, and how much in them waits to be mended.
SELECT r.id, r.home_id, h.name AS home, r.room, r.kind, r.capacity, r.weekdays, r.opens_minute, r.closes_minute, r.source, r.floor, r.step_free,
  r.first_day, r.last_day, r.idle_since, r.idle_cause, r.becomes, r.note,
  CASE WHEN r.last_day < today THEN 'given_up' WHEN r.first_day > today THEN 'not_yet' WHEN r.idle_since IS NOT NULL THEN 'stands_idle'
    WHEN EXISTS (SELECT 1 FROM closures c WHERE c.home_id = r.home_id AND c.last_day >= today AND c.first_day <= today
      AND (c.room_id IS NULL OR c.room_id = r.id)) THEN 'shut_today'
    ELSE 'in_use' END AS room_state,
  CAST(julianday(today) - julianday(r.idle_since) AS INTEGER) AS days,
  (SELECT count(*) FROM repairs p WHERE p.home_id = r.home_id AND p.done_day IS NULL AND p.room_id = r.id) AS repair_count
FROM clock CROSS JOIN rooms r JOIN homes h ON h.id = r.home_id
