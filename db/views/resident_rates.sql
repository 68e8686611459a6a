-- Of each home and month: who lives there in the last night, today's in the current month, how many of them were visited by any channel, and
-- how many both gave and received: from the sums, put right by who is still to come or to go in this month.
SELECT l.home_id, l.month, max(l.residents) AS all_of_them,
  max(coalesce((SELECT visited FROM figure_months f WHERE f.home_id = l.home_id AND f.month = l.month), 0) + coalesce(c.visited, 0)) AS visited,
  max(coalesce((SELECT mutual FROM figure_months f WHERE f.home_id = l.home_id AND f.month = l.month), 0) + coalesce(c.mutual, 0)) AS mutual
FROM home_living l LEFT JOIN (
  SELECT home_id, month, sum(sign * visited) AS visited, sum(sign * mutual) AS mutual FROM figure_changes GROUP BY home_id, month
) c ON c.home_id = l.home_id AND c.month = l.month
GROUP BY l.home_id, l.month HAVING max(l.residents) > 0
