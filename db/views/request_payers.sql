-- With whose time a request of somebody could be paid: their own, a relative's of the same home, the pool's for key elders.
-- Without an account yet, the opening gift is what there will be; free is what no other request holds. Whether the rules allow it, the tables say.
SELECT x.home_id, x.person_id, x.payer_kind, x.account_id, x.kin_relation, (SELECT label FROM person_labels l WHERE l.id = x.payer_person_id) AS payer,
  coalesce(b.balance, x.opening_minutes) AS balance, coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = x.account_id), 0) AS held,
  coalesce(b.balance, x.opening_minutes) - coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = x.account_id), 0) AS free
FROM (
  SELECT p.home_id, p.id AS person_id, 'payer_own' AS payer_kind, a.id AS account_id, NULL AS kin_relation, p.id AS payer_person_id,
    iif(EXISTS (SELECT 1 FROM time_key_elders e WHERE e.person_id = p.id), 0, t.opening_minutes) AS opening_minutes
  FROM persons p JOIN time_terms t ON t.home_id = p.home_id LEFT JOIN time_accounts a ON a.person_id = p.id
  UNION ALL
  SELECT k.home_id, k.person_id, 'payer_relative', a.id, k.kin_relation, k.relative_id, 0
  FROM time_kin k JOIN time_accounts a ON a.person_id = k.relative_id AND a.home_id = k.home_id AND a.closed_day IS NULL
  UNION ALL
  SELECT e.home_id, e.person_id, 'payer_pool', a.id, NULL, NULL, 0 FROM time_key_elders e JOIN time_accounts a ON a.home_id = e.home_id AND a.kind = 'pool'
) x LEFT JOIN time_balances b ON b.account_id = x.account_id
