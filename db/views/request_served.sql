-- The entry of the care log by which a request was done, if there is one, confirmed as the home's rule asks; professional work by anybody.
SELECT s.home_id, s.request_id, l.id AS care_log_id FROM shifts s JOIN care_logs l ON l.shift_id = s.id JOIN requests q ON q.id = s.request_id
  JOIN time_terms t ON t.home_id = s.home_id
WHERE s.request_id IS NOT NULL AND l.undone_at IS NULL AND (l.confirmed = 'receiver' OR t.proof = 'proof_door' AND l.confirmed = 'door'
  OR (t.proof = 'proof_either' OR q.payer_id IS NULL) AND l.confirmed IN ('caretaker', 'door'))
