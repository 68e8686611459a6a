-- What each funder gave by the year it came and what it was given for, what was given back and spent of it, what is left, and since when. Rows to be summed.
SELECT home_id, donor, CAST(substr(day, 1, 4) AS INTEGER) AS year, coalesce(purpose, 'freely') AS given_for, NULL AS age_class,
  amount_fen / 100.0 AS given_yuan, amount_fen / 100.0 AS spent_yuan, 0 AS returned_yuan, 0 AS left_yuan
FROM gifts WHERE amount_fen IS NOT NULL
UNION ALL
SELECT g.home_id, g.donor, CAST(substr(g.day, 1, 4) AS INTEGER), coalesce(g.purpose, 'freely'), CASE WHEN g.day > c.half THEN 'half_year'
    WHEN g.day > c.one THEN 'one_year' WHEN g.day > c.two THEN 'two_years' ELSE 'longer' END, 0, -l.left_fen / 100.0, 0, l.left_fen / 100.0
FROM (SELECT date(today, '-183 days') AS half, date(today, '-365 days') AS one, date(today, '-730 days') AS two FROM clock) c
CROSS JOIN gifts g CROSS JOIN gift_lots l ON l.gift_id = g.id AND l.left_fen > 0
UNION ALL
SELECT g.home_id, g.donor, CAST(substr(g.day, 1, 4) AS INTEGER), coalesce(g.purpose, 'freely'), NULL, 0, e.amount_fen / 100.0, -e.amount_fen / 100.0, 0
FROM fund_entries e CROSS JOIN gifts g ON g.id = e.gift_id WHERE e.move_id IS NOT NULL AND e.kind = 'refund'
