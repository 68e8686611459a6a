-- When each resident of today was last visited by any channel, how many days ago (never visited counts from moving in), and by which day
-- the next visit is due: by the tier; a day after a change, which is a risk event or a fall in level since then; more often in extreme weather.
-- The window keeps SQLite from asking for each day again wherever it is named, and lets it pass on the home and the person asked for.
SELECT home_id, person_id, risk_tier, last_visit, CAST(julianday(today) - julianday(coalesce(last_visit, from_day)) AS INTEGER) AS days,
  change_day, hazard, visit_by,
  CASE visit_by WHEN tier_by THEN CASE WHEN last_visit IS NULL THEN 'visit_never' ELSE 'visit_tier' END
    WHEN change_by THEN 'visit_change' ELSE 'visit_weather' END AS visit_reason
FROM (
  SELECT *, min(tier_by, coalesce(change_by, tier_by), coalesce(weather_by, tier_by)) AS visit_by
  FROM (
    SELECT *, date(coalesce(last_visit, from_day), '+' || tier_days || ' days') AS tier_by,
      CASE WHEN change_day > coalesce(last_visit, '') THEN date(change_day, '+' || change_days || ' days') END AS change_by,
      (SELECT min(max(w.first_day, date(coalesce(last_visit, x.from_day), '+' || max(1, 7 / w.contacts) || ' days')))
       FROM weather w WHERE w.home_id = x.home_id AND x.today BETWEEN w.first_day AND w.last_day) AS weather_by
    FROM (
      SELECT s.home_id, s.person_id, f.risk_tier, s.from_day, c.today, t.value AS tier_days, row_number() OVER (PARTITION BY s.home_id, s.person_id) AS turn,
        (SELECT value FROM settings WHERE name = 'visit_days_change') AS change_days,
        nullif(max(iif(f.care_visit > date(c.today, '-1 year'), f.care_visit, ''), f.told_visit), '') AS last_visit,
        nullif(max(iif(f.event >= s.from_day, f.event, ''), iif(f.level > f.level_before, f.assessed, '')), '') AS change_day,
        (SELECT hazard FROM weather w WHERE w.home_id = s.home_id AND c.today BETWEEN w.first_day AND w.last_day ORDER BY contacts DESC, id LIMIT 1) AS hazard
      FROM clock c JOIN stays s ON s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
      JOIN person_lasts f ON f.person_id = s.person_id JOIN settings t ON t.name = 'visit_days_' || f.risk_tier
    ) x
  )
)
