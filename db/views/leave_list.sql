-- Who is away, or was until a month ago.
SELECT l.home_id, l.id, l.person_id, (SELECT label FROM person_labels p WHERE p.id = l.person_id) AS label, (SELECT name FROM homes h WHERE h.id = l.home_id) AS home, l.first_day, l.last_day, l.reason, l.note,
  l.first_day <= today AND l.last_day >= today AS now
FROM clock CROSS JOIN leaves l ON l.last_day >= date(today, '-31 days')
