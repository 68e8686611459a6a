-- Residents of today whose next visit was due before today, and how many days ago they were last visited (never: since they moved in). What
-- person_visits says of them, found from what is last known: too long ago for the tier; else a change since then, or extreme weather.
WITH tiers AS MATERIALIZED (
  SELECT substr(name, 12) AS tier, today, date(today, '-1 year') AS year, date(today, '-' || value || ' days') AS late,
    date(today, '-' || (SELECT value FROM settings WHERE name = 'visit_days_change') || ' days') AS change
  FROM clock CROSS JOIN settings WHERE name IN ('visit_days_high', 'visit_days_key', 'visit_days_general')
)
SELECT l.home_id, l.person_id,
  CAST(julianday(t.today) - julianday(coalesce(nullif(max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit), ''), s.from_day)) AS INTEGER) AS days
FROM tiers t CROSS JOIN person_lasts l ON l.risk_tier = t.tier AND l.seen <= max(t.late, t.year)
CROSS JOIN stays s ON s.person_id = l.person_id AND s.from_day <= t.today AND (s.to_day IS NULL OR s.to_day > t.today)
WHERE coalesce(nullif(max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit), ''), s.from_day) < t.late
UNION ALL
SELECT home_id, person_id, CAST(julianday(today) - julianday(base) AS INTEGER)
FROM (
  SELECT l.home_id, l.person_id, t.today, t.change, t.late, max(iif(l.event >= s.from_day, l.event, ''), iif(l.level > l.level_before, l.assessed, '')) AS changed,
    max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit) AS last,
    coalesce(nullif(max(iif(l.care_visit > t.year, l.care_visit, ''), l.told_visit), ''), s.from_day) AS base
  FROM (
    SELECT person_id FROM person_lasts WHERE changed > seen
    UNION SELECT l.person_id FROM clock CROSS JOIN weather w ON today BETWEEN w.first_day AND w.last_day CROSS JOIN person_lasts l ON l.home_id = w.home_id
  ) n CROSS JOIN person_lasts l ON l.person_id = n.person_id CROSS JOIN tiers t ON t.tier = l.risk_tier
  CROSS JOIN stays s ON s.person_id = l.person_id AND s.from_day <= t.today AND (s.to_day IS NULL OR s.to_day > t.today)
) v
WHERE base >= late AND (changed > last AND changed < change
  OR EXISTS (SELECT 1 FROM weather w WHERE w.home_id = v.home_id AND v.today BETWEEN w.first_day AND w.last_day AND w.first_day < v.today
    AND date(v.base, '+' || max(1, 7 / w.contacts) || ' days') < v.today))
