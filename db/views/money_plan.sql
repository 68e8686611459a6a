-- The budget of the year of the month chosen, by purpose.
SELECT b.home_id, m.month, b.purpose, b.amount_fen / 100.0 AS budget_yuan
FROM months m CROSS JOIN budgets b ON b.year = CAST(substr(m.month, 1, 4) AS INTEGER)
