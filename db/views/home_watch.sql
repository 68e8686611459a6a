-- What of a home somebody should look at today: places of the roster that are open, repairs that wait too long or cannot wait, safety checks
-- that are due again, rooms that stand idle. One row a day, repair, kind of check or room; days say how long, or, below nought, how soon.
SELECT w.home_id, (SELECT name FROM homes h WHERE h.id = w.home_id) AS home, w.id, w.label, w.matter, w.rank,
  CAST(julianday((SELECT today FROM clock)) - julianday(w.day) AS INTEGER) AS days, w.count
FROM (
  SELECT * FROM home_tasks
  UNION ALL
  SELECT home_id, NULL, kind, matter, rank, day, 1 FROM check_overdue
  UNION ALL
  SELECT home_id, id, room, matter, rank, day, 1 FROM room_unused
) w
