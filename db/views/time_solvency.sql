-- Hours promised (what people and teams hold) and in the pool, beside the hours that helpers can serve in the next twelve months at today's pace:
-- twelve times the mean of the last three full months of care that needs no professional.
SELECT h.id AS home_id, (SELECT coalesce(sum(max(b.balance, 0)), 0) FROM time_accounts a JOIN time_balances b ON b.account_id = a.id
    WHERE a.home_id = h.id AND a.kind IN ('person', 'team')) / 60.0 AS promised_hours,
  (SELECT b.balance FROM time_accounts a JOIN time_balances b ON b.account_id = a.id WHERE a.home_id = h.id AND a.kind = 'pool') / 60.0 AS pool_hours,
  (SELECT coalesce(sum(d.minutes), 0) FROM care_days d WHERE d.home_id = h.id AND d.day >= date(today, 'start of month', '-3 months')
    AND d.day < date(today, 'start of month') AND d.service NOT IN (SELECT code FROM services WHERE professional = 1)) * 4 / 60.0 AS servable_hours
FROM clock CROSS JOIN homes h
