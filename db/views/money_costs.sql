-- What a served day cost each home in the months that are over of the twelve to the one chosen, and the range of the homes of like size in
-- its county: the middle half of them, where there are eight or more, so that no home is told from it.
WITH parts AS (
  SELECT *, ntile(4) OVER (PARTITION BY month, county, size, cost_yuan IS NULL ORDER BY cost_yuan) AS part
  FROM (SELECT *, CASE WHEN spent_yuan > 0 AND served_days > 0 THEN spent_yuan / served_days END AS cost_yuan, CASE WHEN served_days < 10 * days
    THEN 'under_10' WHEN served_days < 20 * days THEN 'under_20' WHEN served_days < 40 * days THEN 'under_40' ELSE 'over_40' END AS size FROM money_served)
)
SELECT home_id, month, home, size, served_days, spent_yuan, cost_yuan, iif(peers >= 8, low, NULL) AS low_yuan, iif(peers >= 8, high, NULL) AS high_yuan, peers
FROM (
  SELECT *, min(cost_yuan) FILTER (WHERE part > 1) OVER alike AS low, max(cost_yuan) FILTER (WHERE part < 4) OVER alike AS high,
    count(cost_yuan) OVER alike AS peers
  FROM parts WINDOW alike AS (PARTITION BY month, county, size)
)
