-- Nights that people spent in the beds of a home by month, up to today, how many beds there were for how many nights, and how many people that makes.
SELECT home_id, month, occupied, beds * days AS nights, occupied / days AS people
FROM (
  SELECT h.id AS home_id, m.month, h.beds, m.b - iif(h.opened > m.first_day, CAST(julianday(h.opened) - 2415020.5 AS INTEGER), m.a) AS days,
    y.living * (m.b - m.a) + (y.month = m.month) * (y.more_days - y.more * (c.b - m.a)) + iif(m.after < m.next_day AND h.id IN (SELECT home_id FROM homes_ahead),
      coalesce((SELECT sum(CAST(julianday(s.from_day) - julianday(m.after) AS INTEGER)) FROM stays s WHERE s.home_id = h.id AND s.from_day > m.after AND s.from_day < m.next_day), 0)
      - coalesce((SELECT sum(CAST(julianday(s.to_day) - julianday(m.after) AS INTEGER)) FROM stays s WHERE s.home_id = h.id AND s.to_day > m.after AND s.to_day < m.next_day), 0), 0) AS occupied
  FROM months m CROSS JOIN calendar c ON c.month = m.month CROSS JOIN homes h ON h.kind = 'residential' AND h.beds > 0 AND coalesce(h.opened, '') < m.after
  CROSS JOIN stay_months y ON y.home_id = h.id AND y.month = (SELECT month FROM stay_months WHERE home_id = h.id AND month <= m.month ORDER BY month DESC LIMIT 1)
)
