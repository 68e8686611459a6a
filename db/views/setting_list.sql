-- The settings that an administrator may change.
SELECT id, name, value FROM settings WHERE name <> 'demo'
