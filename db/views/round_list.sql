-- The rounds, those that were undone marked, with their counts and how many marks were corrected afterwards;
-- the morning check of a day home is called its attendance.
SELECT r.home_id, substr(r.day, 1, 7) AS month, r.id, r.day, iif(h.kind = 'day' AND r.kind = 'morning_check', 'day_attendance', r.kind) AS kind, r.confirmed_at, r.confirmed_by,
  sum(m.state = 'done') AS took_part, sum(m.state <> 'done') AS left_out, count(m.corrected_at) AS corrected, r.undone_at IS NOT NULL AS undone
FROM rounds r JOIN homes h ON h.id = r.home_id JOIN round_marks m ON m.round_id = r.id WHERE r.confirmed_at IS NOT NULL GROUP BY r.id
