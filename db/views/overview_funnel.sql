-- Two rates of each home and month beside the rate of its county, in percent, with the limits between which 95 % and 99.8 % of homes of its
-- size lie by chance alone: the normal approximation to the binomial. `funnel` says where the home lies; a home that logged nothing is left out.
SELECT home_id, month, home, township, figure, residents, rate, base,
  max(0, base - 1.96 * spread) AS low, min(100, base + 1.96 * spread) AS high,
  max(0, base - 3.09 * spread) AS far_low, min(100, base + 3.09 * spread) AS far_high,
  CASE WHEN abs(rate - base) <= 1.96 * spread THEN 'inside' ELSE iif(abs(rate - base) > 3.09 * spread, 'far_', '') || iif(rate < base, 'below', 'above') END AS funnel
FROM (
  SELECT *, 100.0 * top / residents AS rate, 100.0 * tops / all_of_them AS base,
    sqrt(10000.0 * tops / all_of_them * (all_of_them - tops) / all_of_them / residents) AS spread
  FROM (
    SELECT f.home_id, f.month, h.name AS home, h.township, f.figure, f.bottom AS residents, f.top,
      sum(f.top) OVER county AS tops, sum(f.bottom) OVER county AS all_of_them
    FROM overview_figures f CROSS JOIN homes h
    WHERE h.id = f.home_id AND f.figure IN ('visit_rate', 'mutual_rate') AND f.bottom > 0
      AND (f.top > 0 OR EXISTS (SELECT 1 FROM care_months c WHERE c.home_id = f.home_id AND c.month = f.month))
    WINDOW county AS (PARTITION BY f.month, f.figure, h.county)
  )
)
