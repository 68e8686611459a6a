-- What the rooms of a home are used for by month, in the shape of overview_figures: top over bottom, or top where bottom is 0. What nobody
-- wrote down in a month has no figure of it: a zero is a zero. Only the beds tell of people.
SELECT home_id, month, 'open_rate' AS figure, 'percent' AS unit, open_days AS top, due_days AS bottom, 0 AS people, 0 AS rest FROM open_sums WHERE due_days IS NOT NULL
UNION ALL
SELECT home_id, month, 'used_rate', 'percent', used, open, 0, 0 FROM use_sums WHERE rooms > 0
UNION ALL
SELECT home_id, month, 'vacant_days', 'days_a_room', vacant, rooms, 0, 0 FROM use_sums WHERE rooms > 0
UNION ALL
SELECT home_id, month, 'gatherings', 'times', gatherings, 0, 0, 0 FROM room_sums WHERE gatherings IS NOT NULL
UNION ALL
SELECT home_id, month, 'day_visitors', 'people_a_day', visitors, visitor_days, 0, 0 FROM room_sums WHERE visitors IS NOT NULL
UNION ALL
SELECT home_id, month, 'meals', 'times', meals, 0, 0, 0 FROM room_sums WHERE meals IS NOT NULL
UNION ALL
SELECT home_id, month, 'person_times', 'times', person_times, 0, 0, 0 FROM room_sums WHERE person_times IS NOT NULL
UNION ALL
SELECT home_id, month, 'idle_rate', 'percent', idle, rooms, 0, 0 FROM room_sums WHERE rooms > 0
UNION ALL
SELECT home_id, month, 'bed_rate', 'percent', occupied, nights, people, 0 FROM bed_sums
UNION ALL
SELECT home_id, month, 'unit_cost', 'yuan_a_day', spent, served_days, 0, 0 FROM cost_sums WHERE spent IS NOT NULL
UNION ALL
SELECT home_id, month, 'spend_rate', 'percent', year_spent, year_received, 0, 0 FROM cost_sums WHERE year_received IS NOT NULL
