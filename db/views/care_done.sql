-- The care that counts: all entries of the log but those that were undone.
SELECT * FROM care_logs WHERE undone_at IS NULL
