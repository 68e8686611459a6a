-- Today's rooms but those that are idle or given up: whether one is open, who is inside, what is booked next, and what was let go since nobody came.
SELECT r.home_id, r.id, r.room, r.kind, r.capacity, o.opens_minute, o.closes_minute, o.shut, minute AS now_minute,
  s.id AS session_id, s.start_minute AS began, s.minutes AS lasted, s.others, s.named, s.heads, s.activity_id, s.activity, s.club, s.recorded_at,
  d.id AS done_id, d.ended_at, coalesce(d.activity, d.club) AS done_by, d.heads AS done_heads,
  n.id AS next_id, n.start_minute AS next_start, n.minutes AS next_minutes, coalesce(n.activity, n.club) AS next_by,
  g.id AS gone_id, g.start_minute AS gone_start, coalesce(g.activity, g.club) AS gone_by
FROM clock CROSS JOIN rooms r JOIN room_openings o ON o.room_id = r.id AND o.day = today
LEFT JOIN session_list s ON s.id = (SELECT x.id FROM room_sessions x WHERE x.room_id = r.id AND x.day = today AND x.undone_at IS NULL
  AND x.ended_at IS NULL AND x.start_minute + x.minutes + 120 > minute ORDER BY x.start_minute DESC LIMIT 1)
LEFT JOIN session_list d ON d.id = (SELECT x.id FROM room_sessions x WHERE x.room_id = r.id AND x.day = today AND x.undone_at IS NULL
  AND x.ended_at IS NOT NULL ORDER BY x.ended_at DESC, x.id DESC LIMIT 1)
LEFT JOIN booking_list n ON n.id = (SELECT b.id FROM booking_list b WHERE b.room_id = r.id AND b.day = today AND b.state = 'booking_booked'
  ORDER BY b.start_minute LIMIT 1)
LEFT JOIN booking_list g ON g.id = (SELECT b.id FROM booking_list b WHERE b.room_id = r.id AND b.day = today AND b.state = 'booking_no_show'
  AND b.start_minute + b.minutes > minute ORDER BY b.start_minute DESC LIMIT 1)
WHERE o.shut IS NOT 'shut_unused'
