-- What somebody should look at: one row a home and matter, with how many; rank 1 comes first.
SELECT h.id AS home_id, m.month, h.name AS home, 'no_care' AS matter, 1 AS rank,
  CAST(julianday(m.last_day) - julianday(coalesce(
    (SELECT max(day) FROM care_days d WHERE d.home_id = h.id AND d.day < m.next_day), m.first_day)) AS INTEGER) AS count
FROM homes h, months m
WHERE count > (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'no_care_days')
UNION ALL
SELECT r.home_id, r.month, (SELECT name FROM homes h WHERE h.id = r.home_id), 'no_visit', 2, r.all_of_them - r.visited
FROM resident_rates r WHERE r.visited < r.all_of_them
UNION ALL
SELECT h.id, m.month, h.name, 'frail_no_care', 1,
  (SELECT count(*) FROM person_lasts l WHERE l.home_id = h.id AND l.frail = 1 AND l.since <= m.last_day AND NOT EXISTS (
    SELECT 1 FROM care_people c WHERE c.home_id = h.id AND c.month = m.month AND c.person = CAST(l.person_id AS TEXT) AND c.received > 0))
  + (SELECT count(*) FROM stays s CROSS JOIN person_lasts l ON l.person_id = s.person_id AND l.frail = 1
    WHERE s.home_id = h.id AND s.to_day > m.last_day AND s.from_day <= m.last_day AND NOT EXISTS (
      SELECT 1 FROM care_people c WHERE c.home_id = h.id AND c.month = m.month AND c.person = CAST(l.person_id AS TEXT) AND c.received > 0)) AS count
FROM months m CROSS JOIN homes h WHERE count > 0
UNION ALL
SELECT o.home_id, m.month, (SELECT name FROM homes h WHERE h.id = o.home_id), 'open_names', 3, count(*)
FROM months m CROSS JOIN care_logs o ON o.day >= m.first_day AND o.day < m.next_day
WHERE o.undone_at IS NULL AND (o.giver_id IS NULL OR o.receiver_id IS NULL) AND (o.giver_id IS NULL OR o.receiver_name <> 'everyone')
GROUP BY o.home_id, m.month
UNION ALL
SELECT h.id, m.month, h.name, 'no_id', 4,
  (SELECT count(*) FROM person_lasts l WHERE l.home_id = h.id AND l.numbered = 0 AND l.since <= m.last_day)
  + (SELECT count(*) FROM stays s CROSS JOIN person_lasts l ON l.person_id = s.person_id AND l.numbered = 0
    WHERE s.home_id = h.id AND s.to_day > m.last_day AND s.from_day <= m.last_day) AS count
FROM months m CROSS JOIN homes h WHERE count > 0
UNION ALL
SELECT l.home_id, l.month, h.name, 'over_beds', 3, l.residents - h.beds
FROM home_living l CROSS JOIN homes h WHERE h.id = l.home_id AND h.kind = 'residential' AND h.beds > 0 AND l.residents > h.beds
