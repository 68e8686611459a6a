-- Days on which a home was open and was to be, by month, where anything was written down of it.
SELECT home_id, month, open_days, due_days FROM home_open WHERE days_with_entries > 0 AND due_days > 0
