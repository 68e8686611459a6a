-- Money received by source and month, for the twelve months up to the one chosen.
SELECT g.home_id, m.month, substr(g.day, 1, 7) AS gift_month, g.source, g.donor, sum(g.amount_fen) / 100.0 AS yuan
FROM months m CROSS JOIN gifts g ON g.day >= date(m.first_day, '-11 months') AND g.day < m.next_day
WHERE g.amount_fen IS NOT NULL
GROUP BY g.home_id, m.month, gift_month, g.source, g.donor
