-- Every answer of a finished survey with the segment its person belonged to; unmet is a need of 2 or 3 that nobody meets.
SELECT u.home_id, u.round_id, u.person_id, a.service, a.need, a.receives, a.would_pay, a.could_give,
  (a.need >= 2 AND a.receives = 0) AS unmet, u.age_band, u.category, u.level
FROM surveys u JOIN survey_answers a ON a.survey_id = u.id
WHERE u.finished = 1
