-- The history of the rules of the time bank, for each home those that ever reached it: its own, its county's and those for all.
-- `before_id` is the row that held there until then.
SELECT h.id AS home_id, r.id, CASE WHEN r.home_id IS NOT NULL THEN 'of_home' WHEN r.county IS NOT NULL THEN 'of_county' ELSE 'of_all' END AS reach,
  h.name AS home, coalesce(r.county, h.county) AS county, r.inherits, r.round_to, r.round_how, r.cap_minutes, r.floor_minutes, r.least_saved, r.served_age, r.served_kin,
  r.expiry_months, r.opening_minutes, r.proof, r.closing, r.stale_days, r.made_by, r.made_at, r.note,
  coalesce(
    iif(r.home_id IS NULL, NULL, (SELECT iif(o.inherits, NULL, o.id) FROM time_rules o WHERE o.home_id = r.home_id AND o.id < r.id ORDER BY o.id DESC LIMIT 1)),
    iif(r.home_id IS NULL AND r.county IS NULL, NULL,
      (SELECT o.id FROM time_rules o WHERE o.home_id IS NULL AND o.county = h.county AND o.id < r.id ORDER BY o.id DESC LIMIT 1)),
    (SELECT o.id FROM time_rules o WHERE o.home_id IS NULL AND o.county IS NULL AND o.id < r.id ORDER BY o.id DESC LIMIT 1)) AS before_id
FROM homes h JOIN time_rules r ON r.home_id = h.id OR r.home_id IS NULL AND (r.county IS NULL OR r.county = h.county)
