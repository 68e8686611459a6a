-- What holds a room and when: bookings that stand, and sessions, also without a booking.
SELECT b.home_id, b.month, b.monday, b.room_id, b.room, b.day, b.start_minute, b.minutes, b.id AS booking_id, NULL AS session_id, b.club, b.activity, b.people
FROM booking_list b WHERE b.state = 'booking_booked'
UNION ALL SELECT s.home_id, s.month, date(s.day, 'weekday 0', '-6 days'), s.room_id, s.room, s.day, s.start_minute, s.minutes, s.booking_id, s.id, s.club,
  s.activity, s.heads FROM session_list s
