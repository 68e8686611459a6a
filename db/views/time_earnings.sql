-- What each confirmed entry of the care log earns, rounded as the home's rule says, and whose account it goes to: the helper's (none yet where it
-- is empty) or the team's; the pool's where the helper is a key elder, has moved on or has a closed account. Paid posts and professional work earn nothing.
SELECT l.id AS care_log_id, l.home_id, l.day, l.service, t.rule_id, s.request_id,
  CASE WHEN t.round_to = 0 THEN l.minutes WHEN t.round_how = 'up' THEN (l.minutes + t.round_to - 1) / t.round_to * t.round_to
    WHEN t.round_how = 'nearest' THEN (l.minutes + t.round_to / 2) / t.round_to * t.round_to ELSE l.minutes / t.round_to * t.round_to END AS minutes,
  t.cap_minutes, p.id AS person_id, CASE WHEN p.id IS NULL THEN g.id WHEN p.home_id <> l.home_id OR a.closed_day IS NOT NULL
      OR p.categories <> '[]' AND EXISTS (SELECT 1 FROM time_key_elders k WHERE k.person_id = p.id)
      OR a.id IS NULL AND EXISTS (SELECT 1 FROM stays d WHERE d.person_id = p.id AND d.end_reason = 'death' AND d.to_day <= (SELECT today FROM clock))
    THEN (SELECT id FROM time_accounts WHERE home_id = l.home_id AND kind = 'pool') ELSE a.id END AS account_id
FROM care_logs l CROSS JOIN services v ON v.code = l.service AND v.professional = 0 CROSS JOIN time_terms t ON t.home_id = l.home_id
  LEFT JOIN persons p ON p.id = l.giver_id LEFT JOIN time_accounts a ON a.person_id = l.giver_id
  LEFT JOIN time_accounts g ON g.home_id = l.home_id AND g.team = l.giver_name AND g.closed_day IS NULL
  LEFT JOIN shifts s ON s.id = l.shift_id
WHERE l.undone_at IS NULL AND (p.id IS NOT NULL AND coalesce(p.post, '') NOT IN ('caretaker', 'cook', 'staff') OR g.id IS NOT NULL)
  AND (l.confirmed = 'receiver' OR t.proof = 'proof_either' AND l.confirmed IN ('caretaker', 'door') OR t.proof = 'proof_door' AND l.confirmed = 'door')
  AND (t.round_to = 0 OR t.round_how = 'up' OR (l.minutes + iif(t.round_how = 'nearest', t.round_to / 2, 0)) >= t.round_to)
