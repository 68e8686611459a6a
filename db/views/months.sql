-- The last twenty years, month by month, half-open: first_day <= day < next_day; last_day is the last one there has been.
-- Each row is made whole from the one after it, so that whatever joins months does not reckon a day anew for every row.
WITH RECURSIVE back(n, month, first_day, next_day, last_day) AS (
  SELECT 0, substr(today, 1, 7), date(today, 'start of month'), date(today, 'start of month', '+1 month'), today FROM clock
  UNION ALL SELECT n + 1, substr(date(first_day, '-1 month'), 1, 7), date(first_day, '-1 month'), first_day, date(first_day, '-1 day') FROM back WHERE n < 240
)
SELECT month, first_day, next_day, last_day FROM back
