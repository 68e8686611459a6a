-- How long it took until somebody accepted a request, to a quarter of an hour, by the month in which it was asked. Rows to be summed.
SELECT home_id, substr(asked_at, 1, 7) AS month, CAST(round((julianday(accepted_at) - julianday(asked_at)) * 96) AS INTEGER) * 15 AS waited_minutes, 1 AS requests
FROM requests WHERE accepted_at IS NOT NULL
