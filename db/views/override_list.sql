-- What was let pass and why, shift by shift.
SELECT s.home_id, s.month, o.id, s.day, s.monday, iif(s.request_id IS NULL, d.duty, 'request') AS name, (SELECT label FROM person_labels l WHERE l.id = o.person_id) AS label, o.rule, o.reason AS override_reason, o.decided_by
FROM overrides o JOIN shifts s ON s.id = o.shift_id JOIN duties d ON d.id = s.duty_id
