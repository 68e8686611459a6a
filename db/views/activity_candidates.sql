-- Whom to enrol in a class: everybody of the home but its leader, those who live here first, with whether they are enrolled.
SELECT p.home_id, a.id AS activity_id, p.id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, p.found_by,
  NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id = p.id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)) AS outside,
  EXISTS (SELECT 1 FROM enrolments e WHERE e.activity_id = a.id AND e.person_id = p.id AND e.left_day IS NULL) AS enrolled
FROM clock CROSS JOIN activities a CROSS JOIN persons p ON p.home_id = a.home_id AND p.id IS NOT a.leader_id
WHERE NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id = p.id AND s.end_reason = 'death')
