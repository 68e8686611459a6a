-- Who of today's residents somebody should look at, by matter; days say how long, or how soon.
SELECT * FROM visit_unseen
UNION ALL
SELECT home_id, person_id, matter, rank, days FROM assessment_never
UNION ALL
SELECT home_id, person_id, matter, rank, days FROM assessment_old
UNION ALL
SELECT * FROM consent_missing
UNION ALL
SELECT * FROM pair_late
UNION ALL
SELECT * FROM watch_others
