-- Days of a home on which more, fewer or none are needed, those to come and those of the last month.
SELECT e.home_id, e.id, e.duty_id, d.duty, (SELECT name FROM homes h WHERE h.id = e.home_id) AS home, e.first_day, e.last_day, e.needed, e.reason, e.note
FROM clock CROSS JOIN duty_days e ON e.last_day >= date(today, '-31 days') LEFT JOIN duties d ON d.id = e.duty_id
