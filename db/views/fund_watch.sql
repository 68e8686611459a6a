-- Restricted money that is over, ends soon, or waits over a year: a row a fund, with the day on which it ends or since which it waits.
SELECT l.home_id, f.id, f.fund, CASE WHEN f.until_day < today THEN 'fund_over' WHEN f.until_day <= soon THEN 'fund_ending' ELSE 'fund_waiting' END AS matter,
  CASE WHEN f.until_day < today THEN 1 WHEN f.until_day <= soon THEN 2 ELSE 3 END AS rank, iif(f.until_day <= soon, f.until_day, l.since) AS day
FROM (SELECT today, date(today, '+60 days') AS soon, date(today, '-1 year') AS old FROM clock LIMIT 1)
CROSS JOIN fund_lefts l CROSS JOIN funds f ON f.id = l.fund_id
WHERE f.kind = 'restricted' AND (f.until_day <= soon OR l.since < old)
