-- Residents of today whose next visit was due before today, and how many days ago they were last visited (never: since they moved in). What
-- person_visits says of them, found from what is last known: too long ago for the tier, a change since then, or extreme weather.
SELECT home_id, person_id, CAST(julianday(today) - julianday(base) AS INTEGER) AS days
FROM (
  SELECT f.home_id, f.person_id, k.today, k.change, t.late, max(iif(f.event >= s.from_day, f.event, ''), iif(f.level > f.level_before, f.assessed, '')) AS changed,
    max(iif(f.care_visit > k.year, f.care_visit, ''), f.told_visit) AS last,
    iif(max(f.care_visit, f.told_visit) = '' OR f.told_visit = '' AND f.care_visit <= k.year, s.from_day, max(iif(f.care_visit > k.year, f.care_visit, ''), f.told_visit)) AS base
  FROM (SELECT today, date(today, '-1 year') AS year, date(today, '-' || value || ' days') AS change FROM clock CROSS JOIN settings
    WHERE name = 'visit_days_change' LIMIT 1) k
  CROSS JOIN (
    SELECT l.home_id, l.person_id
    FROM (SELECT substr(name, 12) AS tier, max(date(today, '-' || value || ' days'), date(today, '-1 year', '+1 day')) AS late
      FROM clock CROSS JOIN settings WHERE name IN ('visit_days_high', 'visit_days_key', 'visit_days_general') LIMIT 3) t
    CROSS JOIN person_lasts l ON l.risk_tier = t.tier AND l.seen < t.late
    UNION SELECT home_id, person_id FROM person_lasts WHERE changed > seen
    UNION SELECT l.home_id, l.person_id FROM clock CROSS JOIN weather w ON today BETWEEN w.first_day AND w.last_day CROSS JOIN person_lasts l ON l.home_id = w.home_id
  ) n CROSS JOIN person_lasts f ON f.person_id = n.person_id
  CROSS JOIN stays s ON s.person_id = f.person_id AND s.from_day <= k.today AND (s.to_day IS NULL OR s.to_day > k.today)
  CROSS JOIN (SELECT substr(name, 12) AS tier, date(today, '-' || value || ' days') AS late
    FROM clock CROSS JOIN settings WHERE name IN ('visit_days_high', 'visit_days_key', 'visit_days_general') LIMIT 3) t ON t.tier = f.risk_tier
) v
WHERE base < late OR changed > last AND changed < change
  OR EXISTS (SELECT 1 FROM weather w WHERE w.home_id = v.home_id AND v.today BETWEEN w.first_day AND w.last_day AND w.first_day < v.today
    AND date(v.base, '+' || max(1, 7 / w.contacts) || ' days') < v.today)
