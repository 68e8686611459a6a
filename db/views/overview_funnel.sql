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
    SELECT r.home_id, r.month, r.home, r.township, f.figure, r.residents, iif(f.figure = 'visit_rate', r.visited, r.mutual) AS top,
      iif(f.figure = 'visit_rate', r.visits, r.mutuals) AS tops, iif(f.figure = 'visit_rate', r.of_visits, r.of_mutuals) AS all_of_them
    FROM (
      SELECT r.home_id, r.month, h.name AS home, h.township, r.all_of_them AS residents, r.visited, r.mutual, c.home_id IS NOT NULL AS logged,
        sum(r.visited) OVER county AS visits, sum(iif(r.visited > 0 OR c.home_id IS NOT NULL, r.all_of_them, 0)) OVER county AS of_visits,
        sum(r.mutual) OVER county AS mutuals, sum(iif(r.mutual > 0 OR c.home_id IS NOT NULL, r.all_of_them, 0)) OVER county AS of_mutuals
      FROM resident_rates r CROSS JOIN homes h ON h.id = r.home_id LEFT JOIN care_totals c ON c.month = r.month AND c.home_id = r.home_id
      WINDOW county AS (PARTITION BY r.month, h.county)
    ) r CROSS JOIN (SELECT 'visit_rate' AS figure UNION ALL SELECT 'mutual_rate') f
    WHERE r.logged OR iif(f.figure = 'visit_rate', r.visited, r.mutual) > 0
  )
)
