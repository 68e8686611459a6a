-- What the rooms of a home are used for by month, in the shape of overview_figures: top over bottom, or top where bottom is 0. What nobody
-- wrote down in a month has no figure of it: a zero is a zero. Only the beds tell of people.
SELECT home_id, month, 'open_rate' AS figure, 'percent' AS unit, open_days AS top, due_days AS bottom, 0 AS people, 0 AS rest
FROM home_open WHERE iif(days_with_entries > 0, due_days > 0, 0)
UNION ALL
SELECT h.home_id, h.month, f.figure, f.unit, iif(f.figure = 'used_rate', h.used / 60.0, max(0, h.due - h.days)), iif(f.figure = 'used_rate', h.open / 60.0, h.rooms), 0, 0
FROM home_use h CROSS JOIN (SELECT 'used_rate' AS figure, 'percent' AS unit UNION ALL SELECT 'vacant_days', 'days_a_room') f WHERE h.rooms > 0
UNION ALL
SELECT u.home_id, m.month, 'gatherings', 'times', u.gatherings, 0, 0, 0 FROM months m CROSS JOIN use_totals u ON u.month = m.month
UNION ALL
SELECT u.home_id, m.month, 'day_visitors', 'people_a_day',
  coalesce((SELECT done FROM round_months a WHERE a.home_id = h.id AND a.month = m.month AND a.kind = 'morning_check' AND h.kind = 'day'), u.heads), o.days, 0, 0
FROM months m CROSS JOIN use_totals u ON u.month = m.month CROSS JOIN homes h ON h.id = u.home_id CROSS JOIN open_totals o ON o.month = m.month AND o.home_id = h.id
UNION ALL
SELECT a.home_id, m.month, 'day_visitors', 'people_a_day', a.done, o.days, 0, 0
FROM months m CROSS JOIN homes h ON h.kind = 'day' CROSS JOIN round_months a ON a.home_id = h.id AND a.month = m.month AND a.kind = 'morning_check'
LEFT JOIN open_totals o ON o.month = m.month AND o.home_id = h.id
WHERE NOT EXISTS (SELECT 1 FROM use_totals u WHERE u.month = m.month AND u.home_id = h.id)
UNION ALL
SELECT home_id, month, 'meals', 'times', sum(done), 0, 0, 0 FROM round_months WHERE kind IN ('breakfast', 'lunch', 'dinner') GROUP BY home_id, month
UNION ALL
SELECT y.home_id, m.month, 'person_times', 'times', y.logs, 0, 0, 0 FROM months m CROSS JOIN care_totals y ON y.month = m.month
UNION ALL
SELECT home_id, month, 'idle_rate', 'percent', idle, rooms, 0, 0
FROM (
  SELECT r.home_id, m.month, iif(r.home_id NOT IN (SELECT home_id FROM rooms WHERE first_day IS NOT NULL OR last_day IS NOT NULL), r.rooms, (
      SELECT count(*) FROM rooms x WHERE x.home_id = r.home_id AND coalesce(x.first_day, '') < m.after AND coalesce(x.last_day, '9999') >= m.last_day)) AS rooms,
    iif(r.changed <= m.first_day, r.idle, (
      SELECT count(*) FROM idle_spells i CROSS JOIN rooms x ON x.id = i.room_id AND coalesce(x.first_day, '') < m.after AND coalesce(x.last_day, '9999') >= m.last_day
      WHERE i.home_id = r.home_id AND i.first_day < m.after AND (i.until_day IS NULL OR i.until_day >= m.after))) AS idle
  FROM months m CROSS JOIN home_rooms r
) WHERE rooms > 0
UNION ALL
SELECT home_id, month, 'bed_rate', 'percent', occupied, beds * days, occupied / days, 0
FROM (
  SELECT h.id AS home_id, m.month, h.beds, m.b - iif(h.opened > m.first_day, CAST(julianday(h.opened) - 2415020.5 AS INTEGER), m.a) AS days,
    y.living * (m.b - m.a) + (y.month = m.month) * (y.more_days - y.more * (c.b - m.a)) + iif(m.after < m.next_day AND h.id IN (SELECT home_id FROM homes_ahead),
      coalesce((SELECT sum(CAST(julianday(s.from_day) - julianday(m.after) AS INTEGER)) FROM stays s WHERE s.home_id = h.id AND s.from_day > m.after AND s.from_day < m.next_day), 0)
      - coalesce((SELECT sum(CAST(julianday(s.to_day) - julianday(m.after) AS INTEGER)) FROM stays s WHERE s.home_id = h.id AND s.to_day > m.after AND s.to_day < m.next_day), 0), 0) AS occupied
  FROM months m CROSS JOIN calendar c ON c.month = m.month CROSS JOIN homes h ON h.kind = 'residential' AND h.beds > 0 AND coalesce(h.opened, '') < m.after
  CROSS JOIN stay_months y ON y.home_id = h.id AND y.month = (SELECT month FROM stay_months WHERE home_id = h.id AND month <= m.month ORDER BY month DESC LIMIT 1)
)
UNION ALL
SELECT s.home_id, s.month, f.figure, f.unit, iif(f.figure = 'unit_cost', s.spent_yuan, s.year_spent_yuan),
  iif(f.figure = 'unit_cost', s.served_days, s.year_received_yuan), 0, 0
FROM money_served s CROSS JOIN (SELECT 'unit_cost' AS figure, 'yuan_a_day' AS unit UNION ALL SELECT 'spend_rate', 'percent') f
WHERE iif(f.figure = 'unit_cost', s.spent_yuan > 0 AND s.served_days > 0, s.year_received_yuan > 0)
