-- One label a person, told apart from namesakes of the same home by the hint, else the birth date, else the number in the register.
SELECT id, home_id,
  CASE
    WHEN NOT EXISTS (SELECT 1 FROM persons o WHERE o.home_id = p.home_id AND o.name = p.name AND o.id <> p.id) THEN name
    WHEN hint IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM persons o WHERE o.home_id = p.home_id AND o.name = p.name AND o.hint = p.hint AND o.id <> p.id)
      THEN name || '（' || hint || '）'
    WHEN birth_day IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM persons o WHERE o.home_id = p.home_id AND o.name = p.name AND o.birth_day = p.birth_day AND o.id <> p.id)
      THEN name || '（' || birth_day || '）'
    ELSE name || '（#' || id || '）'
  END AS label
FROM persons p
