-- The care log in words, undone entries included and marked; open is 1 where a name still has to be settled, late where it was written down afterwards.
SELECT c.home_id, substr(c.day, 1, 7) AS month, c.id, c.day, h.name AS home,
  coalesce(g.name, c.giver_name) AS giver, coalesce(r.name, c.receiver_name) AS receiver, c.service,
  CASE WHEN c.start_minute IS NOT NULL THEN printf('%02d:%02d', c.start_minute / 60, c.start_minute % 60) END AS start,
  c.minutes, c.confirmed, d.duty, c.recorded_by, c.on_behalf, c.late, c.note,
  c.undone_at IS NULL AND (c.giver_id IS NULL OR (c.receiver_id IS NULL AND c.receiver_name <> 'everyone')) AS open,
  c.undone_at IS NOT NULL AS undone, c.recorded_at
FROM care_logs c JOIN homes h ON h.id = c.home_id
LEFT JOIN persons g ON g.id = c.giver_id LEFT JOIN persons r ON r.id = c.receiver_id
LEFT JOIN shifts s ON s.id = c.shift_id LEFT JOIN duties d ON d.id = s.duty_id
