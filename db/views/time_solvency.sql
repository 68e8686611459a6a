-- Hours promised (what people and teams hold) and in the pool, beside the hours that helpers can serve in the next twelve months at today's pace:
-- twelve times the mean of the last three full months of care that needs no professional.
SELECT t.home_id, t.promised / 60.0 AS promised_hours, t.pool / 60.0 AS pool_hours,
  (SELECT coalesce(sum(m.minutes), 0) FROM care_months m WHERE m.home_id = t.home_id AND m.month >= c.since AND m.month < c.month
    AND m.service NOT IN (SELECT code FROM services WHERE professional = 1)) * 4 / 60.0 AS servable_hours
FROM (SELECT substr(today, 1, 7) AS month, substr(date(today, 'start of month', '-3 months'), 1, 7) AS since FROM clock) c CROSS JOIN time_homes t
