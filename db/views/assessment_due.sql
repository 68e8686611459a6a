-- When each resident of today is to be assessed: yearly, at once after a risk event, and at once where it was never done.
SELECT home_id, person_id, label, room, assessed, final_level, last_event, due_day,
  CASE WHEN due_day <= today THEN 'overdue' WHEN due_day <= date(today, '+30 days') THEN 'due' ELSE 'fine' END AS due,
  CASE WHEN assessed IS NULL THEN 'never' WHEN last_event > assessed THEN 'event' ELSE 'yearly' END AS due_reason,
  CAST(julianday(today) - julianday(due_day) AS INTEGER) AS days_over
FROM (
  SELECT s.home_id, s.person_id, n.label, s.room, l.assessed, l.final_level, e.last_event, c.today,
    CASE WHEN l.assessed IS NULL THEN s.from_day WHEN e.last_event > l.assessed THEN e.last_event
      ELSE date(l.assessed, '+' || m.value || ' months') END AS due_day
  FROM clock c JOIN settings m ON m.name = 'assess_months'
  JOIN stays s ON s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
  JOIN person_labels n ON n.id = s.person_id AND n.home_id = s.home_id
  LEFT JOIN person_levels l ON l.person_id = s.person_id
  LEFT JOIN (SELECT person_id, max(day) AS last_event FROM risk_events GROUP BY person_id) e ON e.person_id = s.person_id
)
