-- Sessions that stand, with their heads: running, over by the plan without anybody saying when it ended, or ended.
-- A running one may be two hours over its plan; to_end marks what is to be ended so that the leader's help is written down.
SELECT s.id, s.home_id, s.month, s.room_id, r.room, s.day, s.start_minute, s.minutes, s.booking_id, s.activity_id, a.activity, c.club, a.leader_id,
  (SELECT label FROM person_labels l WHERE l.id = a.leader_id) AS leader, s.others, s.named, s.heads, r.capacity, s.recorded_at, s.ended_at,
  CASE WHEN s.ended_at IS NOT NULL THEN 'session_done'
    WHEN s.day = today AND s.start_minute + s.minutes + 120 > minute THEN 'session_running' ELSE 'session_over' END AS state,
  s.ended_at IS NULL AND s.log_id IS NULL AND a.leader_id IS NOT NULL AND s.day >= date(today, '-7 days')
    AND (s.day < today OR s.start_minute + s.minutes + 120 <= minute) AS to_end
FROM clock CROSS JOIN room_sessions s JOIN rooms r ON r.id = s.room_id
LEFT JOIN activities a ON a.id = s.activity_id LEFT JOIN bookings b ON b.id = s.booking_id LEFT JOIN clubs c ON c.id = b.club_id
WHERE s.undone_at IS NULL
