-- Whose faces can be touched for today's sessions: who is enrolled in the class, who lives here, and who came already.
SELECT s.home_id, s.id AS session_id, p.id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label,
  EXISTS (SELECT 1 FROM attendances t WHERE t.session_id = s.id AND t.person_id = p.id) AS came,
  s.activity_id IS NOT NULL AND EXISTS (SELECT 1 FROM enrolments e WHERE e.activity_id = s.activity_id AND e.person_id = p.id AND e.left_day IS NULL) AS enrolled
FROM clock CROSS JOIN room_sessions s ON s.day = today AND s.undone_at IS NULL CROSS JOIN persons p ON p.home_id = s.home_id
WHERE p.id IN (SELECT person_id FROM attendances t WHERE t.session_id = s.id
  UNION ALL SELECT person_id FROM enrolments e WHERE e.activity_id = s.activity_id AND e.left_day IS NULL
  UNION ALL SELECT person_id FROM stays y WHERE y.home_id = s.home_id AND y.from_day <= today AND (y.to_day IS NULL OR y.to_day > today))
