-- How many live in each home in the last night of each month, today's in the current one: by the months in which somebody came or went, with
-- those who are still to come or to go in this month put right.
SELECT h.id AS home_id, m.month, coalesce(y.living, 0)
  + iif(m.after < m.next_day AND h.id IN (SELECT home_id FROM homes_ahead), (
      SELECT count(*) FROM stays s WHERE s.home_id = h.id AND s.to_day > m.last_day AND s.to_day < m.next_day)
    - (SELECT count(*) FROM stays s WHERE s.home_id = h.id AND s.from_day > m.last_day AND s.from_day < m.next_day), 0) AS residents
FROM months m CROSS JOIN homes h
LEFT JOIN stay_months y ON y.home_id = h.id AND y.month = (SELECT month FROM stay_months WHERE home_id = h.id AND month <= m.month ORDER BY month DESC LIMIT 1)
