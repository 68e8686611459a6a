-- Who is kin to somebody, from either side, with where the relative belongs.
SELECT k.home_id, k.id, k.person_id, k.relative_id, (SELECT label FROM person_labels l WHERE l.id = k.relative_id) AS label, k.kin_relation,
  (SELECT name FROM homes h WHERE h.id = p.home_id) AS home, p.home_id <> k.home_id AS elsewhere
FROM time_kin k JOIN persons p ON p.id = k.relative_id
