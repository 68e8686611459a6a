-- Residents with no end of their stay in sight whose last assessment is too long ago, and for how many days it is overdue; home by home.
SELECT h.id AS home_id, l.person_id, 'assessment_overdue' AS matter, 3 AS rank,
  CAST(julianday(c.today) - julianday(date(l.assessed, c.span)) AS INTEGER) AS days, l.assessed
FROM homes h CROSS JOIN (SELECT DISTINCT today, date(today, '-' || value || ' months', '+3 days') AS late, '+' || value || ' months' AS span
  FROM clock CROSS JOIN settings WHERE name = 'assess_months') c
CROSS JOIN person_lasts l INDEXED BY person_lasts_assessed ON l.home_id = h.id AND l.assessed > '' AND l.assessed < c.late AND l.since <= c.today
WHERE l.event <= l.assessed AND date(l.assessed, c.span) <= c.today
