-- When each resident of today was last visited, and how many days ago; never visited counts from moving in.
SELECT home_id, person_id, risk_tier, last_visit, CAST(julianday(today) - julianday(coalesce(last_visit, from_day)) AS INTEGER) AS days
FROM (
  SELECT s.home_id, s.person_id, p.risk_tier, s.from_day, c.today,
    (SELECT max(day) FROM care_logs l WHERE l.receiver_id = s.person_id AND l.service = 'visit' AND l.day > date(c.today, '-1 year')) AS last_visit
  FROM clock c JOIN stays s ON s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
  JOIN persons p ON p.id = s.person_id
)
