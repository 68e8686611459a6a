-- Each resident of a home at the end of a month, today in the current one: whether they were then seen within the days of their tier.
-- Rows to be summed.
SELECT s.home_id, m.month, p.risk_tier, 1 AS residents, (
  s.from_day >= date(m.last_day, '-' || t.value || ' days')
  OR EXISTS (SELECT 1 FROM care_done l WHERE l.receiver_id = s.person_id AND l.service = 'visit'
    AND l.day BETWEEN date(m.last_day, '-' || t.value || ' days') AND m.last_day)
  OR EXISTS (SELECT 1 FROM visits v WHERE v.person_id = s.person_id AND v.log_id IS NULL
    AND v.day BETWEEN date(m.last_day, '-' || t.value || ' days') AND m.last_day)) AS on_time
FROM months m CROSS JOIN stays s ON s.from_day <= m.last_day AND (s.to_day IS NULL OR s.to_day > m.last_day)
JOIN persons p ON p.id = s.person_id JOIN settings t ON t.name = 'visit_days_' || p.risk_tier
