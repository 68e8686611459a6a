-- What each home spent, and how many days people lived there, in the months that are over of the twelve to the one chosen.
SELECT h.id AS home_id, p.month, h.name AS home, h.county, p.since, p.till, p.after - p.begins AS days,
  coalesce((SELECT living FROM stay_months WHERE home_id = h.id AND month < p.since ORDER BY month DESC LIMIT 1), 0) * (p.after - p.begins)
    + coalesce((SELECT sum(more) * p.after - sum(days) FROM stay_sums WHERE home_id = h.id AND month BETWEEN p.since AND p.till), 0) AS served_days,
  coalesce((SELECT sum(spent_fen) FROM money_months WHERE home_id = h.id AND month BETWEEN p.since AND p.till), 0) / 100.0 AS spent_yuan
FROM (
  SELECT month, substr(date(first_day, '-11 months'), 1, 7) AS since, substr(date(after, '-1 day'), 1, 7) AS till,
    CAST(julianday(first_day, '-11 months') - 2415020.5 AS INTEGER) AS begins, CAST(julianday(after) - 2415020.5 AS INTEGER) AS after
  FROM (SELECT month, first_day, min(next_day, date(clock.today, 'start of month')) AS after FROM months, clock) LIMIT 9999
) p CROSS JOIN homes h GROUP BY h.id, p.month
