-- The homes with what they hold and what happened in the month.
SELECT h.id AS home_id, l.month, h.name AS home, h.county, h.township, h.village, l.residents,
  (SELECT sum(given) / 60.0 FROM care_people c WHERE c.home_id = h.id AND c.month = l.month) AS care_hours,
  (SELECT sum(amount_fen) / 100.0 FROM gifts g WHERE g.home_id = h.id AND g.day > l.month AND g.day < l.month || '-32') AS gift_yuan,
  h.kind, h.beds, h.day_places, h.stars, h.min_age, h.opened
FROM home_living l CROSS JOIN homes h ON h.id = l.home_id
