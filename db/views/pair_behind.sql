-- How many contacts are missing in this week of each pair that lasts, for the part of the week that has passed: what pair_list says of it.
SELECT p.home_id, p.volunteer_id, p.elder_id,
  max((SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'pair_contacts'), coalesce((
      SELECT max(w.contacts) FROM weather w WHERE w.home_id = p.home_id AND c.today BETWEEN w.first_day AND w.last_day), 0))
    * (CAST(julianday(c.today) - julianday(max(c.monday, p.from_day)) AS INTEGER) + 1) / 7
  - (SELECT count(*) FROM care_logs l WHERE l.receiver_id = p.elder_id AND l.giver_id = p.volunteer_id AND l.day >= max(c.monday, p.from_day) AND l.undone_at IS NULL)
  - (SELECT count(*) FROM visits v INDEXED BY visits_by_visitor WHERE v.visitor_id = p.volunteer_id AND v.log_id IS NULL AND v.day >= max(c.monday, p.from_day)
     AND v.person_id = p.elder_id) AS behind
FROM (SELECT today, date(today, 'weekday 0', '-6 days') AS monday FROM clock LIMIT 1) c CROSS JOIN pairs p WHERE p.to_day IS NULL
