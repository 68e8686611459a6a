-- Whom and what somebody should look at today: one row a person (or fund, day, repair, room) and matter; days say how long, or how soon.
SELECT w.home_id, (SELECT name FROM homes h WHERE h.id = w.home_id) AS home, w.person_id AS id, (SELECT label FROM person_labels l WHERE l.id = w.person_id) AS label,
  w.matter, w.rank, w.days, 1 AS count
FROM watch_people w
UNION ALL
SELECT * FROM money_watch
UNION ALL
SELECT * FROM home_watch
