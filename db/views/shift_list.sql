-- The shifts, each with how many are on it and how many places are open.
SELECT s.home_id, s.month, s.id, s.day, s.monday, s.duty_id, d.duty AS name, d.service, s.start_minute, s.minutes, s.needed,
  (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0) AS taken,
  max(0, s.needed - (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0)) AS open,
  s.night, s.skill, s.level_most, s.load
FROM shifts s JOIN duties d ON d.id = s.duty_id
