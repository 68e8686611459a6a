-- Who lives in which home in the last night of each month, today's in the current one.
SELECT s.home_id, m.month, m.last_day, s.person_id, s.room
FROM months m CROSS JOIN stays s ON s.from_day <= m.last_day AND (s.to_day IS NULL OR s.to_day > m.last_day)
