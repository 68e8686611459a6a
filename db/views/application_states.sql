-- Where an application stands: its next step, or how it was closed. The township decides too where the setting asks for it,
-- by default for special groups (特困).
SELECT application_id, home_id, person_id, day, place, reason, needs_township,
  CASE WHEN closed IS NOT NULL THEN closed WHEN village IS NULL THEN 'wait_village'
    WHEN needs_township AND township IS NULL THEN 'wait_township' ELSE 'approved' END AS state
FROM (
  SELECT a.id AS application_id, a.home_id, a.person_id, a.day, a.place, a.reason, a.closed,
    (SELECT id FROM decisions WHERE application_id = a.id AND step = 'village' AND outcome = 'approved') AS village,
    (SELECT id FROM decisions WHERE application_id = a.id AND step = 'township' AND outcome = 'approved') AS township,
    (SELECT value = 'always' OR value = 'special' AND EXISTS (SELECT 1 FROM json_each(p.categories) WHERE json_each.value = 'destitute')
     FROM settings WHERE name = 'two_steps') AS needs_township
  FROM applications a JOIN persons p ON p.id = a.person_id
)
