-- Who is to be asked in each round: today's residents, and how far their survey is.
SELECT s.home_id, (SELECT name FROM homes h WHERE h.id = s.home_id) AS home, r.id AS round_id, r.name AS round, s.person_id AS id,
  (SELECT label FROM person_labels l WHERE l.id = s.person_id) AS label, s.room, u.id AS survey_id, u.day, u.mode, u.surveyor,
  CASE WHEN u.id IS NULL THEN 'not_begun' WHEN u.finished THEN 'done' ELSE 'half' END AS progress,
  (SELECT count(*) FROM survey_answers WHERE survey_id = u.id) AS answered, (SELECT sum(asked) FROM services) AS items, p.found_by
FROM survey_rounds r CROSS JOIN clock c
JOIN stays s ON s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
JOIN persons p ON p.id = s.person_id
LEFT JOIN surveys u ON u.round_id = r.id AND u.person_id = s.person_id
