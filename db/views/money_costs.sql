-- What a served day cost each home in the months that are over of the twelve to the one chosen, and the range of the homes of like size in
-- its county: the middle half of them, where there are eight or more, so that no home is told from it.
WITH spans AS (
  SELECT month, since, till, after, julianday(after) - julianday(since || '-01') AS days FROM (
    SELECT month, substr(date(first_day, '-11 months'), 1, 7) AS since, substr(date(after, '-1 day'), 1, 7) AS till, after
    FROM (SELECT month, first_day, min(next_day, date(clock.today, 'start of month')) AS after FROM months, clock))
), sums AS (
  SELECT h.id AS home_id, p.month, h.name AS home, h.county, p.days,
    CAST(coalesce((SELECT living FROM stay_months WHERE home_id = h.id AND month < p.since ORDER BY month DESC LIMIT 1), 0) * p.days
      + coalesce((SELECT sum(more_days + more * (julianday(p.after) - julianday(month || '-01', '+1 month'))) FROM stay_months
        WHERE home_id = h.id AND month BETWEEN p.since AND p.till), 0) AS INTEGER) AS served_days,
    coalesce((SELECT sum(y.spent_fen) FROM funds f CROSS JOIN fund_months y ON y.home_id = f.home_id AND y.fund_id = f.id AND y.month BETWEEN p.since AND p.till
      WHERE f.home_id = h.id), 0) / 100.0 AS spent_yuan
  FROM spans p CROSS JOIN homes h GROUP BY h.id, p.month
), parts AS (
  SELECT *, ntile(4) OVER (PARTITION BY month, county, size, cost_yuan IS NULL ORDER BY cost_yuan) AS part
  FROM (SELECT *, CASE WHEN spent_yuan > 0 AND served_days > 0 THEN spent_yuan / served_days END AS cost_yuan, CASE WHEN served_days < 10 * days
    THEN 'under_10' WHEN served_days < 20 * days THEN 'under_20' WHEN served_days < 40 * days THEN 'under_40' ELSE 'over_40' END AS size FROM sums)
)
SELECT home_id, month, home, size, served_days, spent_yuan, cost_yuan, iif(peers >= 8, low, NULL) AS low_yuan, iif(peers >= 8, high, NULL) AS high_yuan, peers
FROM (
  SELECT *, min(cost_yuan) FILTER (WHERE part > 1) OVER alike AS low, max(cost_yuan) FILTER (WHERE part < 4) OVER alike AS high,
    count(cost_yuan) OVER alike AS peers
  FROM parts WINDOW alike AS (PARTITION BY month, county, size)
)
