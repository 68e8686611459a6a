-- Who can be on the roster: those who live here and volunteers, with ability level, age today and the hours they may do.
SELECT p.home_id, p.id AS person_id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, g.age, b.level, p.gives, p.availability, p.volunteer,
  (SELECT min(day_minutes) FROM hour_caps c WHERE c.level_from <= b.level AND c.age_from <= coalesce(g.age, 0)) AS day_minutes,
  (SELECT min(week_minutes) FROM hour_caps c WHERE c.level_from <= b.level AND c.age_from <= coalesce(g.age, 0)) AS week_minutes
FROM persons p JOIN person_ages g ON g.person_id = p.id JOIN person_abilities b ON b.person_id = p.id
WHERE EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = p.id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today))
  OR p.volunteer = 1 AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id = p.id AND s.end_reason = 'death')
