-- How a home stands today: what it may spend freely and what is bound, what it spent in the last twelve months, and in how many it is covered.
SELECT home_id, home, free_yuan, bound_yuan, spent_yuan, CASE WHEN spent_yuan > 0 THEN round(free_yuan * 12 / spent_yuan, 1) END AS months_covered
FROM (
  SELECT h.id AS home_id, h.name AS home,
    coalesce((SELECT sum(l.left_fen) FROM funds f JOIN gift_lots l ON l.fund_id = f.id AND l.left_fen > 0
      WHERE f.home_id = h.id AND f.kind = 'general'), 0) / 100.0 AS free_yuan,
    coalesce((SELECT sum(l.left_fen) FROM funds f JOIN gift_lots l ON l.fund_id = f.id AND l.left_fen > 0
      WHERE f.home_id = h.id AND f.kind = 'restricted'), 0) / 100.0 AS bound_yuan,
    coalesce((SELECT sum(m.spent_fen) FROM funds f JOIN fund_months m ON m.home_id = f.home_id AND m.fund_id = f.id
      AND m.month > substr(date(c.today, 'start of month', '-12 months'), 1, 7) WHERE f.home_id = h.id), 0) / 100.0 AS spent_yuan
  FROM homes h CROSS JOIN clock c GROUP BY h.id
)
