-- Places that are still open, home by home and day by day, from today to the end of next week.
SELECT g.home_id, g.day, g.places FROM clock CROSS JOIN gap_days g ON g.day BETWEEN today AND date(today, 'weekday 0', '+7 days')
