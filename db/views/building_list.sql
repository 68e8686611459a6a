-- Empty buildings that a home could use: what they were, whose, how far, in what condition, what they could become and how far it is.
SELECT b.id, b.home_id, h.name AS home, b.building, b.source, b.owned_by, b.area_m2, b.distance_m, b.condition, b.step_free, b.becomes,
  b.state AS building_state, b.note
FROM buildings b JOIN homes h ON h.id = b.home_id
