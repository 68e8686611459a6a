-- What each room but bedrooms was to be open and was used for in a month: hours, days, heads, days on which it was open and nobody came.
-- Rows to be summed by kind.
SELECT o.home_id, o.month, o.room_id, r.room, o.kind, o.open_minutes / 60.0 AS hours_open, coalesce(y.minutes, 0) / 60.0 AS used_hours,
  coalesce(y.days, 0) AS used_days, max(0, o.due_days - coalesce(y.days, 0)) AS vacant_days, coalesce(y.heads, 0) AS heads
FROM room_open o CROSS JOIN rooms r ON r.id = o.room_id LEFT JOIN room_months y ON y.home_id = o.home_id AND y.month = o.month AND y.room_id = o.room_id
WHERE o.due_days > 0 OR y.days > 0
