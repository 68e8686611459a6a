-- Funds that somebody should look at today: what may be spent freely lasts less than a month; restricted money ends soon, is over, or waits over a year.
SELECT s.home_id, s.home, (SELECT id FROM funds f WHERE f.home_id = s.home_id AND f.kind = 'general' ORDER BY id LIMIT 1) AS id, 'general' AS label,
  'money_low' AS matter, 2 AS rank, NULL AS days, 1 AS count
FROM money_standing s WHERE s.spent_yuan > 0 AND s.free_yuan * 12 < s.spent_yuan
UNION ALL
SELECT f.home_id, h.name, f.id, f.fund, CASE WHEN f.until_day < c.today THEN 'fund_over' WHEN f.until_day IS NOT NULL AND f.until_day <= date(c.today, '+60 days')
    THEN 'fund_ending' ELSE 'fund_waiting' END, CASE WHEN f.until_day < c.today THEN 1 WHEN f.until_day <= date(c.today, '+60 days') THEN 2 ELSE 3 END,
  CAST(abs(julianday(CASE WHEN f.until_day <= date(c.today, '+60 days') THEN f.until_day ELSE o.since END) - julianday(c.today)) AS INTEGER), 1
FROM clock c CROSS JOIN funds f JOIN homes h ON h.id = f.home_id
JOIN (SELECT l.fund_id, min(g.day) AS since FROM gift_lots l JOIN gifts g ON g.id = l.gift_id WHERE l.left_fen > 0 GROUP BY l.fund_id) o ON o.fund_id = f.id
WHERE f.kind = 'restricted' AND (f.until_day <= date(c.today, '+60 days') OR o.since < date(c.today, '-1 year'))
