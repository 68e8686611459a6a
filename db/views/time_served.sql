-- What each person served by the books of the time bank, an entry a row: what is on the passbook, and (`pooled`) what went to the pool,
-- since it was beyond the cap or a key elder's. What was corrected is marked and does not count.
SELECT a.home_id, a.id AS account_id, x.id AS transfer_id, x.day, x.service, x.minutes, 0 AS pooled,
  EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = x.id) AS reversed
FROM time_accounts a JOIN time_entries e ON e.account_id = a.id AND e.minutes > 0 JOIN transfers x ON x.id = e.transfer_id AND x.kind = 'earn'
WHERE a.kind = 'person'
UNION ALL
SELECT a.home_id, a.id, x.id, x.day, x.service, x.minutes, 1, EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = x.id)
FROM time_accounts a JOIN care_logs l ON l.giver_id = a.person_id JOIN transfers x ON x.care_log_id = l.id AND x.kind IN ('earn', 'overflow')
  JOIN time_accounts p ON p.id = x.receiver_id AND p.kind = 'pool'
WHERE a.kind = 'person'
