-- Hours of time earned (what went to the pool beyond a cap too) and redeemed in each of the thirteen months to a month. Rows to be summed.
SELECT t.home_id, m.month, t.month AS time_month, t.minutes * (t.kind <> 'redeem') / 60.0 AS hours_earned, t.minutes * (t.kind = 'redeem') / 60.0 AS hours_redeemed
FROM months m CROSS JOIN time_months t ON t.month >= (substr(m.month, 1, 4) - 1) || substr(m.month, 5) AND t.month <= m.month
WHERE t.kind IN ('earn', 'overflow', 'redeem')
