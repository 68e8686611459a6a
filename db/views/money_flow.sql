-- The way of what was spent: from its source through its fund to what it was spent on, month by month.
SELECT m.home_id, m.month, m.source, f.fund, m.purpose, sum(m.spent_fen) / 100.0 AS yuan
FROM fund_months m JOIN funds f ON f.id = m.fund_id WHERE m.purpose <> ''
GROUP BY m.home_id, m.month, m.source, f.fund, m.purpose HAVING sum(m.spent_fen) <> 0
