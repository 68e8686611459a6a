-- Every gift with what of it was spent and given back, what is left, and for how many days that has been waiting.
SELECT g.home_id, substr(g.day, 1, 7) AS month, g.id, g.day, h.name AS home, g.donor, g.anonymous, g.source, g.purpose, g.item, g.quantity,
  g.receipt_no, g.amount_fen / 100.0 AS yuan,
  coalesce((SELECT -sum(amount_fen) FROM fund_entries WHERE gift_id = g.id AND kind = 'spending'), 0) / 100.0 AS spent_yuan,
  coalesce((SELECT -sum(amount_fen) FROM fund_entries WHERE gift_id = g.id AND kind = 'refund'), 0) / 100.0 AS returned_yuan,
  coalesce(g.left_fen, 0) / 100.0 AS left_yuan,
  CASE WHEN g.left_fen > 0 THEN CAST(julianday(c.today) - julianday(g.day) AS INTEGER) END AS age_days,
  (SELECT sum(thousandths) / 1000.0 FROM stock_entries WHERE gift_id = g.id) AS left_quantity
FROM (SELECT *, (SELECT sum(left_fen) FROM gift_lots WHERE gift_id = gifts.id) AS left_fen FROM gifts) g
JOIN homes h ON h.id = g.home_id CROSS JOIN clock c
