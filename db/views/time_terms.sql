-- The rules of the time bank as they stand now in each home: its own, else its county's, else those for all.
SELECT h.id AS home_id, r.id AS rule_id, r.home_id IS NOT NULL AS own, r.round_to, r.round_how, r.cap_minutes, r.floor_minutes, r.least_saved, r.served_age,
  r.served_kin, r.expiry_months, r.opening_minutes, r.proof, r.closing, r.stale_days, r.made_by, r.made_at, r.note
FROM homes h JOIN time_rules r ON r.id = coalesce(
  (SELECT iif(inherits, NULL, id) FROM time_rules WHERE home_id = h.id ORDER BY id DESC LIMIT 1),
  (SELECT id FROM time_rules WHERE home_id IS NULL AND county = h.county ORDER BY id DESC LIMIT 1),
  (SELECT id FROM time_rules WHERE home_id IS NULL AND county IS NULL ORDER BY id DESC LIMIT 1))
