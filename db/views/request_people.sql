-- Who may ask for help: everybody of the register who has not died, those who live there first; with what their own account has free.
SELECT p.home_id, p.id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, s.room, s.id IS NULL AS outside,
  (SELECT age FROM person_ages g WHERE g.person_id = p.id) AS age,
  EXISTS (SELECT 1 FROM time_key_elders e WHERE e.home_id = p.home_id AND e.person_id = p.id) AS key_elder,
  b.balance - coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = a.id), 0) AS free,
  p.found_by
FROM clock k CROSS JOIN persons p LEFT JOIN stays s ON s.person_id = p.id AND s.from_day <= k.today AND (s.to_day IS NULL OR s.to_day > k.today)
LEFT JOIN time_accounts a ON a.person_id = p.id LEFT JOIN time_balances b ON b.account_id = a.id
WHERE NOT EXISTS (SELECT 1 FROM stays d WHERE d.person_id = p.id AND d.end_reason = 'death')
