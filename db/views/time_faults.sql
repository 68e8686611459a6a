-- What is wrong with the books of the time bank, a row a fault; none where every balance can be trusted. Each question reads the transfers anew.
SELECT h.id AS home_id, 'fault_sum' AS fault, NULL AS account_id, s.found, 0 AS expected
  FROM (SELECT sum(balance) AS found FROM time_balances) s JOIN homes h WHERE s.found <> 0
UNION ALL
SELECT a.home_id, 'fault_balance', a.id, b.balance, coalesce(t.minutes, 0) FROM time_balances b JOIN time_accounts a ON a.id = b.account_id
  LEFT JOIN (SELECT account_id, sum(minutes) AS minutes FROM (SELECT giver_id AS account_id, -minutes AS minutes FROM transfers
    UNION ALL SELECT receiver_id, minutes FROM transfers) GROUP BY 1) t ON t.account_id = a.id WHERE b.balance <> coalesce(t.minutes, 0)
UNION ALL
SELECT a.home_id, 'fault_entries', a.id, e.n, b.entries FROM time_balances b JOIN time_accounts a ON a.id = b.account_id
  LEFT JOIN (SELECT account_id, count(*) AS n, max(seq) AS last, sum(minutes) AS minutes FROM time_entries GROUP BY 1) e ON e.account_id = a.id
  WHERE (b.entries, b.entries, b.balance) IS NOT (coalesce(e.n, 0), coalesce(e.last, 0), coalesce(e.minutes, 0))
UNION ALL
SELECT x.home_id, 'fault_sides', x.giver_id, count(e.account_id), 2 FROM transfers x LEFT JOIN time_entries e ON e.transfer_id = x.id
  AND e.minutes = CASE e.account_id WHEN x.giver_id THEN -x.minutes WHEN x.receiver_id THEN x.minutes END GROUP BY x.id HAVING count(e.account_id) <> 2
UNION ALL
SELECT a.home_id, 'fault_running', e.account_id, e.balance, f.balance + e.minutes FROM time_entries e JOIN time_accounts a ON a.id = e.account_id
  LEFT JOIN time_entries f ON f.account_id = e.account_id AND f.seq = e.seq - 1 WHERE e.balance <> coalesce(f.balance, 0) + e.minutes
UNION ALL
SELECT h.id, 'fault_clearing', NULL, s.found, 0 FROM (SELECT sum(balance) AS found FROM time_balances b JOIN time_accounts a ON a.id = b.account_id
  WHERE a.kind = 'clearing') s JOIN homes h WHERE s.found <> 0
UNION ALL
SELECT a.home_id, 'fault_floor', a.id, e.balance, iif(a.kind = 'person', r.floor_minutes, 0) FROM time_accounts a JOIN time_entries e ON e.account_id = a.id
  JOIN transfers x ON x.id = e.transfer_id JOIN time_rules r ON r.id = x.rule_id
  WHERE a.kind IN ('person', 'team', 'pool') AND e.minutes < 0 AND x.kind <> 'move' AND e.balance < iif(a.kind = 'person', r.floor_minutes, 0)
UNION ALL
SELECT a.home_id, 'fault_cap', a.id, e.balance, r.cap_minutes FROM time_accounts a JOIN time_entries e ON e.account_id = a.id
  JOIN transfers x ON x.id = e.transfer_id JOIN time_rules r ON r.id = x.rule_id
  WHERE a.kind = 'person' AND e.minutes > 0 AND x.kind <> 'move' AND e.balance > r.cap_minutes
UNION ALL
SELECT home_id, 'fault_twice', giver_id, count(*), 1 FROM transfers WHERE kind = 'reversal' GROUP BY reverses_id HAVING count(*) > 1
UNION ALL
SELECT x.home_id, 'fault_rule', x.giver_id, x.id, NULL FROM transfers x WHERE rule_id IS NULL
