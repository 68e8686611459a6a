-- The shifts, each with how many are on it and how many places are open; one that a request made has its elder, and its name is the code 'request'.
SELECT s.home_id, s.month, s.id, s.day, s.monday, s.duty_id, iif(q.id IS NULL, d.duty, 'request') AS name, d.service, s.start_minute, s.minutes, s.needed,
  (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0) AS taken,
  max(0, s.needed - (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0)) AS open,
  s.night, s.skill, s.level_most, s.load, q.id AS request_id, q.person_id AS elder_id,
  (SELECT label FROM person_labels l WHERE l.id = q.person_id) AS elder
FROM shifts s JOIN duties d ON d.id = s.duty_id LEFT JOIN requests q ON q.id = s.request_id
WHERE q.closed IS NOT 'withdrawn'
