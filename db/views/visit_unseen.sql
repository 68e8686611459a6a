-- Residents with no end of their stay in sight who were not seen for longer than their tier allows, and for how many days: since the last visit
-- of the year by any channel, or since they moved in. Home by home, so that counting them sorts nothing.
WITH tiers AS MATERIALIZED (
  SELECT substr(name, 12) AS tier, today, date(today, '-1 year') AS year, date(today, '-' || value || ' days') AS late
  FROM clock CROSS JOIN settings WHERE name IN ('visit_days_high', 'visit_days_key', 'visit_days_general')
)
SELECT h.id AS home_id, l.person_id, 'not_seen' AS matter, 1 AS rank,
  CAST(julianday(t.today) - julianday(coalesce(nullif(max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit), ''), l.since)) AS INTEGER) AS days
FROM homes h CROSS JOIN tiers t CROSS JOIN person_lasts l INDEXED BY person_lasts_seen
  ON l.home_id = h.id AND l.risk_tier = t.tier AND l.seen <= max(t.late, t.year) AND l.since <= t.today
WHERE coalesce(nullif(max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit), ''), l.since) < t.late
