-- The register: everybody of a home, with where they live now and how able they are; found_by is what a search looks through.
-- What takes a look elsewhere is asked row by row, so that one person and a page of twenty cost no more in a county than in a home.
SELECT p.home_id, p.id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, p.name,
  (SELECT name FROM homes h WHERE h.id = p.home_id) AS home, p.sex, (SELECT age FROM person_ages a WHERE a.person_id = p.id) AS age,
  p.birth_day, p.birth_estimated, p.id_mask, p.phone, (SELECT final_level FROM person_levels v WHERE v.person_id = p.id) AS final_level,
  p.self_care, p.categories, p.risk_tier, p.skills, p.gives, p.availability, p.volunteer, p.post, p.former_name, p.hint,
  p.kin_name, p.kin_relation, p.kin_phone, p.emergency_name, p.emergency_phone, p.note, s.room, s.bed, s.from_day,
  CASE WHEN s.id IS NOT NULL THEN 'resident'
    ELSE coalesce((SELECT CASE o.end_reason WHEN 'death' THEN 'dead' ELSE 'left' END FROM stays o, clock
      WHERE o.person_id = p.id AND o.from_day <= today ORDER BY o.from_day DESC LIMIT 1), 'registered') END AS status,
  p.found_by
FROM persons p
LEFT JOIN stays s ON s.person_id = p.id AND s.from_day <= (SELECT today FROM clock)
  AND (s.to_day IS NULL OR s.to_day > (SELECT today FROM clock))
