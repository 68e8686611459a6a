-- What each open request holds of its payer's balance, until it is done, withdrawn, or out of date: then the hold is gone by itself.
SELECT q.home_id, q.payer_id AS account_id, q.id AS request_id, q.minutes FROM requests q, clock
WHERE q.closed IS NULL AND q.last_day >= today AND q.payer_id IS NOT NULL
