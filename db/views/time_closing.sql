-- What closing a passbook would do, by each way: who would get how much of it, what would go to the pool, and what debt would be let off.
SELECT a.home_id, a.id AS account_id, w.closing, w.closing = coalesce(a.closing, t.closing) AS preset, (SELECT label FROM person_labels l WHERE l.id = p.id) AS heir,
  iif(p.home_id <> a.home_id, (SELECT name FROM homes WHERE id = p.home_id), NULL) AS heir_home,
  max(0, min(b.balance, coalesce(x.room, 0))) AS to_heir, max(0, b.balance - max(0, min(b.balance, coalesce(x.room, 0)))) AS to_pool, max(0, -b.balance) AS waived
FROM time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_terms t ON t.home_id = a.home_id
  CROSS JOIN (SELECT 'to_spouse' AS closing UNION ALL SELECT 'to_relative' UNION ALL SELECT 'to_pool') w
  LEFT JOIN time_heirs x ON x.account_id = a.id AND x.closing = w.closing LEFT JOIN persons p ON p.id = x.heir_id
WHERE a.kind IN ('person', 'team') AND a.closed_day IS NULL
