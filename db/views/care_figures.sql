-- The headline figures of care as sums, top over bottom: who both gave and received, who was seen in time, shifts taken.
-- people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT home_id, month, 'mutual_rate' AS figure, 'percent' AS unit, mutual AS top, residents AS bottom, mutual AS people, residents - mutual AS rest
FROM (SELECT home_id, month, count(*) AS residents, sum(given > 0 AND received > 0) AS mutual FROM resident_care GROUP BY home_id, month)
UNION ALL
SELECT home_id, month, 'on_time_rate', 'percent', seen, residents, seen, residents - seen
FROM (SELECT home_id, month, count(*) AS residents, sum(on_time) AS seen FROM visit_on_time GROUP BY home_id, month)
UNION ALL
SELECT home_id, month, 'coverage', 'percent', places_taken, needed, 0, 0 FROM care_coverage
