-- What was brought in, when, by whom, and whether it was taken back.
SELECT i.home_id, i.id, i.at, i.user_name, h.name AS home, i.file_name, i.saved, i.known, i.refused, i.undone_at
FROM imports i LEFT JOIN homes h ON h.id = i.home_id
