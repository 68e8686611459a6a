-- Residents of today whose assessment is overdue, and for how many days: never assessed since they came, a risk event since the last one, or
-- too long ago. What assessment_due says of them, found from what is last known of each person.
SELECT l.home_id, l.person_id, l.assessed,
  CAST(julianday(today) - julianday(iif(l.assessed = '', s.from_day, l.event)) AS INTEGER) AS days
FROM clock CROSS JOIN person_lasts l CROSS JOIN stays s ON s.person_id = l.person_id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)
WHERE l.event > l.assessed
UNION ALL
SELECT l.home_id, l.person_id, l.assessed,
  CAST(julianday(today) - julianday(iif(l.assessed = '', s.from_day, date(l.assessed, c.span))) AS INTEGER)
FROM (SELECT today, date(today, '-' || value || ' months', '+3 days') AS late, '+' || value || ' months' AS span
  FROM clock CROSS JOIN settings WHERE name = 'assess_months' LIMIT 1) c
CROSS JOIN person_lasts l ON l.assessed < c.late
CROSS JOIN stays s ON s.person_id = l.person_id AND s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
WHERE l.event <= l.assessed AND (l.assessed = '' OR date(l.assessed, c.span) <= c.today)
