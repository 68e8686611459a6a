-- The served days of each home and month, as a funder may see them: hidden where fewer than the smallest group lived there before or after
-- (`people`, which is no figure to show), and where those of another home of the month could be told from it.
SELECT home_id, month, month AS whole, home, iif(least > 0, least, served_days > 0) AS people, residents, served_days
FROM (
  SELECT h.id AS home_id, m.month, h.name AS home, r.living AS residents, iif(r.month = m.month, min(r.living, r.living - r.more), r.living) AS least,
    r.living * m.days + iif(r.month = m.month, r.more_days - r.more * m.days, 0) AS served_days
  FROM (SELECT month, CAST(julianday(next_day) - julianday(first_day) AS INTEGER) AS days FROM months, clock WHERE next_day <= clock.today) m
  CROSS JOIN homes h CROSS JOIN stay_months r ON r.home_id = h.id
    AND r.month = (SELECT month FROM stay_months WHERE home_id = h.id AND month <= m.month ORDER BY month DESC LIMIT 1)
)
