-- Goods in stock: what came and what is left of each, and since when the oldest of it has been there.
SELECT e.home_id, h.name AS home, e.item, sum(e.thousandths * (e.use_id IS NULL)) / 1000.0 AS quantity, sum(e.thousandths) / 1000.0 AS left_quantity,
  (SELECT min(day) FROM stock_lots l WHERE l.home_id = e.home_id AND l.item = e.item AND l.thousandths > 0) AS since
FROM stock_entries e JOIN homes h ON h.id = e.home_id GROUP BY e.home_id, e.item
