-- What was decided about each application, step by step.
SELECT d.home_id, a.person_id, d.application_id, d.id, d.day, d.step, d.outcome, d.decided_by, d.reason
FROM decisions d JOIN applications a ON a.id = d.application_id
