-- The last safety check of each kind in each home, what it found, and when the next is due; a kind that was never checked is due now.
SELECT s.home_id, h.name AS home, s.kind, s.check_id, l.day AS checked_on, l.result, l.note, l.checked_by,
  CAST(julianday(today) - julianday(l.day) AS INTEGER) AS days, date(l.day, '+' || every || ' days') AS due_by,
  CASE WHEN l.id IS NULL THEN 'check_never' WHEN date(l.day, '+' || every || ' days') < today THEN 'check_overdue'
    WHEN date(l.day, '+' || every || ' days') <= date(today, '+7 days') THEN 'check_soon' ELSE 'check_done' END AS check_state,
  s.sort, (SELECT count(*) FROM repairs p JOIN safety_checks c ON c.id = p.check_id
    WHERE p.home_id = s.home_id AND p.done_day IS NULL AND c.kind = s.kind) AS repair_count
FROM (SELECT today, (SELECT value FROM settings WHERE name = 'safety_days') AS every FROM clock)
CROSS JOIN (
  SELECT h.id AS home_id, k.column1 AS sort, k.column2 AS kind,
    (SELECT id FROM safety_checks c WHERE c.home_id = h.id AND c.kind = k.column2 ORDER BY day DESC, id DESC LIMIT 1) AS check_id
  FROM homes h CROSS JOIN (VALUES (1, 'fire'), (2, 'power'), (3, 'gas'), (4, 'water_pipes'), (5, 'structure'), (6, 'food')) k
) s JOIN homes h ON h.id = s.home_id LEFT JOIN safety_checks l ON l.id = s.check_id
