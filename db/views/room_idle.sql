-- Rooms that stand idle today, for how many days and why, and what each could become.
SELECT id, home_id, home, room, kind, capacity, floor, step_free, idle_since, days, idle_cause, becomes FROM room_list WHERE room_state = 'stands_idle'
