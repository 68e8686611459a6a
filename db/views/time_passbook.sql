-- The lines of each passbook, twenty-five a page from the newest back: `last_seq` is the newest line of a line's page, so that a page is one
-- span of the key however many years it has. `other` is whom it came from or went to; what is reversed says when and why.
SELECT a.home_id, e.account_id, p.seq AS last_seq, e.seq, e.transfer_id, x.day, x.kind, v.kind AS undoes, x.service,
  CASE o.kind WHEN 'person' THEN (SELECT label FROM person_labels WHERE id = o.person_id) WHEN 'team' THEN o.team WHEN 'pool' THEN 'pool'
    WHEN 'clearing' THEN (SELECT label FROM person_labels f JOIN time_accounts z ON z.person_id = f.id AND x.kind <> 'move'
      WHERE z.id = coalesce(x.final_id, v.final_id, (SELECT giver_id FROM transfers WHERE id = coalesce(x.first_id, v.first_id))))
    ELSE (SELECT iif(coalesce(v.kind, x.kind) = 'redeem', coalesce((SELECT label FROM person_labels WHERE id = l.giver_id), l.giver_name),
        coalesce((SELECT label FROM person_labels WHERE id = l.receiver_id), l.receiver_name)) FROM care_logs l WHERE l.id = x.care_log_id) END AS other,
  iif(o.kind = 'clearing', (SELECT name FROM homes WHERE id = x.across_home_id), NULL) AS other_home,
  e.minutes, e.balance, coalesce(x.note, iif(x.kind = 'reversal', 'care_changed', NULL)) AS note,
  r.day AS reversed_day, iif(r.id IS NULL, NULL, coalesce(r.note, 'care_changed')) AS reversed_note,
  (SELECT seq FROM time_entries WHERE transfer_id = x.reverses_id AND account_id = e.account_id) AS reverses_seq,
  x.rule_id, x.made_by, x.made_at, r.id IS NULL AND x.first_id IS NULL AND x.kind NOT IN ('reversal', 'move') AS reversible
FROM time_accounts a JOIN time_balances b ON b.account_id = a.id
  JOIN time_entries p ON p.account_id = b.account_id AND (b.entries - p.seq) % 25 = 0
  JOIN time_entries e ON e.account_id = p.account_id AND e.seq > p.seq - 25 AND e.seq <= p.seq AND p.seq < e.seq + 25
  JOIN transfers x ON x.id = e.transfer_id JOIN time_accounts o ON o.id = iif(x.giver_id = e.account_id, x.receiver_id, x.giver_id)
  LEFT JOIN transfers v ON v.id = x.reverses_id LEFT JOIN transfers r ON r.reverses_id = x.id
WHERE a.kind IN ('person', 'team', 'pool')
