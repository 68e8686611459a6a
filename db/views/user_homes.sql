-- The homes that an account reaches: its home, else all of its township or county; an administrator every one.
-- The label tells homes of one name apart by township, village and number; it is asked row by row, since every read asks for the homes without it.
SELECT u.id AS user_id, h.id AS home_id, h.name AS home, h.township, h.village, h.kind,
  CASE WHEN EXISTS (
      SELECT 1 FROM homes o WHERE o.name = h.name AND o.id <> h.id AND u.home_id IS NULL
        AND (u.county IS NULL OR o.county = u.county AND (u.township IS NULL OR o.township = u.township)))
    THEN h.name || '·' || coalesce(h.township, '') || coalesce(h.village, '') || '·' || h.id ELSE h.name END AS label
FROM users u JOIN homes h
  ON (u.home_id IS NOT NULL AND h.id = u.home_id)
  OR (u.home_id IS NULL AND u.county IS NULL AND u.role = 'admin')
  OR (u.home_id IS NULL AND h.county = u.county AND (u.township IS NULL OR h.township = u.township))
