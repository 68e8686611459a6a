-- What people owe by month, what was paid, and what of it was banked.
SELECT f.home_id, f.fee_month AS month, f.id, h.name AS home, p.label AS person, f.person_id, f.fee, f.units, f.amount_fen / 100.0 AS yuan, f.relief,
  f.paid_day, f.gift_id IS NOT NULL AS banked
FROM fees f JOIN homes h ON h.id = f.home_id JOIN person_labels p ON p.id = f.person_id
