-- What the rooms but bedrooms of a home were open and used for in a month in which a session of any was written down: minutes open and used,
-- room-days due and used, and how many rooms were to be open at all.
SELECT home_id, month, packed % 10000000000 AS open, packed / 10000000000 % 100000 AS due, packed / 1000000000000000 AS rooms,
  (SELECT sum(minutes) FROM room_months y WHERE y.home_id = h.home_id AND y.month = h.month) AS used,
  (SELECT sum(days) FROM room_months y WHERE y.home_id = h.home_id AND y.month = h.month) AS days
FROM (
  SELECT o.home_id, o.month, sum(o.packed) AS packed FROM room_open o
  WHERE EXISTS (SELECT 1 FROM room_months y WHERE y.home_id = o.home_id AND y.month = o.month) GROUP BY o.home_id, o.month
) h
