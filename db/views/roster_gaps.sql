-- Places that are still open, home by home and day by day, from today to the end of next week.
SELECT s.home_id, s.day, sum(max(0, s.needed - (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0))) AS places
FROM clock CROSS JOIN shifts s ON s.day BETWEEN today AND date(today, 'weekday 0', '+7 days')
WHERE NOT EXISTS (SELECT 1 FROM requests q WHERE q.id = s.request_id AND q.closed = 'withdrawn')
GROUP BY s.home_id, s.day
