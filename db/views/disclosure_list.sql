-- Every disclosure with its number, how far it is, who drew it up, checked and published it, and its totals.
SELECT d.home_id, d.id, h.name AS home, d.from_month, d.to_month, p.number, d.code, d.filed_by, coalesce(u.name, d.filed_by) AS filer,
  CASE WHEN o.id THEN 'published' WHEN b.id THEN 'returned' WHEN c.id THEN 'checked' ELSE 'drawn_up' END AS state,
  coalesce(v.name, c.filed_by, b.filed_by) AS checked_by, date(o.filed_at, '+8 hours') AS published_day, b.note AS decision_note,
  l.opening / 100.0 AS opening_yuan, l.income / 100.0 AS income_yuan, l.spent / 100.0 AS spent_yuan, l.returned / 100.0 AS returned_yuan,
  l.closing / 100.0 AS closing_yuan, (SELECT count(*) FROM disclosure_notes n WHERE n.disclosure_id = d.id) AS notes
FROM disclosures d JOIN homes h ON h.id = d.home_id
JOIN (SELECT disclosure_id, sum(amount_fen * (side = 'balance_before')) AS opening, coalesce(sum(amount_fen * (side = 'income')), 0) AS income,
    coalesce(sum(amount_fen * (side = 'spent')), 0) AS spent, coalesce(sum(amount_fen * (side = 'given_back')), 0) AS returned,
    sum(amount_fen * (side = 'balance_after')) AS closing FROM disclosed GROUP BY disclosure_id) l ON l.disclosure_id = d.id
LEFT JOIN disclosure_steps c ON c.disclosure_id = d.id AND c.step = 'checked'
LEFT JOIN disclosure_steps b ON b.disclosure_id = d.id AND b.step = 'returned'
LEFT JOIN disclosure_steps o ON o.disclosure_id = d.id AND o.step = 'published'
LEFT JOIN papers p ON p.disclosure_id = d.id LEFT JOIN users u ON u.username = d.filed_by
LEFT JOIN users v ON v.username = coalesce(c.filed_by, b.filed_by)
