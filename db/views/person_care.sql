-- The log of one person, given and received.
SELECT c.home_id, p.id AS person_id, c.id, c.day, c.service, c.minutes,
  CASE WHEN c.giver_id = p.id THEN 'given' ELSE 'received' END AS side,
  CASE WHEN c.giver_id = p.id THEN coalesce(r.name, c.receiver_name) ELSE coalesce(g.name, c.giver_name) END AS other, c.note
FROM persons p JOIN care_done c ON c.giver_id = p.id OR c.receiver_id = p.id
LEFT JOIN persons g ON g.id = c.giver_id LEFT JOIN persons r ON r.id = c.receiver_id
