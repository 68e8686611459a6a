-- What a meter of a home used up, by the month in which it was read; a new meter's first reading tells of no use.
SELECT home_id, month, meter, sum(step) AS used, max(day) AS read_on
FROM (
  SELECT home_id, substr(day, 1, 7) AS month, meter, day,
    iif(new_meter = 1 OR reading < lag(reading) OVER meters, NULL, reading - lag(reading) OVER meters) AS step
  FROM meter_readings WINDOW meters AS (PARTITION BY home_id, meter ORDER BY day)
) GROUP BY home_id, month, meter
