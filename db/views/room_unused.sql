-- Rooms that stand idle today, and since when.
SELECT home_id, id, room, 'room_idle' AS matter, 3 AS rank, idle_since AS day
FROM rooms WHERE idle_since IS NOT NULL AND (last_day IS NULL OR last_day >= (SELECT today FROM clock))
