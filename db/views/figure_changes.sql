-- Who lives in a home tonight but will not in the last night of this month (1), or the other way round (-1), with what is known of them in it:
-- by this the month that runs differs from figure_months, which goes by the last night.
SELECT t.home_id, t.month, t.person_id, t.sign,
  EXISTS (SELECT 1 FROM care_people c WHERE c.home_id = t.home_id AND c.month = t.month AND c.person = CAST(t.person_id AS TEXT) AND c.visits > 0)
    OR EXISTS (SELECT 1 FROM told_visits v WHERE v.person_id = t.person_id AND v.day BETWEEN t.month AND t.month || '-32') AS visited,
  EXISTS (SELECT 1 FROM care_people c WHERE c.home_id = t.home_id AND c.month = t.month AND c.person = CAST(t.person_id AS TEXT)
    AND c.given > 0 AND c.received > 0) AS mutual
FROM (
  SELECT s.home_id, substr(today, 1, 7) AS month, s.person_id, 1 AS sign
  FROM clock CROSS JOIN stays s ON s.to_day > today AND s.to_day < substr(today, 1, 7) || '-32' AND s.from_day <= today
  UNION ALL
  SELECT s.home_id, substr(today, 1, 7), s.person_id, -1
  FROM clock CROSS JOIN stays s ON s.from_day > today AND s.from_day < substr(today, 1, 7) || '-32' AND (s.to_day IS NULL OR s.to_day > substr(today, 1, 7) || '-32')
) t
