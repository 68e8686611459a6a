-- How many days each month has, up to today, of each choice of weekdays that a home or a room is open on; days are counted from 1 January 1900,
-- a Monday: `a` is the first one, `b` the day after the last; bit n of `mask` is set where weekday n is among them.
SELECT m.month, p.weekdays, m.first_day, m.last_day, m.after, m.a, m.b, sum((m.b + 7 - p.day) / 7 - (m.a + 7 - p.day) / 7) AS days, sum(1 << p.day) AS mask
FROM (
  SELECT *, date(last_day, '+1 day') AS after, CAST(julianday(first_day) - 2415020.5 AS INTEGER) AS a, CAST(julianday(last_day) - 2415019.5 AS INTEGER) AS b
  FROM months
) m CROSS JOIN (
  SELECT w.weekdays, d.id AS day FROM (SELECT weekdays FROM rooms WHERE kind <> 'bedroom' UNION SELECT weekdays FROM homes) w
  CROSS JOIN weekdays d ON instr(w.weekdays, d.code)
) p GROUP BY m.month, p.weekdays
