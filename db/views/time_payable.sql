-- What a request can be paid with: whose account pays, through which account it is redeemed, and how many minutes there are for it, at most
-- those asked for; what other requests hold is not there. The pool pays through the elder's account, which must have room for it.
SELECT q.home_id, q.id AS request_id, q.care_log_id, p.kind, p.id AS payer_id, a.id AS account_id, min(q.minutes, b.balance
  - iif(p.kind = 'person', t.floor_minutes, 0)
  - coalesce((SELECT sum(h.minutes) FROM time_holds h WHERE h.account_id = p.id AND h.request_id <> q.id), 0)) AS minutes
FROM requests q JOIN time_accounts p ON p.id = q.payer_id JOIN time_balances b ON b.account_id = p.id JOIN time_terms t ON t.home_id = q.home_id
  JOIN time_accounts a ON a.id = iif(p.kind = 'pool', (SELECT id FROM time_accounts WHERE person_id = q.person_id), p.id)
  JOIN time_balances e ON e.account_id = a.id
WHERE p.closed_day IS NULL AND a.closed_day IS NULL AND (p.kind = 'person' OR e.balance + q.minutes <= coalesce(t.cap_minutes, 6000000)
  AND e.balance - coalesce((SELECT sum(h.minutes) FROM time_holds h WHERE h.account_id = a.id), 0) >= t.floor_minutes)
