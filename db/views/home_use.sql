-- What the rooms but bedrooms of a home were open and used for in a month in which a session of any was written down: minutes open and used,
-- room-days due and used, and how many rooms were to be open at all.
SELECT o.home_id, o.month, sum(o.open_minutes) AS open, sum(o.due_days) AS due, sum(o.due_days > 0) AS rooms,
  (SELECT sum(minutes) FROM room_months y WHERE y.home_id = o.home_id AND y.month = o.month) AS used,
  (SELECT sum(days) FROM room_months y WHERE y.home_id = o.home_id AND y.month = o.month) AS days
FROM room_open o WHERE EXISTS (SELECT 1 FROM room_months y WHERE y.home_id = o.home_id AND y.month = o.month)
GROUP BY o.home_id, o.month
