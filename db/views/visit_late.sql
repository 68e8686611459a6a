-- Residents of today whose next visit was due before today, and how many days ago they were last visited (never: since they moved in). What
-- person_visits says of them, found from what is last known.
SELECT home_id, person_id, days FROM visit_unseen
UNION ALL
SELECT home_id, person_id, days FROM visit_changed
