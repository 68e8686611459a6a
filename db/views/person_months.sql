-- What a person gave and received, month by month, in hours.
SELECT c.home_id, p.id AS person_id, c.month AS care_month, c.given / 60.0 AS given, c.received / 60.0 AS received, c.visits
FROM care_people c JOIN persons p ON p.id = CAST(c.person AS INTEGER) AND c.person NOT GLOB '?*[^0-9]*' AND c.person GLOB '[0-9]*'
