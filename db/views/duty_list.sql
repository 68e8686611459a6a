-- The duties of a home with what they ask of people; those behind requests are none of them.
SELECT home_id, id, duty, (SELECT name FROM homes h WHERE h.id = home_id) AS home, service, weekdays, printf('%02d:%02d', start_minute / 60, start_minute % 60) AS start,
  printf('%02d:%02d', (start_minute + minutes) / 60 % 24, (start_minute + minutes) % 60) AS until,
  needed, skilled, level_most, load, night, active, start_minute, minutes
FROM duties WHERE asked = 0
