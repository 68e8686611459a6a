-- Residents with no end of their stay in sight who were never assessed, and for how many days they live there; home by home.
SELECT h.id AS home_id, l.person_id, 'assessment_never' AS matter, 3 AS rank, CAST(julianday(today) - julianday(l.since) AS INTEGER) AS days, l.assessed
FROM homes h CROSS JOIN clock CROSS JOIN person_lasts l INDEXED BY person_lasts_assessed ON l.home_id = h.id AND l.assessed = '' AND l.since <= today
