-- Hours in which rooms were used, by kind, in the twelve months up to the one chosen.
SELECT y.home_id, s.month, y.month AS use_month, r.kind, sum(y.minutes) / 60.0 AS hours
FROM (SELECT month, substr(date(first_day, '-11 months'), 1, 7) AS since FROM months) s CROSS JOIN homes h
CROSS JOIN room_months y ON y.home_id = h.id AND y.month BETWEEN s.since AND s.month CROSS JOIN rooms r ON r.id = y.room_id
GROUP BY y.home_id, s.month, y.month, r.kind
