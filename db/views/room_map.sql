-- How many rooms of a home are in use on average in each hour of the week, over the days of the month up to today.
SELECT y.home_id, y.month, w.code AS weekday, y.weekday AS turn, y.hour, y.minutes / 60.0 / ((s.b + 7 - y.weekday) / 7 - (s.a + 7 - y.weekday) / 7) AS rooms_used
FROM (
  SELECT month, CAST(julianday(first_day) - 2415020.5 AS INTEGER) AS a, CAST(julianday(last_day) - 2415019.5 AS INTEGER) AS b FROM months
) s CROSS JOIN homes h CROSS JOIN room_slots y ON y.home_id = h.id AND y.month = s.month CROSS JOIN weekdays w ON w.id = y.weekday
WHERE (s.b + 7 - y.weekday) / 7 > (s.a + 7 - y.weekday) / 7
