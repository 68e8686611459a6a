-- The passbooks (时间存折) of people, teams and the pool: the balance, what open requests hold of it and what is left to spend, all in minutes;
-- the stars of the hours earned; how much is still to be earned before anything can be redeemed.
SELECT a.home_id, a.id, a.id AS account_id, a.person_id, a.kind,
  CASE a.kind WHEN 'person' THEN (SELECT label FROM person_labels l WHERE l.id = a.person_id) ELSE coalesce(a.team, a.kind) END AS label,
  (SELECT name FROM homes h WHERE h.id = a.home_id) AS home,
  b.balance, coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = a.id), 0) AS held,
  iif(a.closed_day IS NULL, max(0, b.balance - iif(a.kind = 'person', t.floor_minutes, 0)
    - coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = a.id), 0)), 0) AS free,
  b.earned, b.redeemed, (SELECT count(*) FROM time_stars s WHERE s.minutes <= b.earned) AS stars,
  EXISTS (SELECT 1 FROM time_key_elders k WHERE k.person_id = a.person_id) AS key_elder,
  iif(a.kind <> 'person' OR EXISTS (SELECT 1 FROM time_key_elders k WHERE k.person_id = a.person_id), 0, max(0, t.least_saved - b.earned)) AS to_save,
  b.entries, a.closed_day, a.closing, t.closing AS rule_closing, t.rule_id,
  coalesce(p.found_by, '') || lower(replace(coalesce(a.team, '') || iif(p.id IS NULL, (SELECT name FROM homes h WHERE h.id = a.home_id), ''), ' ', '')) AS found_by
FROM time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_terms t ON t.home_id = a.home_id
  LEFT JOIN persons p ON p.id = a.person_id
WHERE a.kind IN ('person', 'team', 'pool')
