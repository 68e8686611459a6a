-- Who may have made a visit: those who run the home, then volunteers.
SELECT home_id, id, name, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label, post IS NULL AS rank
FROM persons p WHERE (post IS NOT NULL OR volunteer = 1) AND (self_care IS NULL OR self_care = 'able')
