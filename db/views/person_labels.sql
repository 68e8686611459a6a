-- One label a person, told apart from namesakes of the same home by the birth date, else by the number in the register.
SELECT id, home_id,
  CASE
    WHEN count(*) OVER (PARTITION BY home_id, name) = 1 THEN name
    WHEN birth_day IS NOT NULL AND count(*) OVER (PARTITION BY home_id, name, birth_day) = 1 THEN name || '（' || birth_day || '）'
    ELSE name || '（#' || id || '）'
  END AS label
FROM persons
