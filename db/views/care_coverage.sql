-- The shifts of a month up to today by duty: places needed and taken. Rows to be summed.
SELECT s.home_id, s.month, s.name AS duty_name, s.needed, s.taken AS places_taken, max(0, s.needed - s.taken) AS lacking
FROM shift_list s CROSS JOIN clock c WHERE s.day <= c.today
