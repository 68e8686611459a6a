-- What the rooms but bedrooms of a home were open and used for in a month in which a session of any was written down: minutes open and used,
-- room-days due and used, and how many rooms were to be open at all; `packed` as in room_open. Where all month all was as it is now the rooms
-- are counted by weekdays, many at once, else one by one.
SELECT home_id, month, packed % 10000000000 AS open, packed / 10000000000 % 100000 AS due, packed / 1000000000000000 AS rooms, used, days
FROM (
  SELECT h.id AS home_id, s.month, u.minutes AS used, u.days, sum(g.rooms * 1000000000000000 + (g.rooms * 10000000000 + g.minutes)
    * (
    SELECT (s.b - s.a) / 7 * k.whole + k.days FROM week_days k WHERE k.weekdays = g.weekdays AND k.first = s.a % 7 AND k.rest = (s.b - s.a) % 7)) AS packed
  FROM months s CROSS JOIN use_totals u ON u.month = s.month CROSS JOIN home_rooms x ON x.home_id = u.home_id AND x.changed <= s.first_day
  CROSS JOIN homes h ON h.id = u.home_id AND coalesce(h.opened, '') <= s.first_day CROSS JOIN room_weeks g ON g.home_id = h.id
  WHERE h.id NOT IN (SELECT home_id FROM closures) OR NOT EXISTS (
    SELECT 1 FROM closures c WHERE c.home_id = h.id AND c.last_day >= s.first_day AND c.first_day < s.next_day)
  GROUP BY h.id, s.month
  UNION ALL
  SELECT u.home_id, u.month, u.minutes, u.days, sum(o.packed)
  FROM use_totals u CROSS JOIN home_rooms x ON x.home_id = u.home_id CROSS JOIN homes h ON h.id = u.home_id CROSS JOIN calendar c ON c.month = u.month
    AND (x.changed > c.first_day OR h.opened > c.first_day OR h.id IN (SELECT home_id FROM closures) AND EXISTS (
      SELECT 1 FROM closures s WHERE s.home_id = h.id AND s.last_day >= c.first_day AND s.first_day < c.next_day))
  CROSS JOIN room_open o ON o.home_id = u.home_id AND o.month = u.month
  GROUP BY u.home_id, u.month
)
