-- What is missing or late in the records of each home today, so that a zero is never taken for nothing happening: since which day, for how
-- many days, how many. rank 1: figures are blind without it; 2: something is late; 3: something is incomplete.
SELECT q.home_id, (SELECT name FROM homes h WHERE h.id = q.home_id) AS home, q.matter, q.rank, q.since, CAST(julianday(today) - julianday(q.since) AS INTEGER) AS days, q.count
FROM clock CROSS JOIN (
  SELECT h.id AS home_id, 'never_used' AS matter, 1 AS rank, h.opened AS since, 1 AS count
  FROM clock CROSS JOIN homes h WHERE NOT EXISTS (SELECT 1 FROM open_months o WHERE o.home_id = h.id) AND coalesce(h.opened, '') <= today
  UNION ALL
  SELECT home_id, 'no_care_log', 1, last, 1
  FROM (
    SELECT h.id AS home_id, today, coalesce((SELECT max(day) FROM care_days d WHERE d.home_id = h.id), h.opened,
      (SELECT min(day) FROM open_days o WHERE o.home_id = h.id)) AS last
    FROM clock CROSS JOIN homes h WHERE EXISTS (SELECT 1 FROM open_months o WHERE o.home_id = h.id)
  ) WHERE last < date(today, '-' || (SELECT value FROM settings WHERE name = 'no_care_days') || ' days')
  UNION ALL
  SELECT home_id, 'no_rounds', 2, last, 1
  FROM (SELECT h.id AS home_id, today, (SELECT max(day) FROM round_days d WHERE d.home_id = h.id) AS last FROM clock CROSS JOIN homes h)
  WHERE last < date(today, '-' || (SELECT value FROM settings WHERE name = 'no_care_days') || ' days')
  UNION ALL
  SELECT h.id, 'rooms_unwritten', 3, h.opened, 1 FROM homes h WHERE NOT EXISTS (SELECT 1 FROM rooms r WHERE r.home_id = h.id)
  UNION ALL
  SELECT home_id, 'room_unused', 2, iif(count(*) = count(last), min(last), NULL), count(*)
  FROM (
    SELECT r.home_id, today, (SELECT max(day) FROM room_sessions s WHERE s.room_id = r.id AND s.undone_at IS NULL) AS last
    FROM clock CROSS JOIN homes h CROSS JOIN rooms r ON r.home_id = h.id
    WHERE r.kind NOT IN ('bedroom', 'idle_room') AND r.idle_since IS NULL AND coalesce(r.last_day, '9999') >= today
      AND max(coalesce(r.first_day, ''), coalesce(h.opened, '')) < date(today, '-30 days') AND EXISTS (SELECT 1 FROM open_months o WHERE o.home_id = h.id)
  ) WHERE last IS NULL OR last < date(today, '-30 days') GROUP BY home_id
  UNION ALL
  SELECT home_id, 'meter_unread', 2, min(last), count(*)
  FROM (SELECT home_id, meter, max(day) AS last FROM meter_readings GROUP BY home_id, meter), clock
  WHERE last < date(today, 'start of month', '-1 month') GROUP BY home_id
  UNION ALL
  SELECT home_id, 'meter_no_voucher', 2, min(month) || '-01', count(*)
  FROM (
    SELECT DISTINCT r.home_id, substr(r.day, 1, 7) AS month FROM clock CROSS JOIN meter_readings r
    WHERE r.day >= date(today, 'start of month', '-3 months') AND r.day < date(today, 'start of month')
  ) m WHERE NOT EXISTS (SELECT 1 FROM spendings s JOIN approvals a ON a.spending_id = s.id AND a.outcome = 'approved'
    WHERE s.home_id = m.home_id AND s.purpose = 'utilities' AND s.day >= m.month || '-01' AND s.day < date(m.month || '-01', '+2 months'))
  GROUP BY home_id
  UNION ALL
  SELECT home_id, 'no_voucher', 2, coalesce(last, since), 1
  FROM (
    SELECT h.id AS home_id, today, (SELECT date(max(month) || '-01', '+1 month') FROM money_months y WHERE y.home_id = h.id AND y.spent_fen > 0) AS last,
      coalesce((SELECT min(month) || '-01' FROM money_months y WHERE y.home_id = h.id), h.opened) AS since
    FROM clock CROSS JOIN homes h WHERE EXISTS (SELECT 1 FROM open_months o WHERE o.home_id = h.id)
  ) WHERE coalesce(last, since) <= date(today, 'start of month', '-1 month')
  UNION ALL
  SELECT home_id, 'names_open', 3, min(day), count(*) FROM care_logs
  WHERE (giver_id IS NULL OR receiver_id IS NULL) AND undone_at IS NULL AND (giver_id IS NULL OR receiver_name <> 'everyone') GROUP BY home_id
  UNION ALL
  SELECT s.home_id, 'no_birth_day', 3, min(s.from_day), count(*)
  FROM clock CROSS JOIN stays s CROSS JOIN persons p ON p.id = s.person_id AND p.birth_day IS NULL
  WHERE s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today) GROUP BY s.home_id
  UNION ALL
  SELECT s.home_id, 'never_assessed', 3, min(s.from_day), count(*)
  FROM clock CROSS JOIN stays s WHERE s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)
    AND NOT EXISTS (SELECT 1 FROM assessments a WHERE a.person_id = s.person_id AND a.finished = 1) GROUP BY s.home_id
  UNION ALL
  SELECT home_id, 'visits_late', 2, date((SELECT today FROM clock), '-' || max(days) || ' days'), count(*) FROM visit_late GROUP BY home_id
  UNION ALL
  SELECT home_id, 'rows_refused', 3, date(min(at), '+8 hours'), sum(refused) FROM imports, clock
  WHERE refused > 0 AND undone_at IS NULL AND home_id IS NOT NULL AND at >= date(today, '-90 days') GROUP BY home_id
) q
