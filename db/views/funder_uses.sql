-- What each gift of a funder bought, a line for each spending that drew on it, with its share of what that served. No name is said.
SELECT e.home_id, e.id, e.day, h.name AS home, g.donor, e.gift_id, g.day AS gift_day, g.amount_fen / 100.0 AS gift_yuan,
  coalesce(g.purpose, 'freely') AS given_for, e.purpose AS spent_on, s.served,
  round(s.served_count * -e.amount_fen * 1.0 / s.amount_fen, 1) AS served_count, -e.amount_fen / 100.0 AS yuan
FROM gifts g JOIN fund_entries e ON e.gift_id = g.id AND e.kind = 'spending' JOIN spendings s ON s.id = e.spending_id JOIN homes h ON h.id = e.home_id
