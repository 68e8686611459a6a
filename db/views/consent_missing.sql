-- Residents with no end of their stay in sight who have not agreed to the register; home by home.
SELECT h.id AS home_id, l.person_id, 'consent_missing' AS matter, 4 AS rank, 0 AS days
FROM homes h CROSS JOIN clock CROSS JOIN person_lasts l INDEXED BY person_lasts_consent ON l.home_id = h.id AND l.consented = 0 AND l.since <= today
