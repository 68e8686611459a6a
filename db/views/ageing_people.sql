-- What is known of each resident at the end of a month (today in the current one) for the three pillars of active ageing: ability and its
-- change, falls and health notes; help given and received, activities; visits, benefits, needs. What a home writes down of nobody (in twelve
-- months; without a class no names are noted) is NULL for all who live there, never 0.
SELECT home_id, month, person_id, level, iif(assessed > year_ago, level <= level_before, NULL) AS kept,
  no_fall, checked, gave, gave AND received AS both, attended, lecture, seen, benefits, met
FROM (
  SELECT p.*, (SELECT a.final_level FROM assessment_results a WHERE a.id = p.newest) AS level, (SELECT a.day FROM assessments a WHERE a.id = p.newest) AS assessed,
    (SELECT a.final_level FROM assessment_results a JOIN assessments n ON n.id = p.newest WHERE a.person_id = p.person_id AND a.instrument = 'gb42195'
      AND a.finished = 1 AND (a.day, a.id) < (n.day, n.id) ORDER BY a.day DESC, a.id DESC LIMIT 1) AS level_before
  FROM (
    SELECT r.home_id, r.month, r.person_id, date(r.last_day, '-12 months') AS year_ago,
      (SELECT a.id FROM assessments a WHERE a.person_id = r.person_id AND a.instrument = 'gb42195' AND a.finished = 1 AND a.day <= r.last_day
        ORDER BY a.day DESC, a.id DESC LIMIT 1) AS newest,
      CASE WHEN EXISTS (SELECT 1 FROM risk_events e WHERE e.home_id = r.home_id AND e.day > date(r.last_day, '-12 months') AND e.day <= r.last_day)
        THEN NOT EXISTS (SELECT 1 FROM risk_events e WHERE e.person_id = r.person_id AND e.event = 'fall' AND e.day > date(r.last_day, '-12 months') AND e.day <= r.last_day) END AS no_fall,
      CASE WHEN EXISTS (SELECT 1 FROM health_notes n WHERE n.home_id = r.home_id AND n.day > date(r.last_day, '-12 months') AND n.day <= r.last_day)
        THEN EXISTS (SELECT 1 FROM health_notes n WHERE n.person_id = r.person_id AND n.day > date(r.last_day, '-3 months') AND n.day <= r.last_day) END AS checked,
      CASE WHEN helped THEN EXISTS (SELECT 1 FROM care_logs l WHERE l.giver_id = r.person_id AND l.day > date(r.last_day, '-12 months') AND l.day <= r.last_day AND l.undone_at IS NULL) END AS gave,
      CASE WHEN helped THEN EXISTS (SELECT 1 FROM care_logs l WHERE l.receiver_id = r.person_id AND l.day > date(r.last_day, '-12 months') AND l.day <= r.last_day AND l.undone_at IS NULL) END AS received,
      CASE WHEN noted THEN (SELECT count(*) FROM attendances t CROSS JOIN room_sessions s ON s.id = t.session_id WHERE t.person_id = r.person_id
        AND s.day > date(r.last_day, '-28 days') AND s.day <= r.last_day AND s.undone_at IS NULL) END AS attended,
      CASE WHEN noted THEN EXISTS (SELECT 1 FROM attendances t CROSS JOIN room_sessions s ON s.id = t.session_id CROSS JOIN activities a ON a.id = s.activity_id WHERE t.person_id = r.person_id
        AND a.kind = 'lecture' AND s.day > date(r.last_day, '-28 days') AND s.day <= r.last_day AND s.undone_at IS NULL) END AS lecture,
      EXISTS (SELECT 1 FROM care_people c WHERE c.home_id = r.home_id AND c.month = r.month AND c.person = CAST(r.person_id AS TEXT) AND c.visits > 0)
        OR EXISTS (SELECT 1 FROM visits v INDEXED BY visits_unlogged WHERE v.person_id = r.person_id AND v.log_id IS NULL
          AND v.day BETWEEN r.month || '-01' AND r.last_day) AS seen,
      (SELECT NOT EXISTS (SELECT 1 FROM json_each(v.signs) WHERE value = 'sign_benefits') FROM visits v WHERE v.person_id = r.person_id AND v.block_living IS NOT NULL
        AND v.day > date(r.last_day, '-12 months') AND v.day <= r.last_day ORDER BY v.day DESC, v.id DESC LIMIT 1) AS benefits,
      (SELECT NOT EXISTS (SELECT 1 FROM survey_answers a WHERE a.survey_id = u.id AND a.need >= 2 AND a.receives = 0) FROM surveys u
        WHERE u.person_id = r.person_id AND u.finished = 1 AND u.day > date(r.last_day, '-12 months') AND u.day <= r.last_day ORDER BY u.day DESC, u.id DESC LIMIT 1) AS met
    FROM (
      SELECT *, EXISTS (SELECT 1 FROM activities a WHERE a.home_id = i.home_id AND a.first_day <= i.last_day) AS noted,
        EXISTS (SELECT 1 FROM care_months c WHERE c.home_id = i.home_id AND c.month > substr(date(i.last_day, '-12 months'), 1, 7) AND c.month <= i.month) AS helped
      FROM residents i
    ) r
  ) p
)
