-- Days on which a home or one of its rooms is shut: now, soon or in the past.
SELECT c.id, c.home_id, h.name AS home, c.room_id, r.room, c.first_day, c.last_day, c.reason, c.note,
  CASE WHEN c.last_day < today THEN 'closed_past' WHEN c.first_day > today THEN 'closed_soon' ELSE 'closed_now' END AS closure_state
FROM clock CROSS JOIN closures c JOIN homes h ON h.id = c.home_id LEFT JOIN rooms r ON r.id = c.room_id
