-- Days on which a home was open and was to be, by month, where anything was written down of it. Not by WHERE, which would reckon them twice.
SELECT home_id, month, iif(days_with_entries > 0 AND due_days > 0, open_days, NULL) AS open_days, iif(days_with_entries > 0 AND due_days > 0, due_days, NULL) AS due_days
FROM home_open
