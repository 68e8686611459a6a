-- Hours of care by week (its Monday, cut at the end of a month) and service, for the month and the two before it.
SELECT w.home_id, m.month, w.week, w.service, w.minutes / 60.0 AS hours
FROM months m CROSS JOIN care_weeks w ON w.month >= substr(date(m.first_day, '-2 months'), 1, 7) AND w.month <= m.month
