-- Who came to each session of a class.
SELECT s.home_id, s.activity_id, s.id AS session_id, s.day, t.person_id AS id, (SELECT label FROM person_labels l WHERE l.id = t.person_id) AS label
FROM room_sessions s JOIN attendances t ON t.session_id = s.id WHERE s.activity_id IS NOT NULL AND s.undone_at IS NULL
