-- Bookings and what became of them: booked, begun, done, cancelled, shut by a closure that came later, or let go since nobody came in time.
SELECT b.id, b.home_id, b.month, b.monday, b.room_id, r.room, b.day, b.start_minute, b.minutes, b.club_id, c.club, b.activity_id, a.activity,
  b.people, b.series, b.note, b.booked_by, s.id AS session_id,
  CASE WHEN b.cancelled_at IS NOT NULL THEN 'booking_cancelled'
    WHEN s.id IS NOT NULL THEN iif(s.ended_at IS NULL AND b.day = today AND s.start_minute + s.minutes > minute, 'booking_begun', 'booking_done')
    WHEN EXISTS (SELECT 1 FROM closures x WHERE x.home_id = b.home_id AND x.last_day >= b.day AND x.first_day <= b.day
      AND (x.room_id IS NULL OR x.room_id = b.room_id)) THEN 'booking_shut'
    WHEN b.day < today OR b.day = today
      AND b.start_minute + (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'no_show_minutes') <= minute THEN 'booking_no_show'
    ELSE 'booking_booked' END AS state
FROM clock CROSS JOIN bookings b JOIN rooms r ON r.id = b.room_id
LEFT JOIN clubs c ON c.id = b.club_id LEFT JOIN activities a ON a.id = b.activity_id
LEFT JOIN room_sessions s ON s.booking_id = b.id AND s.undone_at IS NULL
