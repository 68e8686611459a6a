-- What each person of the register gave and received in a month, in hours; both says that they did the one and the other.
SELECT c.home_id, c.month, p.id AS person_id, (SELECT label FROM person_labels l WHERE l.id = p.id) AS label,
  c.given / 60.0 AS given, c.received / 60.0 AS received, c.given > 0 AND c.received > 0 AS both_sides
FROM care_people c JOIN persons p ON p.id = CAST(c.person AS INTEGER)
