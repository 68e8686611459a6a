-- What the rooms of a home were used for and open, by month: hours, days on which a room stood empty, and rooms.
SELECT home_id, month, used / 60.0 AS used, open / 60.0 AS open, max(0, due - days) AS vacant, rooms FROM home_use WHERE rooms > 0
