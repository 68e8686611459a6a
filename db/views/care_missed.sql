-- Who had agreed to a shift that is over and did not come, or of whom nobody said that they came.
SELECT a.home_id, a.month, a.day, a.name AS duty_name, a.label, CASE WHEN a.done = 0 THEN 'did_not_come' ELSE 'not_confirmed' END AS missed
FROM assignment_list a CROSS JOIN clock c WHERE a.day < c.today AND a.done IS NOT 1
