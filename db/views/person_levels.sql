-- The ability level of each person by the newest finished assessment of GB/T 42195-2022, and the one before it; `over` says that it is
-- beyond the rule of admission, and outcome what was decided then.
-- Asked row by row, without a window over everybody, so that one person costs no more in a county than in a home.
SELECT r.home_id, r.person_id, r.id AS assessment_id, r.day AS assessed, r.total, r.initial_level, r.final_level,
  (SELECT b.final_level FROM assessment_results b
   WHERE b.person_id = r.person_id AND b.instrument = 'gb42195' AND b.finished = 1 AND (b.day, b.id) < (r.day, r.id)
   ORDER BY b.day DESC, b.id DESC LIMIT 1) AS level_before,
  r.final_level > (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'admit_level') AS over,
  d.outcome, d.day AS decided_day, d.decided_by, d.reason AS decided_why
FROM assessment_results r LEFT JOIN level_decisions d ON d.assessment_id = r.id
WHERE r.instrument = 'gb42195' AND r.finished = 1 AND NOT EXISTS (
  SELECT 1 FROM assessments n WHERE n.person_id = r.person_id AND n.instrument = 'gb42195' AND n.finished = 1 AND (n.day, n.id) > (r.day, r.id))
