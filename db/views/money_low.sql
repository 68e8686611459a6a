-- Homes where what may be spent freely lasts less than a month, by what was spent in the last twelve.
SELECT h.id AS home_id, 'money_low' AS matter, 2 AS rank
FROM homes h CROSS JOIN (SELECT DISTINCT substr(date(today, 'start of month', '-12 months'), 1, 7) AS year FROM clock) c
WHERE (SELECT sum(spent_fen) FROM money_months y WHERE y.home_id = h.id AND y.month > c.year)
  > 12 * coalesce((SELECT sum(l.left_fen) FROM fund_lefts l CROSS JOIN funds g ON g.id = l.fund_id WHERE l.home_id = h.id AND g.kind = 'general'), 0)
