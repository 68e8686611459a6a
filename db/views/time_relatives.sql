-- To whom of their kin somebody can give time: the living whose passbook is not closed, with their home and what their passbook can still take.
SELECT k.home_id, a.id AS account_id, k.relative_id AS id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, k.kin_relation, k.direct, h.name AS home, p.home_id AS relative_home_id, p.home_id <> k.home_id AS across,
  r.id AS relative_account_id, coalesce(t.cap_minutes - coalesce(b.balance, 0), 6000000) AS room
FROM time_kin k JOIN time_accounts a ON a.person_id = k.person_id JOIN persons p ON p.id = k.relative_id JOIN homes h ON h.id = p.home_id
  JOIN time_terms t ON t.home_id = p.home_id LEFT JOIN time_accounts r ON r.person_id = p.id LEFT JOIN time_balances b ON b.account_id = r.id
WHERE r.closed_day IS NULL AND NOT EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = p.id AND s.end_reason = 'death' AND s.to_day <= today)
