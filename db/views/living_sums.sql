-- Residents at the end of the month by home and category, several at once are possible, beside all who live there.
SELECT r.home_id, r.month, c.code AS category, r.residents,
  coalesce((SELECT living FROM kind_months k WHERE k.category = c.code AND k.home_id = r.home_id AND k.month <= r.month ORDER BY k.month DESC LIMIT 1), 0)
  + iif(r.moving, coalesce((
    SELECT sum(f.sign) FROM figure_changes f JOIN persons p ON p.id = f.person_id
    WHERE f.home_id = r.home_id AND f.month = r.month AND c.code IN (SELECT value FROM json_each(p.categories))), 0), 0) AS people
FROM categories c CROSS JOIN (
  SELECT DISTINCT l.home_id, l.month, l.residents, f.home_id IS NOT NULL AS moving
  FROM home_living l LEFT JOIN (SELECT DISTINCT home_id, month FROM figure_changes) f ON f.home_id = l.home_id AND f.month = l.month
) r
WHERE r.residents > 0
