-- Who lives in which home at the end of each month.
SELECT s.home_id, m.month, s.person_id, s.room
FROM months m CROSS JOIN stays s ON s.from_day < m.next_day AND (s.to_day IS NULL OR s.to_day >= m.next_day)
