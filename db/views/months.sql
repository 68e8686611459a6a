-- The last twenty years, month by month, half-open: first_day <= day < next_day; last_day is the last one there has been, `after` the day after
-- it; `a` and `b` are first_day and `after` counted in days, `since` is the month eleven before. DISTINCT makes each row whole before it is
-- joined, so that a day is not reckoned anew for every row, and still only the months that are asked for are looked up.
SELECT DISTINCT c.month, c.first_day, c.next_day, min(c.last_day, today) AS last_day,
  iif(c.last_day <= today, c.next_day, date(today, '+1 day')) AS after, c.a,
  iif(c.last_day <= today, c.b, CAST(julianday(today) - 2415019.5 AS INTEGER)) AS b, c.since
FROM clock CROSS JOIN calendar c ON c.month <= substr(today, 1, 7) AND c.month >= (substr(today, 1, 4) - 20) || substr(today, 5, 3)
