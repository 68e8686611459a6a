-- The headline figures of care as sums, top over bottom: who both gave and received, who was seen in time, shifts taken.
-- people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT home_id, month, 'mutual_rate' AS figure, 'percent' AS unit, sum(given > 0 AND received > 0) AS top, count(*) AS bottom,
  sum(given > 0 AND received > 0) AS people, sum(NOT (given > 0 AND received > 0)) AS rest
FROM resident_care GROUP BY home_id, month
UNION ALL
SELECT home_id, month, 'on_time_rate', 'percent', sum(on_time), sum(residents), sum(on_time), sum(residents - on_time)
FROM visit_on_time GROUP BY home_id, month
UNION ALL
SELECT home_id, month, 'coverage', 'percent', sum(places_taken), sum(needed), 0, 0 FROM care_coverage GROUP BY home_id, month
