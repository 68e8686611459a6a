-- How many are on the watch list of each home, by matter: overview_watch without a name, for many homes at once.
SELECT w.home_id, (SELECT name FROM homes h WHERE h.id = w.home_id) AS home, w.matter, w.rank, w.count
FROM (
  SELECT home_id, matter, rank, count(*) AS count FROM watch_people GROUP BY home_id, matter, rank
  UNION ALL
  SELECT home_id, matter, rank, sum(count) FROM money_watch GROUP BY home_id, matter, rank
  UNION ALL
  SELECT home_id, matter, rank, sum(count) FROM home_watch GROUP BY home_id, matter, rank
) w
