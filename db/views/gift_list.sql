-- The register of gifts, money in yuan; no donor is an anonymous gift.
SELECT g.home_id, substr(g.day, 1, 7) AS month, g.id, g.day, h.name AS home, g.donor, g.source, g.amount_fen / 100.0 AS yuan,
  g.item, g.quantity, g.purpose, g.handler, g.receipt_no, g.note
FROM gifts g JOIN homes h ON h.id = g.home_id
