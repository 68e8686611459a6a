-- What the rooms but bedrooms of a home were open and used for in a month in which a session of any was written down: minutes open and used,
-- room-days due and used, and how many rooms were to be open at all; `packed` as in room_open. Where all month all was as it is now the rooms
-- are counted by weekdays, many at once, else one by one.
SELECT home_id, month, packed % 10000000000 AS open, packed / 10000000000 % 100000 AS due, packed / 1000000000000000 AS rooms, used, days
FROM (
  SELECT DISTINCT u.home_id, s.month, u.minutes AS used, u.days, CASE
    WHEN x.changed <= s.first_day AND coalesce(h.opened, '') <= s.first_day AND (h.id NOT IN (SELECT home_id FROM closures) OR NOT EXISTS (
      SELECT 1 FROM closures c WHERE c.home_id = h.id AND c.last_day >= s.first_day AND c.first_day < s.next_day))
      THEN (SELECT sum(g.rooms * 1000000000000000 + (g.rooms * 10000000000 + g.minutes) * ((s.b - s.a) / 7 * k.whole + k.days))
        FROM room_weeks g CROSS JOIN week_days k ON k.weekdays = g.weekdays AND k.first = s.a % 7 AND k.rest = (s.b - s.a) % 7 WHERE g.home_id = h.id)
    ELSE (SELECT sum(o.packed) FROM room_open o WHERE o.home_id = u.home_id AND o.month = u.month) END AS packed
  FROM months s CROSS JOIN use_totals u ON u.month = s.month CROSS JOIN home_rooms x ON x.home_id = u.home_id CROSS JOIN homes h ON h.id = u.home_id
)
