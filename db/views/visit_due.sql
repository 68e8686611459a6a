-- Whom to visit among today's residents, with the day by which and why; days_over says how long ago that was.
SELECT v.home_id, (SELECT name FROM homes h WHERE h.id = v.home_id) AS home, v.person_id AS id,
  (SELECT label FROM person_labels l WHERE l.id = v.person_id) AS label,
  (SELECT room FROM stays s WHERE s.person_id = v.person_id AND s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)) AS room,
  v.risk_tier, v.last_visit, v.days, v.visit_by, v.visit_reason, v.hazard,
  CASE WHEN v.visit_by < c.today THEN 'visit_overdue' WHEN v.visit_by <= date(c.today, 'weekday 0') THEN 'visit_this_week' ELSE 'visit_later' END
    AS visit_state,
  CAST(julianday(c.today) - julianday(v.visit_by) AS INTEGER) AS days_over,
  (SELECT found_by FROM persons p WHERE p.id = v.person_id) AS found_by, 1 AS count
FROM person_visits v CROSS JOIN clock c
