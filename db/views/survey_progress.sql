-- How far each round is in each home: today's residents whose survey is done, half, or not begun. Rows to be summed.
SELECT home_id, round_id, done, half, residents - done - half AS not_begun
FROM (
  SELECT s.home_id, r.id AS round_id, count(*) AS residents, count(CASE WHEN u.finished = 1 THEN 1 END) AS done,
    count(CASE WHEN u.finished = 0 THEN 1 END) AS half
  FROM survey_rounds r CROSS JOIN clock c
  JOIN stays s ON s.from_day <= c.today AND (s.to_day IS NULL OR s.to_day > c.today)
  LEFT JOIN surveys u ON u.round_id = r.id AND u.person_id = s.person_id
  GROUP BY s.home_id, r.id
)
