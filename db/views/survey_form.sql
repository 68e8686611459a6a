-- The services that a survey asks about, in order, with the answers so far; what somebody could give is, until asked, what the register says.
SELECT u.home_id, u.person_id, u.id AS survey_id, s.rowid AS position, s.code AS service, s.professional, a.id AS answer_id, a.need,
  coalesce(a.receives, 0) AS receives, a.from_whom, coalesce(a.would_pay, 0) AS would_pay,
  coalesce(a.could_give, s.code IN (SELECT value FROM persons p, json_each(p.gives) WHERE p.id = u.person_id)) AS could_give
FROM surveys u JOIN services s ON s.asked = 1
LEFT JOIN survey_answers a ON a.survey_id = u.id AND a.service = s.code
