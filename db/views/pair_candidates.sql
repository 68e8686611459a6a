-- Who could be paired with each resident: able, younger unless the elder is frail, with room for one more; those with fewest elders first,
-- then those who said they would visit or keep company, then those who have helped least this month.
SELECT e.home_id, e.person_id AS elder_id, v.id, (SELECT label FROM person_labels l WHERE l.id = v.id) AS label,
  (SELECT age FROM person_ages a WHERE a.person_id = v.id) AS age,
  (SELECT count(*) FROM pairs x WHERE x.volunteer_id = v.id AND x.to_day IS NULL) AS elders_now,
  EXISTS (SELECT 1 FROM json_each(v.gives) WHERE json_each.value IN ('visit', 'company', 'comfort')) AS willing,
  coalesce((SELECT given / 60.0 FROM care_people c WHERE c.home_id = v.home_id AND c.month = substr(k.today, 1, 7) AND c.person = CAST(v.id AS TEXT)), 0) AS given,
  v.availability
FROM clock k JOIN stays e ON e.from_day <= k.today AND (e.to_day IS NULL OR e.to_day > k.today)
JOIN persons p ON p.id = e.person_id
JOIN persons v ON v.home_id = e.home_id AND v.id <> e.person_id AND (v.volunteer = 1 OR v.gives <> '[]')
WHERE coalesce(v.self_care, 'able') = 'able' AND (v.birth_day >= p.birth_day OR p.self_care IN ('partial', 'none'))
  AND NOT EXISTS (SELECT 1 FROM pairs x WHERE x.volunteer_id = v.id AND x.elder_id = e.person_id AND x.to_day IS NULL)
  AND (SELECT count(*) FROM pairs x WHERE x.volunteer_id = v.id AND x.to_day IS NULL) < (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'pair_elders')
  AND (v.volunteer = 1 OR EXISTS (SELECT 1 FROM stays s WHERE s.person_id = v.id AND s.from_day <= k.today AND (s.to_day IS NULL OR s.to_day > k.today)))
