-- Today in China and the minute of the day; the settings `today` and `minute` say others, for demos and tests.
SELECT coalesce((SELECT value FROM settings WHERE name = 'today' AND value <> ''), date('now', '+8 hours')) AS today,
  coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'minute' AND value <> ''),
    CAST(strftime('%H', 'now', '+8 hours') AS INTEGER) * 60 + CAST(strftime('%M', 'now', '+8 hours') AS INTEGER)) AS minute
