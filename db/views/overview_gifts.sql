-- Money received by source and month, for the twelve months up to the one chosen. Rows to be summed.
SELECT g.home_id, m.month, substr(g.day, 1, 7) AS gift_month, g.source, g.donor, g.amount_fen / 100.0 AS yuan
FROM months m CROSS JOIN gifts g ON g.day >= m.since AND g.day < m.next_day
WHERE g.amount_fen IS NOT NULL
