-- Income by source and spending by purpose, month by month.
SELECT m.home_id, m.month, m.source, nullif(m.purpose, '') AS purpose, f.kind,
  sum(m.received_fen) / 100.0 AS received_yuan, sum(m.spent_fen) / 100.0 AS spent_yuan, sum(m.returned_fen) / 100.0 AS returned_yuan
FROM fund_months m JOIN funds f ON f.id = m.fund_id GROUP BY m.home_id, m.month, m.source, m.purpose, f.kind
