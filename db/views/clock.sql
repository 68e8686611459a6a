-- Today in China, or the day that the setting `today` holds.
SELECT coalesce((SELECT value FROM settings WHERE name = 'today' AND value <> ''), date('now', '+8 hours')) AS today
