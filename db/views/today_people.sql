-- Everybody who lives there today; watch is 1 for those alone or 80 and older, seen where anything was noted of them today.
SELECT s.home_id, s.person_id AS id, (SELECT label FROM person_labels l WHERE l.id = s.person_id) AS label, s.room,
  EXISTS (SELECT 1 FROM json_each(p.categories) WHERE value = 'alone') AS alone, coalesce(p.birth_day <= date(today, '-80 years'), 0) AS aged,
  EXISTS (SELECT 1 FROM json_each(p.categories) WHERE value = 'alone') OR coalesce(p.birth_day <= date(today, '-80 years'), 0) AS watch,
  EXISTS (SELECT 1 FROM care_done c WHERE c.receiver_id = p.id AND c.day = today)
    OR EXISTS (SELECT 1 FROM care_done c WHERE c.giver_id = p.id AND c.day = today)
    OR EXISTS (SELECT 1 FROM rounds r JOIN round_marks m ON m.round_id = r.id AND m.person_id = p.id
      WHERE r.home_id = s.home_id AND r.day = today AND r.confirmed_at IS NOT NULL AND r.undone_at IS NULL) AS seen,
  (SELECT max(c.id) FROM care_done c WHERE c.receiver_id = p.id AND c.day = today AND c.service = 'visit') AS log_id
FROM clock CROSS JOIN stays s ON s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today) JOIN persons p ON p.id = s.person_id
