-- How many gave and received care in a home by month, and the hours of it.
SELECT f.home_id, f.month, f.served, c.minutes / 60.0 AS hours, iif(c.home_id IS NULL, NULL, f.givers) AS givers
FROM figure_months f LEFT JOIN care_totals c ON c.month = f.month AND c.home_id = f.home_id WHERE f.people > 0
