-- What waits for somebody else's approval: spending, moves and reversals, the oldest first.
SELECT s.home_id, 'spendings' AS filing, s.id, s.day, h.name AS home, p.number, f.fund, s.purpose, s.amount_fen / 100.0 AS yuan, s.payee AS about,
  s.filed_by, coalesce(u.name, s.filed_by) AS filer
FROM spendings s JOIN homes h ON h.id = s.home_id JOIN funds f ON f.id = s.fund_id JOIN papers p ON p.spending_id = s.id
LEFT JOIN users u ON u.username = s.filed_by WHERE NOT EXISTS (SELECT 1 FROM approvals WHERE spending_id = s.id)
UNION ALL
SELECT m.home_id, 'moves', m.id, m.day, h.name, p.number, f.fund, NULL, m.amount_fen / 100.0, m.reason, m.filed_by, coalesce(u.name, m.filed_by)
FROM moves m JOIN homes h ON h.id = m.home_id JOIN funds f ON f.id = m.from_fund_id JOIN papers p ON p.move_id = m.id
LEFT JOIN users u ON u.username = m.filed_by WHERE NOT EXISTS (SELECT 1 FROM approvals WHERE move_id = m.id)
UNION ALL
SELECT r.home_id, 'reversals', r.id, r.day, h.name, p.number, f.fund, s.purpose, coalesce(s.amount_fen, m.amount_fen) / 100.0, r.reason, r.filed_by,
  coalesce(u.name, r.filed_by)
FROM reversals r JOIN homes h ON h.id = r.home_id JOIN papers p ON p.reversal_id = r.id LEFT JOIN spendings s ON s.id = r.spending_id
LEFT JOIN moves m ON m.id = r.move_id JOIN funds f ON f.id = coalesce(s.fund_id, m.from_fund_id)
LEFT JOIN users u ON u.username = r.filed_by WHERE NOT EXISTS (SELECT 1 FROM approvals WHERE reversal_id = r.id)
