-- What each person has agreed to: one row a person and purpose, given, withdrawn or missing.
SELECT p.home_id, p.id AS person_id, u.purpose, c.id, CASE WHEN c.id IS NULL THEN 'missing' WHEN c.withdrawn_day IS NULL THEN 'given_now' ELSE 'withdrawn' END AS state,
  c.day, c.signer, c.signer_name, c.withdrawn_day
FROM persons p
CROSS JOIN (SELECT 'register' AS purpose, 1 AS rank UNION ALL SELECT 'health', 2 UNION ALL SELECT 'photo', 3 UNION ALL SELECT 'publication', 4) u
LEFT JOIN consents c ON c.id = (
  SELECT id FROM consents WHERE person_id = p.id AND purpose = u.purpose ORDER BY withdrawn_day IS NOT NULL, day DESC, id DESC LIMIT 1)
