-- What an unmatched line of the bank's statement could be: gifts and approved spending of that amount, at most ten days apart.
SELECT b.home_id, b.id AS line_id, 'gifts' AS filing, g.id, g.day, b.counterpart, g.donor AS about, abs(julianday(g.day) - julianday(b.day)) AS apart_days
FROM bank_list b JOIN gifts g ON g.home_id = b.home_id AND g.amount_fen = b.amount_fen AND g.day BETWEEN date(b.day, '-10 days') AND date(b.day, '+10 days')
WHERE b.unmatched AND NOT EXISTS (SELECT 1 FROM bank_lines o WHERE o.gift_id = g.id)
UNION ALL
SELECT b.home_id, b.id, 'spendings', s.id, s.day, b.counterpart, s.payee, abs(julianday(s.day) - julianday(b.day))
FROM bank_list b JOIN spendings s ON s.home_id = b.home_id AND s.amount_fen = -b.amount_fen AND s.day BETWEEN date(b.day, '-10 days') AND date(b.day, '+10 days')
JOIN approvals a ON a.spending_id = s.id AND a.outcome = 'approved'
WHERE b.unmatched AND NOT EXISTS (SELECT 1 FROM bank_lines o WHERE o.spending_id = s.id)
