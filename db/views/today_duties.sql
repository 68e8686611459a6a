-- Who is on duty today, with the entry of the care log that says it was done, if there is one; for a request with its elder.
SELECT a.home_id, a.id, a.shift_id, a.day, a.name AS duty, a.service, a.start_minute, a.minutes, a.person_id, a.label,
  c.id AS log_id, c.start_minute AS began, c.minutes AS lasted, c.confirmed, c.recorded_at, a.request_id, a.elder_id, a.elder
FROM clock JOIN assignment_list a ON a.day = today
LEFT JOIN care_done c ON c.shift_id = a.shift_id AND c.giver_id = a.person_id
WHERE a.done IS NOT 0
