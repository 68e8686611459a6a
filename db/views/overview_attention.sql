-- What somebody should look at: one row a home and matter, with how many; rank 1 comes first.
SELECT h.id AS home_id, m.month, h.name AS home, 'no_care' AS matter, 1 AS rank,
  CAST(julianday(m.last_day) - julianday(coalesce(
    (SELECT max(day) FROM care_days d WHERE d.home_id = h.id AND d.day < m.next_day), m.first_day)) AS INTEGER) AS count
FROM homes h, months m
WHERE count > (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'no_care_days')
UNION ALL
SELECT r.home_id, r.month, h.name, 'no_visit', 2, count(*)
FROM resident_care r JOIN homes h ON h.id = r.home_id WHERE r.visits = 0 GROUP BY r.home_id, r.month
UNION ALL
SELECT r.home_id, r.month, h.name, 'frail_no_care', 1, count(*)
FROM resident_care r JOIN homes h ON h.id = r.home_id JOIN persons p ON p.id = r.person_id AND p.self_care IN ('partial', 'none')
WHERE r.received = 0 GROUP BY r.home_id, r.month
UNION ALL
SELECT o.home_id, substr(o.day, 1, 7), h.name, 'open_names', 3, count(*)
FROM care_done o JOIN homes h ON h.id = o.home_id
WHERE (o.giver_id IS NULL OR o.receiver_id IS NULL) AND (o.giver_id IS NULL OR o.receiver_name <> 'everyone')
GROUP BY o.home_id, substr(o.day, 1, 7)
UNION ALL
SELECT r.home_id, r.month, h.name, 'no_id', 4, count(*)
FROM residents r JOIN homes h ON h.id = r.home_id JOIN persons p ON p.id = r.person_id AND p.id_print IS NULL
GROUP BY r.home_id, r.month
UNION ALL
SELECT r.home_id, r.month, h.name, 'over_beds', 3, count(*) - h.beds
FROM residents r JOIN homes h ON h.id = r.home_id AND h.kind = 'residential' AND h.beds > 0
GROUP BY r.home_id, r.month HAVING count(*) > h.beds
