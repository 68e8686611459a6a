-- Bookings from today on that stand and have not begun, with who made them: what a closure would hit.
SELECT b.id, b.home_id, b.room_id, r.room, b.day, b.start_minute, b.minutes, coalesce(a.activity, c.club) AS club
FROM clock CROSS JOIN bookings b JOIN rooms r ON r.id = b.room_id LEFT JOIN clubs c ON c.id = b.club_id LEFT JOIN activities a ON a.id = b.activity_id
WHERE b.day >= today AND b.cancelled_at IS NULL AND NOT EXISTS (SELECT 1 FROM room_sessions s WHERE s.booking_id = b.id AND s.undone_at IS NULL)
