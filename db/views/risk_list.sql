-- Falls and other risk events.
SELECT e.home_id, substr(e.day, 1, 7) AS month, e.person_id, e.id, e.day, l.label, e.event, e.injured, e.note
FROM risk_events e JOIN person_labels l ON l.id = e.person_id
