-- Care of the last 31 days that would earn time but that nobody has confirmed: of helpers without a paid post and of teams (团体), not professional.
SELECT c.home_id, c.id, c.day, coalesce((SELECT label FROM person_labels l WHERE l.id = c.giver_id), c.giver_name) AS giver,
  coalesce((SELECT label FROM person_labels l WHERE l.id = c.receiver_id), c.receiver_name) AS receiver, c.service, c.start_minute, c.minutes, c.confirmed
FROM clock CROSS JOIN care_logs c ON c.day BETWEEN date(today, '-31 days') AND today JOIN services v ON v.code = c.service AND v.professional = 0
LEFT JOIN persons p ON p.id = c.giver_id
WHERE c.undone_at IS NULL AND coalesce(c.confirmed, 'planned_end') = 'planned_end' AND CASE WHEN p.id IS NULL
  THEN EXISTS (SELECT 1 FROM time_accounts a WHERE a.home_id = c.home_id AND a.team = c.giver_name) ELSE coalesce(p.post, '') NOT IN ('caretaker', 'cook', 'staff') END
