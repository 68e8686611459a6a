-- The headline figures of a home and month as sums: top, or top over bottom where the unit is percent.
-- people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT r.home_id, r.month, f.figure, f.unit,
  CASE f.figure WHEN 'residents' THEN r.all_of_them WHEN 'visit_rate' THEN r.visited ELSE r.mutual END AS top,
  CASE f.figure WHEN 'residents' THEN 0 ELSE r.all_of_them END AS bottom,
  CASE f.figure WHEN 'residents' THEN r.all_of_them WHEN 'visit_rate' THEN r.visited ELSE r.mutual END AS people,
  CASE f.figure WHEN 'residents' THEN 0 WHEN 'visit_rate' THEN r.all_of_them - r.visited ELSE r.all_of_them - r.mutual END AS rest
FROM (
  SELECT home_id, month, count(*) AS all_of_them, sum(visits > 0) AS visited, sum(given > 0 AND received > 0) AS mutual
  FROM resident_care GROUP BY home_id, month
) r CROSS JOIN (
  SELECT 'residents' AS figure, 'people' AS unit UNION ALL SELECT 'visit_rate', 'percent' UNION ALL SELECT 'mutual_rate', 'percent'
) f
UNION ALL
SELECT c.home_id, c.month, f.figure, f.unit, CASE f.figure WHEN 'served' THEN c.served ELSE c.given / 60.0 END, 0,
  CASE f.figure WHEN 'served' THEN c.served ELSE c.givers END, 0
FROM (
  SELECT home_id, month, sum(given) AS given, sum(given > 0) AS givers, sum(received > 0) AS served
  FROM care_people GROUP BY home_id, month
) c CROSS JOIN (SELECT 'care_hours' AS figure, 'hours' AS unit UNION ALL SELECT 'served', 'people') f
UNION ALL
SELECT home_id, substr(day, 1, 7) AS month, 'gift_yuan', 'yuan', sum(amount_fen) / 100.0, 0, 0, 0
FROM gifts WHERE amount_fen IS NOT NULL GROUP BY home_id, substr(day, 1, 7)
