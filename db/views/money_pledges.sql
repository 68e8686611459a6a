-- What was pledged, what came of it, what was due by now, and how much of that is behind.
SELECT p.home_id, p.id, p.day, h.name AS home, p.donor, p.source, p.purpose, p.amount_fen / 100.0 AS yuan, p.received / 100.0 AS received_yuan,
  p.due / 100.0 AS due_yuan, max(p.due - p.received, 0) / 100.0 AS behind_yuan, p.next_due
FROM (
  SELECT p.*, coalesce((SELECT sum(amount_fen) FROM gifts WHERE pledge_id = p.id), 0) AS received,
    coalesce((SELECT sum(amount_fen) FROM pledge_parts WHERE pledge_id = p.id AND due_by <= c.today), 0) AS due,
    (SELECT min(due_by) FROM pledge_parts WHERE pledge_id = p.id AND due_by > c.today) AS next_due
  FROM pledges p CROSS JOIN clock c
) p JOIN homes h ON h.id = p.home_id
