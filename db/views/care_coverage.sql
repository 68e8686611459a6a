-- The shifts of a month up to today by duty: places needed and taken; what is to come may still be filled. Rows to be summed.
SELECT home_id, month, name AS duty_name, needed, taken AS places_taken, max(0, needed - taken) AS lacking
FROM shift_list WHERE day <= (SELECT today FROM clock)
