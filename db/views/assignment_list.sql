-- Who is on which shift; done is empty until somebody says it, 0 did not come; with the reason where a refusal was let pass.
-- The shift of a request has its elder, and its name is the code 'request'.
SELECT s.home_id, s.month, a.id, a.shift_id, s.day, s.monday, iif(q.id IS NULL, d.duty, 'request') AS name, d.service, s.start_minute, s.minutes, a.person_id,
  (SELECT label FROM person_labels l WHERE l.id = a.person_id) AS label, a.done,
  (SELECT group_concat(reason, ' / ') FROM overrides o WHERE o.shift_id = a.shift_id AND o.person_id = a.person_id) AS override_reason,
  q.id AS request_id, q.person_id AS elder_id, (SELECT label FROM person_labels l WHERE l.id = q.person_id) AS elder
FROM assignments a JOIN shifts s ON s.id = a.shift_id JOIN duties d ON d.id = s.duty_id LEFT JOIN requests q ON q.id = s.request_id
WHERE q.closed IS NOT 'withdrawn'
