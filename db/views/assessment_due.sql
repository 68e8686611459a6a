-- When each resident of today, and whoever asked for a place, is to be assessed: yearly, at once after a risk event, and at once where
-- it was never done; answered is how many items are scored where an assessment has been begun.
SELECT home_id, home, id, label, room, assessed, final_level, last_event, due_day,
  CASE WHEN due_day <= today THEN 'overdue' WHEN due_day <= date(today, '+30 days') THEN 'due' ELSE 'fine' END AS due,
  CASE WHEN assessed IS NULL THEN CASE WHEN applied THEN 'apply' ELSE 'never' END WHEN last_event > assessed THEN 'event' ELSE 'yearly' END AS due_reason,
  CAST(julianday(today) - julianday(due_day) AS INTEGER) AS days_over, answered, applied, found_by, 1 AS count
FROM (
  SELECT b.*, l.assessed, l.final_level, c.today, (SELECT name FROM homes h WHERE h.id = b.home_id) AS home,
    (SELECT label FROM person_labels n WHERE n.id = b.id) AS label, (SELECT found_by FROM persons p WHERE p.id = b.id) AS found_by,
    (SELECT answered FROM assessments a WHERE a.person_id = b.id AND a.finished = 0 ORDER BY a.id DESC LIMIT 1) AS answered,
    CASE WHEN l.assessed IS NULL THEN b.since WHEN b.last_event > l.assessed THEN b.last_event
      ELSE date(l.assessed, '+' || m.value || ' months') END AS due_day
  FROM clock c JOIN settings m ON m.name = 'assess_months'
  JOIN (
    SELECT s.home_id, s.person_id AS id, s.room, s.from_day AS since, 0 AS applied,
      (SELECT max(day) FROM risk_events e WHERE e.person_id = s.person_id) AS last_event
    FROM stays s, clock WHERE s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)
    UNION ALL
    SELECT a.home_id, a.person_id, NULL, a.day, 1, (SELECT max(day) FROM risk_events e WHERE e.person_id = a.person_id)
    FROM applications a WHERE a.closed IS NULL AND NOT EXISTS (
      SELECT 1 FROM stays s, clock WHERE s.person_id = a.person_id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today))
  ) b
  LEFT JOIN person_levels l ON l.person_id = b.id
)
