-- How many contacts are missing in this week of each pair that lasts, for the part of the week that has passed: what pair_list says of it.
SELECT p.home_id, p.volunteer_id, p.elder_id,
  iif(p.home_id IN (SELECT w.home_id FROM clock CROSS JOIN weather w ON today BETWEEN w.first_day AND w.last_day), max(c.least, (
      SELECT max(w.contacts) FROM weather w WHERE w.home_id = p.home_id AND c.today BETWEEN w.first_day AND w.last_day)), c.least)
    * iif(p.from_day <= c.monday, c.passed, CAST(julianday(c.today) - julianday(p.from_day) AS INTEGER) + 1) / 7
  - coalesce((SELECT contacts FROM pair_weeks k WHERE k.pair_id = p.id AND k.week = c.monday), 0) AS behind
FROM (
  SELECT DISTINCT today, date(today, 'weekday 0', '-6 days') AS monday, CAST(strftime('%w', today, '-1 day') AS INTEGER) + 1 AS passed, CAST(value AS INTEGER) AS least
  FROM clock CROSS JOIN settings WHERE name = 'pair_contacts'
) c CROSS JOIN pairs p INDEXED BY pairs_lasting WHERE p.to_day IS NULL
