-- Which duties each person has had in the last five weeks.
SELECT DISTINCT s.home_id, a.person_id, d.service
FROM clock CROSS JOIN shifts s ON s.day BETWEEN date(today, '-35 days') AND date(today, '-1 day')
CROSS JOIN assignments a ON a.shift_id = s.id AND a.done IS NOT 0 JOIN duties d ON d.id = s.duty_id
