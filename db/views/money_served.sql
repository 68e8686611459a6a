-- What each home spent, and how many days people lived there, in the months that are over of the twelve to the one chosen: all until the end of
-- the last of them, less all until the first. Beside it what it spent and received in all of the twelve.
SELECT h.id AS home_id, p.month, h.name AS home, h.county, p.since, p.till, p.b - p.a AS days,
  coalesce(t.people * p.b - t.days, 0) - coalesce(f.people * p.a - f.days, 0) AS served_days,
  (coalesce(t.spent_fen, 0) - coalesce(f.spent_fen, 0)) / 100.0 AS spent_yuan,
  (coalesce(y.spent_fen, 0) - coalesce(f.spent_fen, 0)) / 100.0 AS year_spent_yuan,
  (coalesce(y.received_fen, 0) - coalesce(f.received_fen, 0)) / 100.0 AS year_received_yuan
FROM (
  SELECT DISTINCT m.month, m.since, c.a, iif(m.month < substr(today, 1, 7), m.b, m.a) AS b,
    iif(m.month < substr(today, 1, 7), m.month, substr(date(m.first_day, '-1 day'), 1, 7)) AS till
  FROM clock CROSS JOIN months m CROSS JOIN calendar c ON c.month = m.since
) p CROSS JOIN homes h
LEFT JOIN home_sofar f ON f.home_id = h.id AND f.month = (SELECT month FROM home_sofar WHERE home_id = h.id AND month < p.since ORDER BY month DESC LIMIT 1)
LEFT JOIN home_sofar y ON y.home_id = h.id AND y.month = (SELECT month FROM home_sofar WHERE home_id = h.id AND month <= p.month ORDER BY month DESC LIMIT 1)
LEFT JOIN home_sofar t ON t.home_id = h.id AND t.month = iif(y.month <= p.till, y.month, (SELECT month FROM home_sofar WHERE home_id = h.id AND month <= p.till ORDER BY month DESC LIMIT 1))
