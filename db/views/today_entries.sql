-- What was written down today, undone entries included, the newest to be first.
SELECT c.home_id, c.id, c.day, c.recorded_at, coalesce(g.name, c.giver_name) AS giver, coalesce(r.name, c.receiver_name) AS receiver,
  c.receiver_id, c.service, c.start_minute, c.minutes, c.confirmed, iif(s.request_id IS NULL, d.duty, 'request') AS duty, c.undone_at IS NOT NULL AS undone, s.request_id
FROM clock JOIN care_logs c ON c.day = today AND c.recorded_at IS NOT NULL
LEFT JOIN persons g ON g.id = c.giver_id LEFT JOIN persons r ON r.id = c.receiver_id
LEFT JOIN shifts s ON s.id = c.shift_id LEFT JOIN duties d ON d.id = s.duty_id
