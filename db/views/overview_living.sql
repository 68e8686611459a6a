-- Residents at the end of the month by category, several at once are possible; rest are the home's other residents.
-- Rows to be summed. Ages stay out: beside the age bands they would tell a hidden one.
SELECT r.home_id, r.month, c.code AS category, r.people, -r.people AS rest
FROM (
  SELECT s.home_id, m.month, l.kinds, count(*) AS people
  FROM months m CROSS JOIN stays s INDEXED BY stays_living ON s.from_day <= m.last_day AND (s.to_day IS NULL OR s.to_day > m.last_day)
  CROSS JOIN person_lasts l ON l.person_id = s.person_id GROUP BY s.home_id, m.month, l.kinds
) r CROSS JOIN categories c ON r.kinds > 0 AND r.kinds >> c.rowid & 1
UNION ALL
SELECT r.home_id, r.month, c.code, 0, r.residents
FROM (SELECT home_id, month, max(residents) AS residents FROM home_living GROUP BY home_id, month) r CROSS JOIN categories c WHERE r.residents > 0
