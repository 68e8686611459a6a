-- Pairs with their contacts of this week against those asked of them. A contact is care by the volunteer for the elder, or a visit that
-- the care log does not count; behind is how many are missing for the part of the week that has passed.
SELECT home_id, home, id, volunteer_id, elder_id, (SELECT label FROM person_labels l WHERE l.id = volunteer_id) AS volunteer_label,
  (SELECT label FROM person_labels l WHERE l.id = elder_id) AS elder_label, pair_since, pair_until, end_reason, contacts, contacts_asked,
  CASE WHEN pair_until IS NULL THEN max(0, contacts_asked * passed / 7 - contacts) END AS behind, last_contact, pair_until IS NULL AS now
FROM (
  SELECT p.home_id, (SELECT name FROM homes h WHERE h.id = p.home_id) AS home, p.id, p.volunteer_id, p.elder_id, p.from_day AS pair_since,
    p.to_day AS pair_until, p.end_reason,
    (SELECT count(*) FROM care_done l WHERE l.receiver_id = p.elder_id AND l.giver_id = p.volunteer_id AND l.day >= max(c.monday, p.from_day))
      + (SELECT count(*) FROM visits v INDEXED BY visits_by_visitor WHERE v.visitor_id = p.volunteer_id AND v.log_id IS NULL AND v.day >= max(c.monday, p.from_day)
         AND v.person_id = p.elder_id) AS contacts,
    max((SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'pair_contacts'), coalesce((
      SELECT max(w.contacts) FROM weather w WHERE w.home_id = p.home_id AND c.today BETWEEN w.first_day AND w.last_day), 0)) AS contacts_asked,
    CAST(julianday(c.today) - julianday(max(c.monday, p.from_day)) AS INTEGER) + 1 AS passed,
    (SELECT max(l.day) FROM care_done l WHERE l.receiver_id = p.elder_id AND l.giver_id = p.volunteer_id AND l.day > date(c.today, '-60 days')) AS last_contact
  FROM pairs p CROSS JOIN (SELECT today, date(today, 'weekday 0', '-6 days') AS monday FROM clock) c
)
