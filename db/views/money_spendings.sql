-- The vouchers of spending, with their numbers, who filed and who decided them, and how they stand.
SELECT s.home_id, substr(s.day, 1, 7) AS month, s.id, s.day, h.name AS home, p.number, f.fund, s.fund_id, s.purpose, s.amount_fen / 100.0 AS yuan,
  s.payee, s.handler, s.served, s.served_count, s.note, s.filed_by, coalesce(u.name, s.filed_by) AS filer,
  CASE WHEN r.id IS NOT NULL THEN 'taken_back' ELSE coalesce(a.outcome, 'undecided') END AS state,
  coalesce(v.name, a.decided_by) AS decided_by, a.note AS decision_note,
  (SELECT count(*) FROM bills b WHERE b.spending_id = s.id) AS bills
FROM spendings s JOIN homes h ON h.id = s.home_id JOIN funds f ON f.id = s.fund_id JOIN papers p ON p.spending_id = s.id
LEFT JOIN approvals a ON a.spending_id = s.id LEFT JOIN users u ON u.username = s.filed_by LEFT JOIN users v ON v.username = a.decided_by
LEFT JOIN reversals r ON r.spending_id = s.id AND r.id = (SELECT reversal_id FROM approvals x WHERE x.reversal_id = r.id AND x.outcome = 'approved')
