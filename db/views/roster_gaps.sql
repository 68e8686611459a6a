-- Places that are still open, from today to the end of next week.
SELECT s.home_id, (SELECT name FROM homes h WHERE h.id = s.home_id) AS home, s.id, s.day, d.duty AS name,
  printf('%02d:%02d', s.start_minute / 60, s.start_minute % 60) AS start, s.minutes, s.skill, s.level_most,
  s.needed - (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0) AS places
FROM clock CROSS JOIN shifts s ON s.day BETWEEN today AND date(today, 'weekday 0', '+7 days') JOIN duties d ON d.id = s.duty_id
WHERE s.needed > (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0)
