-- The health notes as they were written, and how many of their values lie outside the normal band.
SELECT n.home_id, substr(n.day, 1, 7) AS month, n.person_id, n.id, n.day, l.label, n.systolic, n.diastolic, n.pulse, n.glucose, n.weight,
  n.temperature, n.note,
  (SELECT count(*) FROM health_values v WHERE v.note_id = n.id AND v.person_id = n.person_id AND v.mark IS NOT NULL) AS outside
FROM health_notes n JOIN person_labels l ON l.id = n.person_id
