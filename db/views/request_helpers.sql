-- For each request that is not closed, everybody who can be on the roster, with what speaks for them. How near: 2 the same room, 1 the same home,
-- 0 outside it; the register has no addresses.
SELECT q.home_id, q.id AS request_id, h.person_id, h.label, h.age, h.level, h.availability, h.volunteer, q.service, q.day, q.start_minute, q.minutes, v.room,
  EXISTS (SELECT 1 FROM json_each(h.gives) WHERE value = q.service) AS gives_it,
  EXISTS (SELECT 1 FROM pairs x WHERE x.volunteer_id = h.person_id AND x.elder_id = q.person_id AND x.to_day IS NULL) AS paired,
  q.service = 'bathing' AS same_sex,
  CASE WHEN v.id IS NULL OR w.id IS NULL THEN 0 WHEN v.room = w.room THEN 2 ELSE 1 END AS near
FROM clock k CROSS JOIN requests q JOIN helper_list h ON h.home_id = q.home_id AND h.person_id <> q.person_id
LEFT JOIN stays v ON v.person_id = h.person_id AND v.from_day <= k.today AND (v.to_day IS NULL OR v.to_day > k.today)
LEFT JOIN stays w ON w.person_id = q.person_id AND w.from_day <= k.today AND (w.to_day IS NULL OR w.to_day > k.today)
WHERE q.closed IS NULL
