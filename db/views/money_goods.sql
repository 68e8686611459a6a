-- What goods were used for, and whether that was taken back.
SELECT u.home_id, substr(u.day, 1, 7) AS month, u.id, u.day, h.name AS home, u.item, u.quantity, u.purpose, u.handler, u.note,
  u.reverses_id IS NOT NULL OR EXISTS (SELECT 1 FROM stock_uses r WHERE r.reverses_id = u.id) AS taken_back
FROM stock_uses u JOIN homes h ON h.id = u.home_id
