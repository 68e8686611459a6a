-- The confirmed entry of the care log by which a request was done, if there is one.
SELECT s.home_id, s.request_id, l.id AS care_log_id FROM shifts s JOIN care_logs l ON l.shift_id = s.id
WHERE s.request_id IS NOT NULL AND l.undone_at IS NULL AND l.confirmed IN ('receiver', 'caretaker', 'door')
