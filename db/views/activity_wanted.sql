-- What people asked for in the last survey of their home and no running class answers: how many lack it, how many could give it, and who.
SELECT n.home_id, n.home, n.service, n.people, n.supply,
  (SELECT json_group_array((SELECT label FROM person_labels l WHERE l.id = g.person_id)) FROM (SELECT person_id FROM needs_supply
    WHERE home_id = n.home_id AND round_id = n.round_id AND service = n.service ORDER BY person_id LIMIT 3) g) AS givers
FROM clock CROSS JOIN needs_list n
WHERE n.people > 0 AND n.round_id = (SELECT max(c.round_id) FROM needs_counts c WHERE c.home_id = n.home_id)
  AND NOT EXISTS (SELECT 1 FROM activities a WHERE a.home_id = n.home_id AND a.service = n.service AND a.stopped_at IS NULL
    AND (a.last_day IS NULL OR a.last_day >= today))
