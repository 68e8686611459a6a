-- The budget of the year of the month chosen beside what was spent from January to that month, by purpose; what was spent without a budget stands
-- there too, but not in homes that have none for the year.
SELECT home_id, month, purpose, sum(budget) / 100.0 AS budget_yuan, sum(spent) / 100.0 AS spent_yuan, sum(budget - spent) / 100.0 AS under_budget_yuan
FROM (
  SELECT b.home_id, m.month, b.purpose, b.amount_fen AS budget, 0 AS spent
  FROM months m CROSS JOIN budgets b ON b.year = CAST(substr(m.month, 1, 4) AS INTEGER)
  UNION ALL
  SELECT y.home_id, m.month, y.purpose, 0, y.spent_fen
  FROM months m CROSS JOIN fund_months y ON y.month BETWEEN substr(m.month, 1, 4) || '-01' AND m.month AND y.purpose <> ''
  WHERE EXISTS (SELECT 1 FROM budgets b WHERE b.home_id = y.home_id AND b.year = CAST(substr(m.month, 1, 4) AS INTEGER))
) GROUP BY home_id, month, purpose HAVING sum(budget) <> 0 OR sum(spent) <> 0
