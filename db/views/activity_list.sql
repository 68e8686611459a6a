-- Classes that run or are to begin: leader, places taken, who waits, how far the room is booked, the last session and how many came.
SELECT a.home_id, h.name AS home, a.id, a.activity, a.kind, a.service, a.leader_id, coalesce((SELECT label FROM person_labels l WHERE l.id = a.leader_id), a.guest) AS leader,
  a.room_id, r.room, a.weekday, w.id AS turn, a.start_minute, a.minutes, a.places, a.first_day, a.last_day, a.note,
  min(a.places, e.people) AS taken, max(0, e.people - a.places) AS waiting,
  (SELECT max(day) FROM bookings b WHERE b.activity_id = a.id AND b.cancelled_at IS NULL) AS booked_until,
  t.sessions, t.heads, t.last_session
FROM clock CROSS JOIN activities a JOIN homes h ON h.id = a.home_id JOIN rooms r ON r.id = a.room_id JOIN weekdays w ON w.code = a.weekday
JOIN (SELECT x.id, (SELECT count(*) FROM enrolments n WHERE n.activity_id = x.id AND n.left_day IS NULL) AS people FROM activities x) e ON e.id = a.id
JOIN (SELECT x.id, (SELECT count(*) FROM room_sessions s WHERE s.activity_id = x.id AND s.undone_at IS NULL) AS sessions,
    (SELECT sum(heads) FROM room_sessions s WHERE s.activity_id = x.id AND s.undone_at IS NULL) AS heads,
    (SELECT max(day) FROM room_sessions s WHERE s.activity_id = x.id AND s.undone_at IS NULL) AS last_session FROM activities x) t ON t.id = a.id
WHERE a.stopped_at IS NULL AND (a.last_day IS NULL OR a.last_day >= today)
