-- How well each week of a home is covered: places, people on them, who did not come, refusals that were let pass.
SELECT s.home_id, s.monday, sum(s.needed) AS needed,
  sum(min(s.needed, (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0))) AS taken,
  sum((SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done = 0)) AS missed,
  sum((SELECT count(*) FROM overrides o WHERE o.shift_id = s.id)) AS overridden
FROM shifts s
WHERE NOT EXISTS (SELECT 1 FROM requests q WHERE q.id = s.request_id AND q.closed = 'withdrawn')
GROUP BY s.home_id, s.monday
