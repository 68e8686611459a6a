-- The pairs that would close a need first: the greatest need meets the helper who has helped least this month; three a home and service.
SELECT e.home_id, (SELECT name FROM homes o WHERE o.id = e.home_id) AS home, e.round_id, e.service,
  (SELECT professional FROM services v WHERE v.code = e.service) AS professional, e.turn, e.person_id AS elder_id,
  (SELECT label FROM person_labels l WHERE l.id = e.person_id) AS elder, e.need, e.category, e.level, h.person_id AS helper_id,
  (SELECT label FROM person_labels l WHERE l.id = h.person_id) AS helper, h.skills, h.availability, h.given / 60.0 AS given
FROM (
  SELECT u.home_id, u.round_id, a.service, u.person_id, a.need, u.category, u.level,
    row_number() OVER (PARTITION BY u.home_id, u.round_id, a.service
      ORDER BY a.need DESC, u.category = 'alone' DESC, u.level DESC, u.age_band DESC, u.person_id) AS turn
  FROM surveys u JOIN survey_answers a ON a.survey_id = u.id AND a.need >= 2 AND a.receives = 0
  WHERE u.finished = 1 AND EXISTS (
    SELECT 1 FROM stays s, clock WHERE s.person_id = u.person_id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today))
) e
JOIN (
  SELECT s.home_id, s.round_id, s.service, s.person_id, p.skills, p.availability, coalesce(c.given, 0) AS given,
    row_number() OVER (PARTITION BY s.home_id, s.round_id, s.service ORDER BY coalesce(c.given, 0), p.birth_day DESC, s.person_id) AS turn
  FROM needs_supply s JOIN persons p ON p.id = s.person_id
  LEFT JOIN care_people c ON c.home_id = s.home_id AND c.month = (SELECT substr(today, 1, 7) FROM clock) AND c.person = CAST(s.person_id AS TEXT)
) h ON h.home_id = e.home_id AND h.round_id = e.round_id AND h.service = e.service AND h.turn = e.turn
WHERE e.turn <= 3
