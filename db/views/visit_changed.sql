-- Other residents whose next visit was due before today, and for how many days they were not seen: a change since then, extreme weather, or,
-- where the day on which they leave is known, too long ago for their tier.
WITH tiers AS MATERIALIZED (
  SELECT substr(name, 12) AS tier, today, date(today, '-1 year') AS year, date(today, '-' || value || ' days') AS late,
    date(today, '-' || (SELECT value FROM settings WHERE name = 'visit_days_change') || ' days') AS change
  FROM clock CROSS JOIN settings WHERE name IN ('visit_days_high', 'visit_days_key', 'visit_days_general')
)
SELECT home_id, person_id, 'not_seen' AS matter, 1 AS rank, CAST(julianday(today) - julianday(base) AS INTEGER) AS days
FROM (
  SELECT l.home_id, l.person_id, s.to_day, t.today, t.change, t.late,
    max(iif(l.event >= s.from_day, l.event, ''), iif(l.level > l.level_before, l.assessed, '')) AS changed,
    max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit) AS last,
    coalesce(nullif(max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit), ''), s.from_day) AS base
  FROM (
    SELECT person_id FROM person_lasts WHERE changed > seen
    UNION SELECT s.person_id FROM clock CROSS JOIN stays s ON s.to_day > today
    UNION SELECT l.person_id FROM clock CROSS JOIN weather w ON today BETWEEN w.first_day AND w.last_day CROSS JOIN person_lasts l ON l.home_id = w.home_id AND l.since IS NOT NULL
  ) n CROSS JOIN person_lasts l ON l.person_id = n.person_id CROSS JOIN tiers t ON t.tier = l.risk_tier
  CROSS JOIN stays s ON s.person_id = l.person_id AND s.from_day <= t.today AND (s.to_day IS NULL OR s.to_day > t.today)
) v
WHERE iif(base < late, to_day IS NOT NULL, changed > last AND changed < change
  OR EXISTS (SELECT 1 FROM weather w WHERE w.home_id = v.home_id AND v.today BETWEEN w.first_day AND w.last_day AND w.first_day < v.today
    AND date(v.base, '+' || max(1, 7 / w.contacts) || ' days') < v.today))
