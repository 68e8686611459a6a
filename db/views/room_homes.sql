-- Each home with its rooms: how many stand idle, how many kinds of check are due, how much waits to be mended.
SELECT h.id AS home_id, h.name AS home, coalesce(r.n, 0) AS room_count, coalesce(r.idle, 0) AS idle_count, coalesce(p.n, 0) AS repair_count,
  coalesce(s.n, 0) AS due_count
FROM homes h
LEFT JOIN (SELECT home_id, count(*) AS n, count(idle_since) AS idle FROM clock CROSS JOIN rooms WHERE last_day IS NULL OR last_day >= today GROUP BY home_id) r
  ON r.home_id = h.id
LEFT JOIN (SELECT home_id, count(*) AS n FROM repairs WHERE done_day IS NULL GROUP BY home_id) p ON p.home_id = h.id
LEFT JOIN (SELECT home_id, count(*) AS n FROM safety_due WHERE check_state IN ('check_never', 'check_overdue') GROUP BY home_id) s ON s.home_id = h.id
