-- Clubs with what they may book in a week and what is left of this one.
SELECT c.home_id, c.id, c.club, c.active, c.week_minutes, c.week_minutes - used AS left_minutes, used AS used_minutes
FROM (SELECT k.*, coalesce((SELECT sum(b.minutes) FROM bookings b WHERE b.club_id = k.id AND b.monday = date(today, 'weekday 0', '-6 days')
  AND b.cancelled_at IS NULL), 0) AS used FROM clock CROSS JOIN clubs k) c
