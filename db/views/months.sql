-- The last twenty years, month by month, half-open: first_day <= day < next_day; last_day is the last one there has been.
WITH RECURSIVE back(n, today, first_day) AS (
  SELECT 0, today, date(today, 'start of month') FROM clock
  UNION ALL SELECT n + 1, today, date(first_day, '-1 month') FROM back WHERE n < 240
)
SELECT substr(first_day, 1, 7) AS month, first_day, date(first_day, '+1 month') AS next_day,
  min(date(first_day, '+1 month', '-1 day'), today) AS last_day
FROM back
