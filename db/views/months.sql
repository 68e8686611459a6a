-- The last twenty years, month by month, half-open: first_day <= day < next_day.
WITH RECURSIVE back(n, first_day) AS (
  SELECT 0, date(today, 'start of month') FROM clock
  UNION ALL SELECT n + 1, date(first_day, '-1 month') FROM back WHERE n < 240
)
SELECT substr(first_day, 1, 7) AS month, first_day, date(first_day, '+1 month') AS next_day FROM back
