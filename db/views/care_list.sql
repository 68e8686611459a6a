-- The care log in words; open is 1 where a name still has to be settled.
SELECT c.home_id, substr(c.day, 1, 7) AS month, c.id, c.day, h.name AS home,
  coalesce(g.name, c.giver_name) AS giver, coalesce(r.name, c.receiver_name) AS receiver, c.service,
  CASE WHEN c.start_minute IS NOT NULL THEN printf('%02d:%02d', c.start_minute / 60, c.start_minute % 60) END AS start,
  c.minutes, c.note, (c.giver_id IS NULL OR c.receiver_id IS NULL) AS open
FROM care_logs c JOIN homes h ON h.id = c.home_id
LEFT JOIN persons g ON g.id = c.giver_id LEFT JOIN persons r ON r.id = c.receiver_id
