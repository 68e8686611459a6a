-- Where the time of an account would go, by each way of closing: the spouse, else the nearest direct relative; no row where it is for the pool.
-- `room` is what the heir's account can still take.
SELECT k.home_id, k.account_id, k.rule_closing, k.closing, p.id AS heir_id, p.home_id AS heir_home_id, h.id AS heir_account_id,
  coalesce(ht.cap_minutes - coalesce(b.balance, 0), 6000000) AS room
FROM (
  SELECT a.home_id, a.id AS account_id, t.closing AS rule_closing, c.way AS closing, k.relative_id,
    row_number() OVER (PARTITION BY a.id, c.way ORDER BY (k.kin_relation = 'spouse') = (c.way = 'to_spouse') DESC, k.kin_relation IN ('child', 'parent') DESC, k.id) AS nth
  FROM time_accounts a JOIN time_terms t ON t.home_id = a.home_id JOIN time_kin k ON k.person_id = a.person_id AND (k.direct OR k.kin_relation = 'spouse')
    CROSS JOIN (SELECT 'to_spouse' AS way UNION ALL SELECT 'to_relative') c
  WHERE NOT EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = k.relative_id AND s.end_reason = 'death' AND s.to_day <= today)
    AND NOT EXISTS (SELECT 1 FROM time_accounts x WHERE x.person_id = k.relative_id AND x.closed_day IS NOT NULL)
) k JOIN persons p ON p.id = k.relative_id
  LEFT JOIN time_accounts h ON h.person_id = p.id LEFT JOIN time_balances b ON b.account_id = h.id LEFT JOIN time_terms ht ON ht.home_id = p.home_id
WHERE k.nth = 1
