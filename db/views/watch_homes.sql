-- How many are on the watch list of each home, by matter: overview_watch without a name, for many homes at once. What is kept home by home is
-- counted as it comes, so that only the few others are sorted.
SELECT home_id, matter, rank, sum(n) AS count
FROM (
  SELECT home_id, matter, rank, count(*) AS n FROM visit_unseen GROUP BY home_id
  UNION ALL
  SELECT home_id, matter, rank, count(*) FROM assessment_never GROUP BY home_id
  UNION ALL
  SELECT home_id, matter, rank, count(*) FROM assessment_old GROUP BY home_id
  UNION ALL
  SELECT home_id, matter, rank, count(*) FROM consent_missing GROUP BY home_id
  UNION ALL
  SELECT home_id, matter, rank, 1 FROM watch_others
)
GROUP BY home_id, matter, rank
UNION ALL
SELECT home_id, matter, rank, count(*) FROM pair_late GROUP BY home_id
UNION ALL
SELECT home_id, matter, rank, count(*) FROM money_low GROUP BY home_id
UNION ALL
SELECT home_id, matter, rank, count(*) FROM fund_watch GROUP BY home_id, matter, rank
UNION ALL
SELECT home_id, matter, rank, sum(count) FROM home_tasks GROUP BY home_id, matter, rank
UNION ALL
SELECT home_id, matter, rank, count(*) FROM check_overdue GROUP BY home_id
UNION ALL
SELECT home_id, matter, rank, count(*) FROM room_unused GROUP BY home_id
