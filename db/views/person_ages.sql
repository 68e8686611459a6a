-- Completed years of age today.
SELECT id AS person_id, home_id, birth_day, sex,
  CAST(substr(today, 1, 4) AS INTEGER) - CAST(substr(birth_day, 1, 4) AS INTEGER) - (substr(today, 6) < substr(birth_day, 6)) AS age
FROM persons, clock
