-- How long it took until somebody accepted a request, to a quarter of an hour, from a day on to an hour, for each of the thirteen months
-- to a month in which it was asked. Rows to be summed.
SELECT home_id, month, time_month, 1 AS requests, iif(waited < 1440, (waited + 7) / 15 * 15, (waited + 30) / 60 * 60) AS waited_minutes
FROM (
  SELECT q.home_id, m.month, substr(q.asked_at, 1, 7) AS time_month, (unixepoch(q.accepted_at) - unixepoch(q.asked_at)) / 60 AS waited
  FROM months m CROSS JOIN requests q ON substr(q.asked_at, 1, 7) >= (substr(m.month, 1, 4) - 1) || substr(m.month, 5) AND substr(q.asked_at, 1, 7) <= m.month
  WHERE q.accepted_at IS NOT NULL)
