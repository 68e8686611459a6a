-- Residents at the end of the month by sex and five-year band of the age they had then.
SELECT home_id, month,
  CASE band WHEN 55 THEN '<60' WHEN 90 THEN '90+' ELSE coalesce(band || '-' || (band + 4), '?') END AS age_band,
  sex, people
FROM (
  SELECT r.home_id, r.month, coalesce(p.sex, 'unknown') AS sex,
    max(55, min(90, (CAST(substr(r.last_day, 1, 4) AS INTEGER) - CAST(substr(p.birth_day, 1, 4) AS INTEGER)
      - (substr(r.last_day, 6) < substr(p.birth_day, 6))) / 5 * 5)) AS band,
    count(*) AS people
  FROM residents r JOIN persons p ON p.id = r.person_id
  GROUP BY r.home_id, r.month, sex, band
)
