-- Funds that somebody should look at today: what may be spent freely lasts less than a month; restricted money ends soon, is over, or waits over a year.
SELECT s.home_id, h.name AS home, f.id, 'general' AS label, 'money_low' AS matter, 2 AS rank, NULL AS days, 1 AS count
FROM (
  SELECT home_id, sum(spent_fen) AS spent FROM clock CROSS JOIN money_months y ON y.month > substr(date(today, 'start of month', '-12 months'), 1, 7)
  GROUP BY home_id
) s JOIN homes h ON h.id = s.home_id LEFT JOIN funds f ON f.id = (SELECT min(id) FROM funds WHERE home_id = s.home_id AND kind = 'general')
WHERE s.spent > 12 * coalesce((SELECT sum(l.left_fen) FROM funds g JOIN gift_lots l ON l.fund_id = g.id AND l.left_fen > 0
  WHERE g.home_id = s.home_id AND g.kind = 'general'), 0)
UNION ALL
SELECT o.home_id, h.name, o.id, o.fund, CASE WHEN o.until_day < o.today THEN 'fund_over' WHEN o.until_day <= o.soon THEN 'fund_ending' ELSE 'fund_waiting' END,
  CASE WHEN o.until_day < o.today THEN 1 WHEN o.until_day <= o.soon THEN 2 ELSE 3 END,
  CAST(abs(julianday(iif(o.until_day <= o.soon, o.until_day, o.since)) - julianday(o.today)) AS INTEGER), 1
FROM (
  SELECT f.home_id, f.id, f.fund, f.until_day, c.today, c.soon, c.old, min(g.day) AS since
  FROM (SELECT today, date(today, '+60 days') AS soon, date(today, '-1 year') AS old FROM clock) c
  CROSS JOIN funds f CROSS JOIN gift_lots l ON l.fund_id = f.id AND l.left_fen > 0 CROSS JOIN gifts g ON g.id = l.gift_id
  WHERE f.kind = 'restricted' AND (f.until_day <= c.soon OR g.day < c.old) GROUP BY f.id
) o JOIN homes h ON h.id = o.home_id
