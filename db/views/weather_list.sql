-- Spells of extreme weather; now is 1 while contacts are asked more often.
SELECT w.home_id, h.name AS home, w.id, w.hazard, w.first_day, w.last_day, w.contacts, c.today BETWEEN w.first_day AND w.last_day AS now
FROM weather w JOIN homes h ON h.id = w.home_id CROSS JOIN clock c
