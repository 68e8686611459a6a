-- Every fund with what came into it, what was spent, moved and given back, what is left, and since when the oldest of it waits, in days.
SELECT f.home_id, f.id, h.name AS home, f.fund, f.kind, f.purposes, f.from_day, f.until_day, f.document_no,
  coalesce(m.received, 0) / 100.0 AS received_yuan, coalesce(m.spent, 0) / 100.0 AS spent_yuan, coalesce(m.moved, 0) / 100.0 AS moved_yuan,
  coalesce(m.returned, 0) / 100.0 AS returned_yuan, coalesce(m.received - m.spent + m.moved - m.returned, 0) / 100.0 AS left_yuan,
  CAST(julianday(c.today) - julianday((SELECT min(g.day) FROM gift_lots l JOIN gifts g ON g.id = l.gift_id
    WHERE l.fund_id = f.id AND l.left_fen > 0)) AS INTEGER) AS age_days,
  coalesce(f.until_day < c.today, 0) AS ended
FROM funds f JOIN homes h ON h.id = f.home_id CROSS JOIN clock c
LEFT JOIN (SELECT home_id, fund_id, sum(received_fen) AS received, sum(spent_fen) AS spent, sum(moved_fen) AS moved, sum(returned_fen) AS returned
  FROM fund_months GROUP BY home_id, fund_id) m ON m.home_id = f.home_id AND m.fund_id = f.id
