-- Each home's rounds of today: how many live there or come by day, the round that stands, confirmed or begun, and its counts.
-- The morning check of a day home is its attendance, and is called so.
SELECT h.id AS home_id, k.column1 AS kind, k.column2 AS turn,
  iif(h.kind = 'day' AND k.column1 = 'morning_check', 'day_attendance', k.column1) AS called, r.id AS round_id, r.day, r.confirmed_at, r.confirmed_by, d.done AS took_part, d.not_done AS left_out,
  (SELECT count(*) FROM stays s WHERE s.home_id = h.id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)) AS people
FROM clock CROSS JOIN homes h CROSS JOIN (VALUES ('morning_check', 1), ('breakfast', 2), ('medicine', 3), ('lunch', 4), ('dinner', 5)) k
LEFT JOIN rounds r ON r.home_id = h.id AND r.day = today AND r.kind = k.column1 AND r.undone_at IS NULL
LEFT JOIN round_days d ON d.home_id = h.id AND d.day = r.day AND d.kind = r.kind
