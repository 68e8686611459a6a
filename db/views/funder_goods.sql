-- Goods that a funder gave: what each went to, and what is left of it.
SELECT g.home_id, g.id, g.day, h.name AS home, g.donor, g.item, g.quantity, u.purpose AS used_for, u.used / 1000.0 AS used_quantity,
  (SELECT sum(thousandths) FROM stock_entries WHERE gift_id = g.id) / 1000.0 AS left_quantity
FROM gifts g JOIN homes h ON h.id = g.home_id
LEFT JOIN (SELECT e.gift_id, s.purpose, -sum(e.thousandths) AS used FROM stock_entries e JOIN stock_uses s ON s.id = e.use_id
  GROUP BY e.gift_id, s.purpose HAVING sum(e.thousandths) <> 0) u ON u.gift_id = g.id
WHERE g.item IS NOT NULL
