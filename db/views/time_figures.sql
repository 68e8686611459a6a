-- The headline figures of the time bank as sums, top over bottom: hours earned (what went to the pool beyond a cap too) and redeemed in the
-- month, redeemed over earned and who lives there and did both in the twelve months to it, requests of the month that nobody took.
-- people is how many persons a figure rests on, rest how many it leaves out; both are for hiding small groups.
SELECT t.home_id, t.month, f.figure, 'hours' AS unit, sum(t.minutes * iif(f.figure = 'time_redeemed', t.kind = 'redeem', t.kind <> 'redeem')) / 60.0 AS top,
  0 AS bottom, (SELECT count(*) FROM time_people p WHERE p.home_id = t.home_id AND p.month = t.month
    AND iif(f.figure = 'time_redeemed', p.redeemed, p.earned) > 0) AS people, 0 AS rest
FROM time_months t CROSS JOIN (SELECT 'time_earned' AS figure UNION ALL SELECT 'time_redeemed') f
WHERE t.kind IN ('earn', 'overflow', 'redeem') GROUP BY t.home_id, t.month, f.figure
UNION ALL
SELECT h.home_id, m.month, 'time_ratio', 'percent', iif(h.home_id IN (SELECT home_id FROM time_months), coalesce((
    SELECT sum(t.minutes) FROM time_months t WHERE t.home_id = h.home_id AND t.month BETWEEN m.since AND m.month AND t.kind = 'redeem'), 0), 0),
  iif(h.home_id IN (SELECT home_id FROM time_months), coalesce((
    SELECT sum(t.minutes) FROM time_months t WHERE t.home_id = h.home_id AND t.month BETWEEN m.since AND m.month AND t.kind IN ('earn', 'overflow')), 0), 0),
  h.earners, 0
FROM months m CROSS JOIN time_homes h
UNION ALL
SELECT home_id, month, 'time_mutual', 'percent', 0, residents, 0, residents FROM home_living
UNION ALL
SELECT s.home_id, m.month, 'time_mutual', 'percent', count(*), 0, count(*), -count(*)
FROM months m CROSS JOIN time_both t ON t.month = m.month CROSS JOIN time_balances b ON b.account_id = t.account_id AND b.earned > 0 AND b.redeemed > 0
CROSS JOIN time_accounts a ON a.id = b.account_id
CROSS JOIN stays s ON s.person_id = a.person_id AND s.from_day <= m.last_day AND (s.to_day IS NULL OR s.to_day > m.last_day)
GROUP BY s.home_id, m.month
UNION ALL
SELECT home_id, substr(asked_at, 1, 7) AS month, 'time_unmet', 'requests', sum(accepted_at IS NULL AND closed IS NULL), 0, 0, 0
FROM requests GROUP BY home_id, substr(asked_at, 1, 7)
