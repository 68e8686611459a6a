-- What was wrong and is taken back: which voucher or move, why, who filed it, and how it stands.
SELECT r.home_id, r.id, r.day, h.name AS home, p.number, r.spending_id, r.move_id, coalesce(s.amount_fen, m.amount_fen) / 100.0 AS yuan, r.reason,
  r.filed_by, coalesce(u.name, r.filed_by) AS filer, coalesce(a.outcome, 'undecided') AS state, coalesce(v.name, a.decided_by) AS decided_by,
  a.note AS decision_note
FROM reversals r JOIN homes h ON h.id = r.home_id JOIN papers p ON p.reversal_id = r.id LEFT JOIN spendings s ON s.id = r.spending_id
LEFT JOIN moves m ON m.id = r.move_id LEFT JOIN approvals a ON a.reversal_id = r.id
LEFT JOIN users u ON u.username = r.filed_by LEFT JOIN users v ON v.username = a.decided_by
