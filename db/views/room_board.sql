-- Today's rooms but those that are idle or given up: whether one is open, who is inside, what is booked next, and what was let go since nobody came.
-- Joined by number to the tables, not to the lists, which would be made whole first.
SELECT r.home_id, r.id, r.room, r.kind, r.capacity, r.opens_minute, r.closes_minute, r.shut, r.minute AS now_minute,
  s.id AS session_id, s.start_minute AS began, s.minutes AS lasted, s.others, s.named, s.heads, s.activity_id,
  (SELECT activity FROM activities WHERE id = s.activity_id) AS activity,
  (SELECT club FROM bookings b JOIN clubs c ON c.id = b.club_id WHERE b.id = s.booking_id) AS club, s.recorded_at,
  d.id AS done_id, d.ended_at, coalesce((SELECT activity FROM activities WHERE id = d.activity_id),
    (SELECT club FROM bookings b JOIN clubs c ON c.id = b.club_id WHERE b.id = d.booking_id)) AS done_by, d.heads AS done_heads,
  n.id AS next_id, n.start_minute AS next_start, n.minutes AS next_minutes,
  coalesce((SELECT activity FROM activities WHERE id = n.activity_id), (SELECT club FROM clubs WHERE id = n.club_id)) AS next_by,
  g.id AS gone_id, g.start_minute AS gone_start,
  coalesce((SELECT activity FROM activities WHERE id = g.activity_id), (SELECT club FROM clubs WHERE id = g.club_id)) AS gone_by
FROM (SELECT r.*, o.shut, today, minute FROM clock CROSS JOIN rooms r CROSS JOIN room_openings o ON o.room_id = r.id AND o.day = today
    WHERE r.kind NOT IN ('bedroom', 'idle_room')) r
LEFT JOIN room_sessions s ON s.id = (SELECT x.id FROM room_sessions x WHERE x.room_id = r.id AND x.day = today AND x.undone_at IS NULL
  AND x.ended_at IS NULL AND x.start_minute + x.minutes + 120 > minute ORDER BY x.start_minute DESC LIMIT 1)
LEFT JOIN room_sessions d ON d.id = (SELECT x.id FROM room_sessions x WHERE x.room_id = r.id AND x.day = today AND x.undone_at IS NULL
  AND x.ended_at IS NOT NULL ORDER BY x.ended_at DESC, x.id DESC LIMIT 1)
LEFT JOIN bookings n ON n.id = (SELECT b.id FROM booking_list b WHERE b.room_id = r.id AND b.day = today AND b.state = 'booking_booked'
  ORDER BY b.start_minute LIMIT 1)
LEFT JOIN bookings g ON g.id = (SELECT b.id FROM booking_list b WHERE b.room_id = r.id AND b.day = today AND b.state = 'booking_no_show'
  AND b.start_minute + b.minutes > minute ORDER BY b.start_minute DESC LIMIT 1)
WHERE r.shut IS NOT 'shut_unused'
