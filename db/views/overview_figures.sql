-- The headline figures of a home and month as sums: top, or top over bottom where the unit is percent.
-- people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT home_id, month, 'residents' AS figure, 'people' AS unit, count(*) AS top, 0 AS bottom, count(*) AS people, 0 AS rest
FROM residents GROUP BY home_id, month
UNION ALL
SELECT home_id, month, 'care_hours', 'hours', sum(given) / 60.0, 0, sum(given > 0), 0 FROM care_people GROUP BY home_id, month
UNION ALL
SELECT home_id, month, 'served', 'people', sum(received > 0), 0, sum(received > 0), 0 FROM care_people GROUP BY home_id, month
UNION ALL
SELECT home_id, month, 'visit_rate', 'percent', sum(visits > 0), count(*), sum(visits > 0), sum(visits = 0)
FROM resident_care GROUP BY home_id, month
UNION ALL
SELECT home_id, month, 'mutual_rate', 'percent', sum(given > 0 AND received > 0), count(*),
  sum(given > 0 AND received > 0), sum(given = 0 OR received = 0)
FROM resident_care GROUP BY home_id, month
UNION ALL
SELECT home_id, substr(day, 1, 7), 'gift_yuan', 'yuan', sum(amount_fen) / 100.0, 0, 0, 0
FROM gifts WHERE amount_fen IS NOT NULL GROUP BY home_id, substr(day, 1, 7)
