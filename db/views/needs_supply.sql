-- Who could give which service: said in the survey of the round, or kept in the register where the round did not ask; able, still living
-- here or a volunteer, and without that same need. The order of the joins is fixed: few of many could give what is asked for.
SELECT g.home_id, g.round_id, g.service, g.person_id
FROM (
  SELECT u.home_id, u.round_id, s.service, u.person_id
  FROM surveys u CROSS JOIN survey_answers s INDEXED BY survey_answers_give ON s.survey_id = u.id AND s.could_give = 1 AND (s.need < 2 OR s.receives = 1)
  WHERE u.finished = 1
  UNION ALL
  SELECT p.home_id, r.id, v.code, p.id FROM survey_rounds r CROSS JOIN services v CROSS JOIN persons p
  WHERE p.gives <> '[]' AND instr(p.gives, '"' || v.code || '"')
    AND NOT EXISTS (SELECT 1 FROM surveys u WHERE u.person_id = p.id AND u.round_id = r.id AND u.finished = 1)
) g
CROSS JOIN persons p ON p.id = g.person_id AND p.home_id = g.home_id AND (p.self_care IS NULL OR p.self_care = 'able')
WHERE p.volunteer = 1 OR EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = p.id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today))
