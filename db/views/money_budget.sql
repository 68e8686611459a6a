-- Budget against what was spent, by year and purpose; what was spent without a budget stands there too.
SELECT home_id, year, purpose, sum(budget) / 100.0 AS budget_yuan, sum(spent) / 100.0 AS spent_yuan, sum(budget - spent) / 100.0 AS left_yuan
FROM (
  SELECT home_id, year, purpose, amount_fen AS budget, 0 AS spent FROM budgets
  UNION ALL SELECT home_id, CAST(substr(month, 1, 4) AS INTEGER), purpose, 0, spent_fen FROM fund_months WHERE purpose <> ''
) GROUP BY home_id, year, purpose
