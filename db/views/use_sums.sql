-- What the rooms of a home were used for and open, by month: hours, days on which a room stood empty, and rooms. Not by WHERE, as in open_sums.
SELECT home_id, month, iif(rooms > 0, used / 60.0, NULL) AS used, open / 60.0 AS open, iif(rooms > 0, max(0, due - days), NULL) AS vacant, rooms FROM home_use
