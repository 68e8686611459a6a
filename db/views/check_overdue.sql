-- Safety checks that are due again: of each home and kind the last one, where that is too long ago.
SELECT home_id, kind, 'check_due' AS matter, 2 AS rank, day
FROM safety_lasts WHERE day < (SELECT date(today, '-' || value || ' days') FROM clock CROSS JOIN settings WHERE name = 'safety_days')
