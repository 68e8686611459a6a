-- Who lives in which home in the last night of each month, today's in the current one, and the completed years of age then.
SELECT s.home_id, m.month, s.person_id, s.room,
  (SELECT CAST(substr(m.last_day, 1, 4) AS INTEGER) - CAST(substr(birth_day, 1, 4) AS INTEGER) - (substr(m.last_day, 6) < substr(birth_day, 6))
   FROM persons WHERE id = s.person_id) AS age
FROM months m CROSS JOIN stays s ON s.from_day <= m.last_day AND (s.to_day IS NULL OR s.to_day > m.last_day)
