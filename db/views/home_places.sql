-- Beds and day places of each home, how many are taken and free today, and how many people wait.
SELECT home_id, home, waiting, kind, beds, beds_taken, max(beds - beds_taken, 0) AS beds_free, day_places, day_places_taken,
  max(day_places - day_places_taken, 0) AS day_places_free
FROM (
  SELECT h.id AS home_id, h.name AS home, h.kind, h.beds, h.day_places,
    count(s.id) FILTER (WHERE coalesce(s.place, CASE h.kind WHEN 'day' THEN 'day_place' ELSE 'bed' END) = 'bed') AS beds_taken,
    count(s.id) FILTER (WHERE coalesce(s.place, CASE h.kind WHEN 'day' THEN 'day_place' ELSE 'bed' END) = 'day_place') AS day_places_taken,
    (SELECT count(*) FROM applications a WHERE a.home_id = h.id AND a.closed IS NULL) AS waiting
  FROM homes h CROSS JOIN clock c
  LEFT JOIN stays s ON s.home_id = h.id AND s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
  GROUP BY h.id
)
