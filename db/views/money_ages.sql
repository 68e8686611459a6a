-- How long what is unspent has been waiting, by fund and half year.
SELECT home_id, fund_id, fund, kind, CASE WHEN age < 183 THEN 'half_year' WHEN age < 365 THEN 'one_year' WHEN age < 730 THEN 'two_years'
  ELSE 'longer' END AS age_class, sum(left_fen) / 100.0 AS left_yuan
FROM (SELECT l.home_id, l.fund_id, f.fund, f.kind, l.left_fen, julianday(c.today) - julianday(g.day) AS age
  FROM gift_lots l JOIN gifts g ON g.id = l.gift_id JOIN funds f ON f.id = l.fund_id CROSS JOIN clock c WHERE l.left_fen > 0)
GROUP BY home_id, fund_id, age_class
