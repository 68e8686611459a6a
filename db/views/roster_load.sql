-- What each person has on the roster in a month: shifts, hours, and hours weighted by how heavy they are. Who did not come is not counted.
SELECT s.home_id, s.month, a.person_id, (SELECT label FROM person_labels l WHERE l.id = a.person_id) AS label, (SELECT name FROM homes h WHERE h.id = s.home_id) AS home,
  (SELECT level FROM person_abilities b WHERE b.person_id = a.person_id) AS level,
  count(*) AS shifts, sum(s.minutes) / 60.0 AS hours, sum(s.minutes * s.load) / 6000.0 AS weighted_hours
FROM shifts s CROSS JOIN assignments a ON a.shift_id = s.id AND a.done IS NOT 0
WHERE NOT EXISTS (SELECT 1 FROM requests q WHERE q.id = s.request_id AND q.closed = 'withdrawn')
GROUP BY s.home_id, s.month, a.person_id
