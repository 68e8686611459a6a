-- Hours of time earned (what went to the pool beyond a cap too) and redeemed by month; rows to be summed.
SELECT home_id, month, minutes * (kind <> 'redeem') / 60.0 AS hours_earned, minutes * (kind = 'redeem') / 60.0 AS hours_redeemed
FROM time_months WHERE kind IN ('earn', 'overflow', 'redeem')
