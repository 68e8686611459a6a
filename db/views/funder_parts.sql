-- The instalments of each pledge in their order, and how far each has come: what was received counts for the oldest first.
SELECT home_id, id, home, donor, day, given_for, pledged_yuan, due_by, due_fen / 100.0 AS part_yuan, came / 100.0 AS received_yuan,
  CASE WHEN came >= due_fen THEN 'received_whole' WHEN due_by < today THEN 'instalment_late' ELSE 'instalment_coming' END AS state
FROM (
  SELECT p.home_id, q.id, h.name AS home, p.donor, p.day, coalesce(p.purpose, 'freely') AS given_for, p.amount_fen / 100.0 AS pledged_yuan, q.due_by,
    q.amount_fen AS due_fen, c.today, max(0, min(q.amount_fen, coalesce((SELECT sum(amount_fen) FROM gifts WHERE pledge_id = p.id), 0)
      - sum(q.amount_fen) OVER (PARTITION BY p.id ORDER BY q.due_by, q.id ROWS UNBOUNDED PRECEDING) + q.amount_fen)) AS came
  FROM pledges p JOIN pledge_parts q ON q.pledge_id = p.id JOIN homes h ON h.id = p.home_id CROSS JOIN clock c
)
