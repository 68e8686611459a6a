-- The newest published sheet of each home: its number, months and totals.
SELECT d.home_id, h.name AS home, d.from_month, d.to_month, p.number, d.code,
  sum(l.amount_fen * (l.side = 'income')) / 100.0 AS income_yuan, sum(l.amount_fen * (l.side = 'spent')) / 100.0 AS spent_yuan,
  sum(l.amount_fen * (l.side = 'balance_after')) / 100.0 AS closing_yuan
FROM disclosures d JOIN homes h ON h.id = d.home_id JOIN papers p ON p.disclosure_id = d.id JOIN disclosed l ON l.disclosure_id = d.id
WHERE d.id = (SELECT o.id FROM disclosures o JOIN papers q ON q.disclosure_id = o.id WHERE o.home_id = d.home_id ORDER BY o.to_month DESC, o.id DESC LIMIT 1)
GROUP BY d.id
