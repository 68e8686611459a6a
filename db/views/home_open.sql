-- On how many days each home was to be open in a month, up to today (its weekdays, since it opened, less closures); on how many of those it
-- was, by care, rounds or sessions; and on how many days of the month anything was written down at all: with none there are no data. Where
-- the home opened or was closed in the month its days are asked one by one: each adds 100, and 1 where it was open.
WITH RECURSIVE days (n) AS MATERIALIZED (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 30)
SELECT home_id, month, iif(each IS NULL, due, each / 100) AS due_days, iif(each IS NULL, open, each % 100) AS open_days, days_with_entries
FROM (
  SELECT DISTINCT h.id AS home_id, s.month, coalesce(y.due, 0) AS open, coalesce(y.days, 0) AS days_with_entries, (
    SELECT (s.b - s.a) / 7 * k.whole + k.days FROM week_days k WHERE k.weekdays = h.weekdays AND k.first = s.a % 7 AND k.rest = (s.b - s.a) % 7) AS due,
  CASE WHEN coalesce(h.opened, '') > s.first_day OR h.id IN (SELECT home_id FROM closures) AND EXISTS (
    SELECT 1 FROM closures c WHERE c.home_id = h.id AND c.last_day >= s.first_day AND c.first_day < s.after AND c.room_id IS NULL) THEN coalesce((
    SELECT sum(100 + EXISTS (SELECT 1 FROM open_days o WHERE o.home_id = h.id AND o.day = d.day))
    FROM (SELECT n, date(s.first_day, '+' || n || ' days') AS day FROM days WHERE n < s.b - s.a) d CROSS JOIN weekdays w ON w.id = (s.a + d.n) % 7 + 1
    WHERE instr(h.weekdays, w.code) AND d.day >= coalesce(h.opened, '')
      AND NOT EXISTS (SELECT 1 FROM closures c WHERE c.home_id = h.id AND c.room_id IS NULL AND d.day BETWEEN c.first_day AND c.last_day)
  ), 0) END AS each
  FROM months s CROSS JOIN homes h LEFT JOIN open_totals y ON y.month = s.month AND y.home_id = h.id
)
