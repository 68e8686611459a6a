-- Who could lead a class: able, living here or a volunteer, with a skill or a service that they give; what they said in the last survey counts too.
SELECT p.home_id, p.id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, p.skills, p.gives,
  (SELECT json_group_array(DISTINCT s.service) FROM surveys u JOIN survey_answers s ON s.survey_id = u.id AND s.could_give = 1
    WHERE u.person_id = p.id AND u.finished = 1 AND u.round_id = (SELECT max(o.round_id) FROM surveys o WHERE o.person_id = p.id AND o.finished = 1)) AS told,
  (SELECT count(*) FROM activities a WHERE a.leader_id = p.id AND a.stopped_at IS NULL AND (a.last_day IS NULL OR a.last_day >= today)) AS leads
FROM clock CROSS JOIN persons p
WHERE (p.self_care IS NULL OR p.self_care = 'able') AND (trim(coalesce(p.skills, ''), ' 　') <> '' OR p.gives <> '[]'
    OR EXISTS (SELECT 1 FROM surveys u JOIN survey_answers s ON s.survey_id = u.id AND s.could_give = 1 WHERE u.person_id = p.id AND u.finished = 1))
  AND (p.volunteer = 1 OR EXISTS (SELECT 1 FROM stays s WHERE s.person_id = p.id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)))
  AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id = p.id AND s.end_reason = 'death')
