-- What each gift bought: a line for each spending that drew on it, with its share of what that served. Whom it paid is not said.
SELECT e.home_id, substr(e.day, 1, 7) AS month, e.gift_id, e.spending_id, e.day, h.name AS home, g.donor, g.day AS gift_day, g.source, f.fund,
  e.purpose, s.served, round(s.served_count * -e.amount_fen * 1.0 / s.amount_fen, 1) AS served_count, -e.amount_fen / 100.0 AS yuan
FROM gifts g JOIN fund_entries e ON e.gift_id = g.id AND e.kind = 'spending' JOIN spendings s ON s.id = e.spending_id
JOIN funds f ON f.id = e.fund_id JOIN homes h ON h.id = e.home_id
