-- Of each home and month: who lives there in the last night, today's in the current month, how many of them were visited by any channel, and
-- how many both gave and received: from the sums, put right by who is still to come or to go in this month.
SELECT h.id AS home_id, m.month, y.living + coalesce(c.people, 0) AS all_of_them, coalesce(f.visited, 0) + coalesce(c.visited, 0) AS visited,
  coalesce(f.mutual, 0) + coalesce(c.mutual, 0) AS mutual
FROM months m CROSS JOIN homes h
CROSS JOIN stay_months y ON y.home_id = h.id AND y.month = (SELECT month FROM stay_months WHERE home_id = h.id AND month <= m.month ORDER BY month DESC LIMIT 1)
LEFT JOIN figure_months f ON f.home_id = h.id AND f.month = m.month
LEFT JOIN (
  SELECT home_id, month, sum(sign) AS people, sum(sign * visited) AS visited, sum(sign * mutual) AS mutual FROM figure_changes GROUP BY home_id, month
) c ON c.home_id = h.id AND c.month = m.month
WHERE y.living + coalesce(c.people, 0) > 0
