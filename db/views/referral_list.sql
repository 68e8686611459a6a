-- Referrals with how they stand; days_over says how long one that is open has been due.
SELECT r.home_id, (SELECT name FROM homes h WHERE h.id = r.home_id) AS home, r.id, r.person_id, r.visit_id,
  (SELECT label FROM person_labels l WHERE l.id = r.person_id) AS label, r.about, r.day, r.owner, r.due_by,
  CASE WHEN r.closed_day IS NOT NULL THEN 'referral_closed' WHEN r.due_by < c.today THEN 'referral_overdue' ELSE 'referral_open' END AS referral_state,
  CASE WHEN r.closed_day IS NULL THEN CAST(julianday(c.today) - julianday(r.due_by) AS INTEGER) END AS days_over,
  r.closed_day, r.outcome, r.note, r.closed_day IS NULL AS now, 1 AS count
FROM referrals r CROSS JOIN clock c
