-- The headline figures of a home and month as sums: top, or top over bottom where the unit is percent.
-- people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT r.home_id, r.month, f.figure, f.unit,
  CASE f.figure WHEN 'residents' THEN r.all_of_them WHEN 'visit_rate' THEN r.visited ELSE r.mutual END AS top,
  CASE f.figure WHEN 'residents' THEN 0 ELSE r.all_of_them END AS bottom,
  CASE f.figure WHEN 'residents' THEN r.all_of_them WHEN 'visit_rate' THEN r.visited ELSE r.mutual END AS people,
  CASE f.figure WHEN 'residents' THEN 0 WHEN 'visit_rate' THEN r.all_of_them - r.visited ELSE r.all_of_them - r.mutual END AS rest
FROM resident_rates r CROSS JOIN (
  SELECT 'residents' AS figure, 'people' AS unit UNION ALL SELECT 'visit_rate', 'percent' UNION ALL SELECT 'mutual_rate', 'percent'
) f
UNION ALL
SELECT f.home_id, f.month, 'care_hours', 'hours',
  (SELECT sum(minutes) FROM care_months c WHERE c.home_id = f.home_id AND c.month = f.month) / 60.0, 0, f.givers, 0
FROM figure_months f WHERE f.people > 0
UNION ALL
SELECT home_id, month, 'served', 'people', served, 0, served, 0 FROM figure_months WHERE people > 0
UNION ALL
SELECT g.home_id, m.month, 'gift_yuan', 'yuan', sum(g.amount_fen) / 100.0, 0, 0, 0
FROM months m CROSS JOIN gifts g ON g.day >= m.first_day AND g.day < m.next_day WHERE g.amount_fen IS NOT NULL GROUP BY g.home_id, m.month
