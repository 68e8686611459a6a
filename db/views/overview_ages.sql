-- Residents at the end of the month by sex and five-year band of the age they had then.
WITH nights AS MATERIALIZED (SELECT month, last_day, CAST(replace(last_day, '-', '') AS INTEGER) AS night FROM months)
SELECT home_id, month,
  CASE band WHEN 55 THEN '<60' WHEN 90 THEN '90+' ELSE coalesce(band || '-' || (band + 4), '?') END AS age_band,
  sex, people
FROM (
  SELECT s.home_id, m.month, coalesce(l.sex, 'unknown') AS sex, max(55, min(90, (m.night - l.born) / 50000 * 5)) AS band, count(*) AS people
  FROM nights m CROSS JOIN stays s INDEXED BY stays_living ON s.from_day <= m.last_day AND (s.to_day IS NULL OR s.to_day > m.last_day)
  CROSS JOIN person_lasts l ON l.person_id = s.person_id
  GROUP BY s.home_id, m.month, sex, band
)
