-- Funds that somebody should look at today: what may be spent freely lasts less than a month; restricted money ends soon, is over, or waits over a year.
SELECT w.home_id, (SELECT name FROM homes h WHERE h.id = w.home_id) AS home, w.id, w.label, w.matter, w.rank,
  CAST(abs(julianday(w.day) - julianday((SELECT today FROM clock))) AS INTEGER) AS days, 1 AS count
FROM (
  SELECT home_id, (SELECT min(id) FROM funds f WHERE f.home_id = l.home_id AND f.kind = 'general') AS id, 'general' AS label, matter, rank, NULL AS day
  FROM money_low l
  UNION ALL
  SELECT * FROM fund_watch
) w
