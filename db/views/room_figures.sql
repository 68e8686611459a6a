-- What the rooms of a home are used for by month, in the shape of overview_figures: top over bottom, or top where bottom is 0. What nobody
-- wrote down in a month has no figure of it: a zero is a zero. Only the beds tell of people. What is asked of sums names the clock (which is
-- never without a day), so that it is asked once, of the sums, and not while they are made.
WITH spans AS MATERIALIZED (
  SELECT month, first_day, last_day, date(last_day, '+1 day') AS after, next_day, CAST(julianday(first_day) - 2415020.5 AS INTEGER) AS a,
    CAST(julianday(last_day) - 2415019.5 AS INTEGER) AS b
  FROM months
)
SELECT home_id, month, 'open_rate' AS figure, 'percent' AS unit, open_days AS top, due_days AS bottom, 0 AS people, 0 AS rest
FROM home_open WHERE days_with_entries > 0 AND due_days > 0
UNION ALL
SELECT h.home_id, h.month, f.figure, f.unit, iif(f.figure = 'used_rate', h.used / 60.0, max(0, h.due - h.days)), iif(f.figure = 'used_rate', h.open / 60.0, h.rooms), 0, 0
FROM home_use h CROSS JOIN (SELECT 'used_rate' AS figure, 'percent' AS unit UNION ALL SELECT 'vacant_days', 'days_a_room') f CROSS JOIN clock WHERE h.rooms > (today IS NULL)
UNION ALL
SELECT u.home_id, u.month, f.figure, f.unit, iif(f.figure = 'gatherings', u.gatherings, u.heads), iif(f.figure = 'gatherings', 0, u.days), 0, 0
FROM (
  SELECT h.id AS home_id, s.month, sum(iif(r.kind IN ('activity_room', 'games_room', 'outdoor'), y.sessions, 0)) AS gatherings,
    coalesce((SELECT done FROM round_months a WHERE a.home_id = h.id AND a.month = s.month AND a.kind = 'morning_check' AND h.kind = 'day'), sum(y.heads)) AS heads,
    (SELECT sum(days) FROM open_months o WHERE o.home_id = h.id AND o.month = s.month) AS days
  FROM spans s CROSS JOIN homes h CROSS JOIN room_months y ON y.home_id = h.id AND y.month = s.month CROSS JOIN rooms r ON r.id = y.room_id GROUP BY h.id, s.month
) u CROSS JOIN (SELECT 'gatherings' AS figure, 'times' AS unit UNION ALL SELECT 'day_visitors', 'people_a_day') f
UNION ALL
SELECT home_id, month, 'day_visitors', 'people_a_day', heads, days, 0, 0
FROM (
  SELECT h.id AS home_id, s.month, a.done AS heads, (SELECT sum(days) FROM open_months o WHERE o.home_id = h.id AND o.month = s.month) AS days
  FROM spans s CROSS JOIN homes h ON h.kind = 'day' CROSS JOIN round_months a ON a.home_id = h.id AND a.month = s.month AND a.kind = 'morning_check'
  WHERE NOT EXISTS (SELECT 1 FROM room_months y WHERE y.home_id = h.id AND y.month = s.month)
)
UNION ALL
SELECT h.id, s.month, 'meals', 'times', sum(y.done), 0, 0, 0
FROM spans s CROSS JOIN homes h CROSS JOIN round_months y ON y.home_id = h.id AND y.month = s.month AND y.kind IN ('breakfast', 'lunch', 'dinner') GROUP BY h.id, s.month
UNION ALL
SELECT h.id, s.month, 'person_times', 'times', sum(y.logs), 0, 0, 0
FROM spans s CROSS JOIN homes h CROSS JOIN care_months y ON y.home_id = h.id AND y.month = s.month GROUP BY h.id, s.month
UNION ALL
SELECT home_id, month, 'idle_rate', 'percent', idle, rooms - less, 0, 0
FROM (
  SELECT r.home_id, s.month, r.rooms,
    (SELECT count(*) FROM rooms x WHERE x.home_id = r.home_id AND (x.first_day IS NOT NULL OR x.last_day IS NOT NULL) AND (x.first_day >= s.after OR x.last_day < s.last_day)) AS less,
    (SELECT count(*) FROM idle_spells i CROSS JOIN rooms x ON x.id = i.room_id AND coalesce(x.first_day, '') < s.after AND coalesce(x.last_day, '9999') >= s.last_day
      WHERE i.home_id = r.home_id AND i.first_day < s.after AND (i.until_day IS NULL OR i.until_day >= s.after)) AS idle
  FROM spans s CROSS JOIN (SELECT home_id, count(*) AS rooms FROM rooms GROUP BY home_id) r
) WHERE rooms > less
UNION ALL
SELECT home_id, month, 'bed_rate', 'percent', occupied, beds * days, occupied / days, 0
FROM (
  SELECT h.id AS home_id, s.month, h.beds, s.b - iif(h.opened > s.first_day, CAST(julianday(h.opened) - 2415020.5 AS INTEGER), s.a) AS days,
    (s.b - s.a) * coalesce((SELECT living FROM stay_months y WHERE y.home_id = h.id AND y.month < s.month ORDER BY month DESC LIMIT 1), 0)
    + iif(s.after = s.next_day, coalesce((SELECT more_days FROM stay_months y WHERE y.home_id = h.id AND y.month = s.month), 0),
      coalesce((SELECT sum(CAST(julianday(s.after) - julianday(from_day) AS INTEGER)) FROM stays t WHERE t.home_id = h.id AND t.from_day >= s.first_day AND t.from_day < s.after), 0)
      - coalesce((SELECT sum(CAST(julianday(s.after) - julianday(to_day) AS INTEGER)) FROM stays t WHERE t.home_id = h.id AND t.to_day >= s.first_day AND t.to_day < s.after), 0)) AS occupied
  FROM spans s CROSS JOIN homes h ON h.kind = 'residential' AND h.beds > 0 AND coalesce(h.opened, '') < s.after
  WHERE EXISTS (SELECT 1 FROM stay_months e WHERE e.home_id = h.id AND e.month <= s.month) GROUP BY h.id, s.month
)
UNION ALL
SELECT home_id, month, 'unit_cost', 'yuan_a_day', spent_yuan, served_days, 0, 0 FROM money_served CROSS JOIN clock WHERE spent_yuan > (today IS NULL) AND served_days > (today IS NULL)
UNION ALL
SELECT home_id, month, 'spend_rate', 'percent', spent_fen / 100.0, received_fen / 100.0, 0, 0
FROM (
  SELECT h.id AS home_id, s.month, sum(y.spent_fen) AS spent_fen, sum(y.received_fen) AS received_fen
  FROM (SELECT month, substr(date(first_day, '-11 months'), 1, 7) AS since FROM months) s CROSS JOIN homes h
  CROSS JOIN money_months y ON y.home_id = h.id AND y.month BETWEEN s.since AND s.month GROUP BY h.id, s.month
) WHERE received_fen > 0
