-- Who has no passbook yet; found_by is what a search looks through.
SELECT p.home_id, p.id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, (SELECT name FROM homes h WHERE h.id = p.home_id) AS home, p.found_by
FROM persons p WHERE NOT EXISTS (SELECT 1 FROM time_accounts a WHERE a.person_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = p.id AND s.end_reason = 'death' AND s.to_day <= today)
