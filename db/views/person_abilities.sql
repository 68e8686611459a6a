-- How able each person is, 0 (wholly) to 4 (not at all): by the newest assessment, else by what the register says.
SELECT p.home_id, p.id AS person_id,
  coalesce((SELECT final_level FROM person_levels l WHERE l.person_id = p.id), CASE p.self_care WHEN 'partial' THEN 2 WHEN 'none' THEN 4 ELSE 0 END) AS level
FROM persons p
