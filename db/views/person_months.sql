-- What a person gave and received, month by month, in hours.
SELECT c.home_id, p.id AS person_id, c.month AS care_month, c.given / 60.0 AS given, c.received / 60.0 AS received, c.visits
FROM persons p JOIN care_people c ON c.person = CAST(p.id AS TEXT)
