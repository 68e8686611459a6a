-- Each home of a month in its class of size, as sums: how many live there, hours of care, who was visited, who gave and received.
-- Rows to be summed by class: homes of like size are told together, and no home is ranked.
SELECT r.home_id, r.month, CASE WHEN r.residents < 10 THEN 'size_9' WHEN r.residents < 20 THEN 'size_19' WHEN r.residents < 40 THEN 'size_39' ELSE 'size_40' END
  AS size, 1 AS homes_counted, r.residents, coalesce(r.hours, 0) AS care_hours, coalesce(r.visited, 0) AS visited, coalesce(r.mutual, 0) AS mutual
FROM (
  SELECT home_id, month, max(CASE figure WHEN 'residents' THEN top END) AS residents, max(CASE figure WHEN 'care_hours' THEN top END) AS hours,
    max(CASE figure WHEN 'visit_rate' THEN top END) AS visited, max(CASE figure WHEN 'mutual_rate' THEN top END) AS mutual
  FROM overview_figures GROUP BY home_id, month
) r WHERE r.residents > 0
