-- The shifts of a month by duty: places needed and taken. Rows to be summed.
SELECT home_id, month, name AS duty_name, needed, taken AS places_taken, max(0, needed - taken) AS lacking FROM shift_list
