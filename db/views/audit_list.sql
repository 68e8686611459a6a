-- The last changes, newest first; what they changed stays in the table.
SELECT id, at, actor, relation, row_id, action FROM audit ORDER BY id DESC LIMIT 500
