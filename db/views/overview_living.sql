-- Residents at the end of the month by category, several at once are possible; rest are the home's other residents.
-- Ages stay out: beside the age bands they would tell a hidden one.
SELECT r.home_id, r.month, c.code AS category, coalesce(k.living, 0) + iif(r.moving, coalesce((
    SELECT sum(f.sign) FROM figure_changes f JOIN persons p ON p.id = f.person_id
    WHERE f.home_id = r.home_id AND f.month = r.month AND c.code IN (SELECT value FROM json_each(p.categories))), 0), 0) AS people,
  r.residents - coalesce(k.living, 0) - iif(r.moving, coalesce((
    SELECT sum(f.sign) FROM figure_changes f JOIN persons p ON p.id = f.person_id
    WHERE f.home_id = r.home_id AND f.month = r.month AND c.code IN (SELECT value FROM json_each(p.categories))), 0), 0) AS rest
FROM categories c CROSS JOIN (
  SELECT DISTINCT l.home_id, l.month, l.residents, f.home_id IS NOT NULL AS moving
  FROM home_living l LEFT JOIN (SELECT DISTINCT home_id, month FROM figure_changes) f ON f.home_id = l.home_id AND f.month = l.month
) r LEFT JOIN kind_months k ON k.category = c.code AND k.home_id = r.home_id
  AND k.month = (SELECT month FROM kind_months WHERE category = c.code AND home_id = r.home_id AND month <= r.month ORDER BY month DESC LIMIT 1)
WHERE r.residents > 0
