-- Each home of a month in its class of size, as sums: how many live there, hours of care, who was visited, who gave and received; and of the
-- homes that logged anything how many there are and live there, since of the others nobody knows. To be summed by class: no home is ranked.
SELECT home_id, month, CASE WHEN residents < 10 THEN 'size_9' WHEN residents < 20 THEN 'size_19' WHEN residents < 40 THEN 'size_39' ELSE 'size_40' END
  AS size, 1 AS homes_counted, residents, logged AS homes_logged, logged * residents AS residents_logged, coalesce(hours, 0) AS care_hours,
  coalesce(visited, 0) AS visited, coalesce(mutual, 0) AS mutual
FROM (
  SELECT home_id, month, max(CASE figure WHEN 'residents' THEN top END) AS residents, max(CASE figure WHEN 'care_hours' THEN top END) AS hours,
    max(CASE figure WHEN 'visit_rate' THEN top END) AS visited, max(CASE figure WHEN 'mutual_rate' THEN top END) AS mutual,
    max(figure = 'care_hours' OR figure = 'visit_rate' AND top > 0) AS logged
  FROM overview_figures GROUP BY home_id, month
) WHERE residents > 0
