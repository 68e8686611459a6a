-- Who can be on the roster: those who live here now or will, from which day to which, and volunteers; with ability level, age and the minutes of rest after a night.
SELECT p.home_id, p.id AS person_id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, g.age, g.birth_day, b.level, p.gives,
  p.availability, p.volunteer,
  CASE p.volunteer WHEN 0 THEN (SELECT min(from_day) FROM stays s, clock WHERE s.person_id = p.id AND (s.to_day IS NULL OR s.to_day > today)) END AS here_from,
  CASE p.volunteer WHEN 0 THEN (SELECT nullif(max(coalesce(to_day, '9999')), '9999') FROM stays s, clock
    WHERE s.person_id = p.id AND (s.to_day IS NULL OR s.to_day > today)) END AS here_until,
  (SELECT CAST(value AS INTEGER) * 60 FROM settings WHERE name = 'rest_hours') AS rest
FROM persons p JOIN person_ages g ON g.person_id = p.id JOIN person_abilities b ON b.person_id = p.id
WHERE EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = p.id AND (s.to_day IS NULL OR s.to_day > today))
  OR p.volunteer = 1 AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id = p.id AND s.end_reason = 'death')
