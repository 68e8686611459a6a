-- Who lacks what: people with an unmet need by age band, living situation and ability level when they were asked.
SELECT u.home_id, u.round_id, a.service, u.age_band, u.category,
  CASE u.level WHEN 0 THEN 'level_0' WHEN 1 THEN 'level_1' WHEN 2 THEN 'level_2' WHEN 3 THEN 'level_3' WHEN 4 THEN 'level_4' ELSE 'level_unknown' END AS level,
  count(*) AS people
FROM surveys u JOIN survey_answers a ON a.survey_id = u.id AND a.need >= 2 AND a.receives = 0
WHERE u.finished = 1
GROUP BY u.home_id, u.round_id, a.service, u.age_band, u.category, u.level
