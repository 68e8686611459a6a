-- Money moved between funds, bound to another purpose or given back, with numbers, reasons, consents, and how each stands.
SELECT m.home_id, substr(m.day, 1, 7) AS month, m.id, m.day, h.name AS home, p.number, m.kind, a.fund AS from_fund, b.fund AS to_fund, m.gift_id,
  m.amount_fen / 100.0 AS yuan, m.reason, m.consent_by, m.consent_day, m.filed_by, coalesce(u.name, m.filed_by) AS filer,
  CASE WHEN r.id IS NOT NULL THEN 'taken_back' ELSE coalesce(d.outcome, 'undecided') END AS state, coalesce(v.name, d.decided_by) AS decided_by,
  d.note AS decision_note
FROM moves m JOIN homes h ON h.id = m.home_id JOIN funds a ON a.id = m.from_fund_id LEFT JOIN funds b ON b.id = m.to_fund_id
JOIN papers p ON p.move_id = m.id LEFT JOIN approvals d ON d.move_id = m.id
LEFT JOIN users u ON u.username = m.filed_by LEFT JOIN users v ON v.username = d.decided_by
LEFT JOIN reversals r ON r.move_id = m.id AND r.id = (SELECT reversal_id FROM approvals x WHERE x.reversal_id = r.id AND x.outcome = 'approved')
