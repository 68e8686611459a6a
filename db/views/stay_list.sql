-- The stays of each person with who decided.
SELECT s.home_id, s.person_id, s.id, s.from_day, s.to_day, s.end_reason, (SELECT name FROM homes h WHERE h.id = s.home_id) AS home,
  coalesce(s.place, CASE (SELECT kind FROM homes h WHERE h.id = s.home_id) WHEN 'day' THEN 'day_place' ELSE 'bed' END) AS place,
  s.room, s.bed, s.decided_by, s.end_decided_by, s.end_note, s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today) AS now
FROM stays s CROSS JOIN clock c
