-- The register: everybody of a home, with where they live now.
SELECT p.home_id, p.id, l.label, p.name, h.name AS home, p.sex, a.age, p.birth_day, p.birth_estimated, p.id_mask, p.phone,
  p.self_care, p.categories, p.skills, p.kin_name, p.kin_phone, p.note, s.room, s.from_day,
  CASE WHEN s.id IS NOT NULL THEN 'resident' WHEN EXISTS (SELECT 1 FROM stays, clock WHERE person_id = p.id AND from_day <= today) THEN 'left' ELSE 'registered' END AS status
FROM persons p
JOIN homes h ON h.id = p.home_id
JOIN person_labels l ON l.id = p.id AND l.home_id = p.home_id
JOIN person_ages a ON a.person_id = p.id
LEFT JOIN stays s ON s.person_id = p.id AND s.from_day <= (SELECT today FROM clock)
  AND (s.to_day IS NULL OR s.to_day > (SELECT today FROM clock))
