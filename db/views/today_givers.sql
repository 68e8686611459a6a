-- Who may have given the help that is noted today: those who run the home, then those on duty today.
SELECT home_id, id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, name,
  CASE post WHEN 'caretaker' THEN 1 ELSE 2 END AS turn
FROM persons p WHERE post IS NOT NULL
UNION
SELECT a.home_id, a.person_id, a.label, p.name, 3 FROM clock JOIN assignment_list a ON a.day = today AND a.done IS NOT 0
JOIN persons p ON p.id = a.person_id AND p.post IS NULL
