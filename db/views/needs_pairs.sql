-- The pairs that would close a need first: the greatest need meets the helper who has helped least this month; three a home and service.
-- Elders and helpers are numbered apart and meet in a window, not in a join, so that SQLite takes the homes that are asked for into both.
SELECT e.home_id, (SELECT name FROM homes o WHERE o.id = e.home_id) AS home, e.round_id, e.service,
  (SELECT professional FROM services v WHERE v.code = e.service) AS professional, e.turn, e.elder_id,
  (SELECT label FROM person_labels l WHERE l.id = e.elder_id) AS elder, e.need, e.category, e.level, e.helper_id,
  (SELECT label FROM person_labels l WHERE l.id = e.helper_id) AS helper, (SELECT skills FROM persons p WHERE p.id = e.helper_id) AS skills,
  (SELECT availability FROM persons p WHERE p.id = e.helper_id) AS availability, e.given / 60.0 AS given
FROM (
  SELECT home_id, round_id, service, turn, elder_id, need, category, level, max(helper_id) OVER pair AS helper_id, max(given) OVER pair AS given
  FROM (
    SELECT home_id, round_id, service, turn, person_id AS elder_id, need, category, level, NULL AS helper_id, NULL AS given
    FROM (
      SELECT u.home_id, u.round_id, a.service, u.person_id, a.need, u.category, u.level,
        row_number() OVER (PARTITION BY u.home_id, u.round_id, a.service
          ORDER BY a.need DESC, u.category = 'alone' DESC, u.level DESC, nullif(nullif(u.age_band, '?'), '<60') DESC, u.age_band, u.person_id) AS turn
      FROM clock CROSS JOIN surveys u CROSS JOIN survey_answers a ON a.survey_id = u.id AND a.need >= 2 AND a.receives = 0
      JOIN stays s ON s.person_id = u.person_id AND s.home_id = u.home_id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)
      WHERE u.finished = 1
    ) WHERE turn <= 3
    UNION ALL
    SELECT home_id, round_id, service, turn, NULL, NULL, NULL, NULL, person_id, given
    FROM (
      SELECT s.home_id, s.round_id, s.service, s.person_id, coalesce(c.given, 0) AS given,
        row_number() OVER (PARTITION BY s.home_id, s.round_id, s.service ORDER BY coalesce(c.given, 0), p.birth_day DESC, s.person_id) AS turn
      FROM needs_supply s CROSS JOIN persons p ON p.id = s.person_id
      LEFT JOIN care_people c ON c.home_id = s.home_id AND c.month = (SELECT substr(today, 1, 7) FROM clock) AND c.person = CAST(s.person_id AS TEXT)
    ) WHERE turn <= 3
  )
  WINDOW pair AS (PARTITION BY home_id, round_id, service, turn)
) e
WHERE e.elder_id IS NOT NULL AND e.helper_id IS NOT NULL
