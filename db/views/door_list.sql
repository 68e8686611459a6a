-- The cards on the doors: whose or of which room; now is 0 where a newer one has taken its place, here where somebody lives behind it.
SELECT c.home_id, c.id, c.token, c.person_id, c.room, (SELECT label FROM person_labels l WHERE l.id = c.person_id) AS label,
  c.ended_at IS NULL AS now,
  EXISTS (SELECT 1 FROM stays s WHERE s.home_id = c.home_id AND (s.person_id = c.person_id OR s.room = c.room)
    AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)) AS here
FROM clock CROSS JOIN door_cards c
