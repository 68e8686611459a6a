-- Other residents whose assessment is overdue, and for how many days: a risk event since the last one; or, where the day on which they leave is
-- known, never assessed or too long ago.
SELECT l.home_id, l.person_id, 'assessment_overdue' AS matter, 3 AS rank, CAST(julianday(today) - julianday(l.event) AS INTEGER) AS days, l.assessed
FROM clock CROSS JOIN person_lasts l CROSS JOIN stays s ON s.person_id = l.person_id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)
WHERE l.event > l.assessed AND l.assessed > ''
UNION ALL
SELECT l.home_id, l.person_id, iif(l.assessed = '', 'assessment_never', 'assessment_overdue'), 3,
  CAST(julianday(today) - julianday(iif(l.assessed = '', s.from_day, date(l.assessed, '+' || m.value || ' months'))) AS INTEGER), l.assessed
FROM clock CROSS JOIN settings m ON m.name = 'assess_months' CROSS JOIN stays s ON s.to_day > today AND s.from_day <= today
CROSS JOIN person_lasts l ON l.person_id = s.person_id
WHERE l.assessed = '' OR l.event <= l.assessed AND date(l.assessed, '+' || m.value || ' months') <= today
