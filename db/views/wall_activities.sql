-- The activities that go on in a month, by weekday and hour, with their room; whoever leads them stays unnamed.
SELECT a.home_id, m.month, h.name AS home, a.id, a.activity, a.weekday, w.id AS turn, a.start_minute, a.minutes, r.room
FROM months m CROSS JOIN activities a ON a.first_day < m.next_day AND (a.last_day IS NULL OR a.last_day >= m.first_day)
  AND (a.stopped_at IS NULL OR date(a.stopped_at, '+8 hours') >= m.first_day)
JOIN homes h ON h.id = a.home_id JOIN rooms r ON r.id = a.room_id JOIN weekdays w ON w.code = a.weekday
