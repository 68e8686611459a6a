-- How many live in each home in the last night of each month, today's in the current one: by the months in which somebody came or went, with
-- those who are still to come or to go in this month put right.
SELECT h.id AS home_id, m.month, coalesce((SELECT living FROM stay_months y WHERE y.home_id = h.id AND y.month <= m.month ORDER BY y.month DESC LIMIT 1), 0)
  + (SELECT count(*) FROM stays s WHERE s.home_id = h.id AND s.to_day > m.last_day AND s.to_day < m.next_day)
  - (SELECT count(*) FROM stays s WHERE s.home_id = h.id AND s.from_day > m.last_day AND s.from_day < m.next_day) AS residents
FROM months m CROSS JOIN homes h
