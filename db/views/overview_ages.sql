-- Residents at the end of the month by five-year age band and sex.
SELECT r.home_id, r.month,
  CASE WHEN r.age IS NULL THEN '?' WHEN r.age < 60 THEN '<60' WHEN r.age >= 90 THEN '90+'
    ELSE (r.age / 5 * 5) || '-' || (r.age / 5 * 5 + 4) END AS age_band,
  coalesce(p.sex, 'unknown') AS sex, count(*) AS people
FROM residents r JOIN persons p ON p.id = r.person_id
GROUP BY r.home_id, r.month, age_band, p.sex
