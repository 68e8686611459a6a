-- The homes with what they hold and what happened in the month.
SELECT h.id AS home_id, m.month, h.name AS home, h.county, h.township, h.village,
  (SELECT count(*) FROM residents r WHERE r.home_id = h.id AND r.month = m.month) AS residents,
  (SELECT sum(given) / 60.0 FROM care_people c WHERE c.home_id = h.id AND c.month = m.month) AS care_hours,
  (SELECT sum(amount_fen) / 100.0 FROM gifts g WHERE g.home_id = h.id AND g.day >= m.first_day AND g.day < m.next_day) AS gift_yuan,
  h.kind, h.beds, h.day_places, h.stars, h.min_age, h.opened
FROM months m, homes h
