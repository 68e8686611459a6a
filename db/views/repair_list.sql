-- What is to be mended or was, how long it waits or took, the check that found it and the voucher that paid for it.
SELECT p.id, p.home_id, h.name AS home, p.room_id, r.room, p.day, p.matter, p.urgent AS pressing, c.kind, p.done_day, p.outcome, p.spending_id,
  v.number AS voucher,
  CASE WHEN p.done_day IS NOT NULL THEN 'repair_done' WHEN p.day < date(today, '-' || (SELECT value FROM settings WHERE name = 'repair_days') || ' days')
    THEN 'repair_late' ELSE 'repair_waits' END AS repair_state,
  CAST(julianday(coalesce(p.done_day, today)) - julianday(p.day) AS INTEGER) AS days
FROM clock CROSS JOIN repairs p JOIN homes h ON h.id = p.home_id LEFT JOIN rooms r ON r.id = p.room_id
LEFT JOIN safety_checks c ON c.id = p.check_id LEFT JOIN papers v ON v.spending_id = p.spending_id
