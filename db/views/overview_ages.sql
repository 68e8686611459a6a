-- Residents at the end of the month by five-year age band and sex.
SELECT r.home_id, r.month,
  CASE WHEN p.birth_day IS NULL THEN '?' WHEN p.age < 60 THEN '<60' WHEN p.age >= 90 THEN '90+'
    ELSE (p.age / 5 * 5) || '-' || (p.age / 5 * 5 + 4) END AS age_band,
  coalesce(p.sex, 'unknown') AS sex, count(*) AS people
FROM residents r JOIN person_ages p ON p.person_id = r.person_id
GROUP BY r.home_id, r.month, age_band, p.sex
