-- Who has to be kept apart from whom.
SELECT c.home_id, c.id, c.person_id, (SELECT label FROM person_labels l WHERE l.id = c.person_id) AS label, (SELECT name FROM homes h WHERE h.id = c.home_id) AS home, c.other_id,
  (SELECT label FROM person_labels l WHERE l.id = c.other_id) AS other, c.note
FROM conflicts c
