-- The requests of a month as rows to be summed: how many, how many somebody accepted, and the minutes until then.
SELECT home_id, substr(asked_at, 1, 7) AS month, 1 AS requests, accepted_at IS NOT NULL AS accepted,
  coalesce(CAST(round((julianday(accepted_at) - julianday(asked_at)) * 1440) AS INTEGER), 0) AS waited_minutes
FROM requests
