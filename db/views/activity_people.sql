-- Who is enrolled in a class, in the order of asking: beyond the places somebody waits. With how often they came to its last eight sessions.
SELECT e.home_id, e.activity_id, e.person_id AS id, (SELECT label FROM person_labels l WHERE l.id = e.person_id) AS label, e.day, e.place,
  iif(e.place <= a.places, 'enrolled', 'waiting') AS state, max(0, e.place - a.places) AS wait_place,
  (SELECT count(*) FROM (SELECT s.id FROM room_sessions s WHERE s.activity_id = e.activity_id AND s.undone_at IS NULL ORDER BY s.day DESC LIMIT 8) x
    JOIN attendances t ON t.session_id = x.id AND t.person_id = e.person_id) AS times
FROM (SELECT n.*, row_number() OVER (PARTITION BY n.activity_id ORDER BY n.day, n.id) AS place FROM enrolments n WHERE n.left_day IS NULL) e
JOIN activities a ON a.id = e.activity_id
