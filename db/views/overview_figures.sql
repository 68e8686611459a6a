-- The headline figures of a home and month as sums: top, or top over bottom where the unit is percent.
-- people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT r.home_id, r.month, f.figure, f.unit, iif(f.n, iif(f.n = 1, r.visited, r.mutual), r.all_of_them) AS top, iif(f.n, r.all_of_them, 0) AS bottom,
  iif(f.n, iif(f.n = 1, r.visited, r.mutual), r.all_of_them) AS people, iif(f.n, r.all_of_them - iif(f.n = 1, r.visited, r.mutual), 0) AS rest
FROM resident_rates r CROSS JOIN (
  SELECT 'residents' AS figure, 'people' AS unit, 0 AS n UNION ALL SELECT 'visit_rate', 'percent', 1 UNION ALL SELECT 'mutual_rate', 'percent', 2
) f
UNION ALL
SELECT home_id, month, 'care_hours', 'hours', hours, 0, givers, 0 FROM figure_sums WHERE hours IS NOT NULL
UNION ALL
SELECT home_id, month, 'served', 'people', served, 0, served, 0 FROM figure_sums
UNION ALL
SELECT home_id, month, 'gift_yuan', 'yuan', yuan, 0, 0, 0 FROM gift_sums
