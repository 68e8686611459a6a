-- Hours of care of a month by week (its Monday, cut at the end of the month) and service.
SELECT w.home_id, w.month, date(w.month || '-01', 'weekday 0', '-6 days', n.days) AS week, w.service,
  CASE n.id WHEN 1 THEN w.week1 WHEN 2 THEN w.week2 WHEN 3 THEN w.week3 WHEN 4 THEN w.week4 WHEN 5 THEN w.week5 ELSE w.week6 END / 60.0 AS hours
FROM care_weeks w CROSS JOIN (
  SELECT 1 AS id, '+0 days' AS days UNION ALL SELECT 2, '+7 days' UNION ALL SELECT 3, '+14 days' UNION ALL SELECT 4, '+21 days'
  UNION ALL SELECT 5, '+28 days' UNION ALL SELECT 6, '+35 days'
) n
WHERE CASE n.id WHEN 1 THEN w.week1 WHEN 2 THEN w.week2 WHEN 3 THEN w.week3 WHEN 4 THEN w.week4 WHEN 5 THEN w.week5 ELSE w.week6 END > 0
