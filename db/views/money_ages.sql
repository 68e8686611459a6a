-- How long what is unspent has been waiting, by fund and half year.
SELECT home_id, fund_id, fund, kind, age_class, left_fen / 100.0 AS left_yuan
FROM (
  SELECT l.home_id, l.fund_id, f.fund, f.kind, CASE WHEN g.day > c.half THEN 'half_year' WHEN g.day > c.one THEN 'one_year'
    WHEN g.day > c.two THEN 'two_years' ELSE 'longer' END AS age_class, l.left_fen
  FROM (SELECT date(today, '-183 days') AS half, date(today, '-365 days') AS one, date(today, '-730 days') AS two FROM clock) c
  CROSS JOIN funds f CROSS JOIN gift_lots l ON l.fund_id = f.id AND l.left_fen > 0 CROSS JOIN gifts g ON g.id = l.gift_id
)
