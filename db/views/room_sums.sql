-- What was counted in a home by month: who came (in a day home by the morning check) on how many days, gatherings, meals, times of care, rooms and
-- how many of them stood idle. What nobody wrote down is NULL: a zero is a zero.
SELECT h.id AS home_id, m.month, u.gatherings, c.logs AS person_times,
  iif(u.home_id IS NULL, a.done, iif(o.days IS NULL, NULL, coalesce(a.done, u.heads))) AS visitors, iif(u.home_id IS NULL AND a.done IS NULL, NULL, o.days) AS visitor_days,
  (SELECT sum(e.done) FROM round_months e WHERE e.home_id = h.id AND e.month = m.month AND e.kind IN ('breakfast', 'lunch', 'dinner')) AS meals,
  iif(h.id NOT IN (SELECT home_id FROM rooms WHERE first_day IS NOT NULL OR last_day IS NOT NULL), r.rooms, (
    SELECT count(*) FROM rooms x WHERE x.home_id = h.id AND coalesce(x.first_day, '') < m.after AND coalesce(x.last_day, '9999') >= m.last_day)) AS rooms,
  iif(r.changed <= m.first_day, r.idle, (
    SELECT count(*) FROM idle_spells i CROSS JOIN rooms x ON x.id = i.room_id AND coalesce(x.first_day, '') < m.after AND coalesce(x.last_day, '9999') >= m.last_day
    WHERE i.home_id = h.id AND i.first_day < m.after AND (i.until_day IS NULL OR i.until_day >= m.after))) AS idle
FROM months m CROSS JOIN homes h
LEFT JOIN use_totals u ON u.month = m.month AND u.home_id = h.id
LEFT JOIN open_totals o ON o.month = m.month AND o.home_id = h.id
LEFT JOIN care_totals c ON c.month = m.month AND c.home_id = h.id
LEFT JOIN round_months a ON h.kind = 'day' AND a.home_id = h.id AND a.month = m.month AND a.kind = 'morning_check'
LEFT JOIN home_rooms r ON r.home_id = h.id
