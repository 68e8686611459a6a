-- Hours of care by day, with its week (the Monday) and service, for the month and the two before it.
SELECT d.home_id, m.month, d.week, d.service, d.minutes / 60.0 AS hours
FROM months m CROSS JOIN care_days d ON d.day >= date(m.first_day, '-2 months') AND d.day < m.next_day
