-- Residents at the end of the month by category, several at once are possible; rest are the home's other residents.
-- Rows to be summed. Ages stay out: beside the age bands they would tell a hidden one.
SELECT r.home_id, r.month, j.value AS category, count(*) AS people, -count(*) AS rest
FROM residents r JOIN persons p ON p.id = r.person_id, json_each(p.categories) j
GROUP BY r.home_id, r.month, j.value
UNION ALL
SELECT r.home_id, r.month, c.code, 0, r.residents
FROM (SELECT home_id, month, count(*) AS residents FROM residents GROUP BY home_id, month) r CROSS JOIN categories c
