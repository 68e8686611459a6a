-- Who could give something by the register: able, and living here or a volunteer. Staff do their work, which is no gift.
SELECT p.home_id, p.id AS person_id, p.gives
FROM persons p
WHERE p.gives <> '[]' AND (p.self_care IS NULL OR p.self_care = 'able')
  AND (p.volunteer = 1 OR EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = p.id AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)))
