-- Budget against what was spent in the year of the month chosen, up to it; what was spent without a budget stands there too.
SELECT home_id, month, purpose, budget / 100.0 AS budget_yuan, spent / 100.0 AS spent_yuan, (budget - spent) / 100.0 AS left_yuan
FROM (
  SELECT b.home_id, m.month, b.purpose, b.amount_fen AS budget, 0 AS spent
  FROM months m CROSS JOIN budgets b ON b.year = CAST(substr(m.month, 1, 4) AS INTEGER)
  UNION ALL
  SELECT y.home_id, m.month, y.purpose, 0, y.spent_fen FROM (SELECT month, substr(month, 1, 4) || '-01' AS since FROM months) m
  CROSS JOIN fund_months y ON y.month BETWEEN m.since AND m.month WHERE y.purpose <> ''
)
