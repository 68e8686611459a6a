-- Today's residents with how many pairs look after them; unpaired ones who live alone, or need visits or company by the survey, come first by turn.
SELECT home_id, home, id, label, room, risk_tier, pairs_now, lives_alone, lacks, pairs_now = 0 AND (lives_alone OR lacks OR risk_tier <> 'general') AS unpaired,
  CASE WHEN pairs_now > 0 THEN 9 ELSE 3 - lives_alone - lacks + (risk_tier = 'general') END AS turn, found_by
FROM (
  SELECT s.home_id, (SELECT name FROM homes h WHERE h.id = s.home_id) AS home, s.person_id AS id,
    (SELECT label FROM person_labels l WHERE l.id = s.person_id) AS label, s.room, p.risk_tier, p.found_by,
    (SELECT count(*) FROM pairs x WHERE x.elder_id = s.person_id AND x.to_day IS NULL) AS pairs_now,
    EXISTS (SELECT 1 FROM json_each(p.categories) WHERE json_each.value = 'alone') AS lives_alone,
    EXISTS (SELECT 1 FROM surveys u JOIN survey_answers a ON a.survey_id = u.id AND a.need >= 2 AND a.receives = 0
      WHERE u.person_id = s.person_id AND u.finished = 1 AND a.service IN ('visit', 'company', 'comfort')
        AND u.round_id = (SELECT max(o.round_id) FROM surveys o WHERE o.person_id = s.person_id AND o.finished = 1)) AS lacks
  FROM clock c JOIN stays s ON s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
  JOIN persons p ON p.id = s.person_id
)
