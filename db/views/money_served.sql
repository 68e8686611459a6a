-- What each home spent, and how many days people lived there, in the months that are over of the twelve to the one chosen.
SELECT h.id AS home_id, p.month, h.name AS home, h.county, p.since, p.till, p.days,
  CAST(coalesce((SELECT living FROM stay_months WHERE home_id = h.id AND month < p.since ORDER BY month DESC LIMIT 1), 0) * p.days
    + coalesce((SELECT sum(more_days + more * (julianday(p.after) - julianday(month || '-01', '+1 month'))) FROM stay_months
      WHERE home_id = h.id AND month BETWEEN p.since AND p.till), 0) AS INTEGER) AS served_days,
  coalesce((SELECT sum(spent_fen) FROM money_months WHERE home_id = h.id AND month BETWEEN p.since AND p.till), 0) / 100.0 AS spent_yuan
FROM (
  SELECT month, since, till, after, julianday(after) - julianday(since || '-01') AS days FROM (
    SELECT month, substr(date(first_day, '-11 months'), 1, 7) AS since, substr(date(after, '-1 day'), 1, 7) AS till, after
    FROM (SELECT month, first_day, min(next_day, date(clock.today, 'start of month')) AS after FROM months, clock))
) p CROSS JOIN homes h GROUP BY h.id, p.month
