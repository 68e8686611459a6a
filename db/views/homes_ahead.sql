-- Homes in which somebody is still to come or to go, after today.
SELECT home_id FROM clock CROSS JOIN stays ON from_day > today
UNION ALL
SELECT home_id FROM clock CROSS JOIN stays ON to_day > today
