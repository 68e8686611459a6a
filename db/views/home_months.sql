-- The first and the last month of which a home has any record of care or gifts.
SELECT h.id AS home_id,
  min(coalesce((SELECT min(month) FROM care_people WHERE home_id = h.id), '9999'),
      coalesce((SELECT substr(min(day), 1, 7) FROM gifts WHERE home_id = h.id), '9999'), substr(c.today, 1, 7)) AS first_month,
  nullif(max(coalesce((SELECT max(month) FROM care_people WHERE home_id = h.id), ''),
             coalesce((SELECT substr(max(day), 1, 7) FROM gifts WHERE home_id = h.id), '')), '') AS last_month
FROM homes h CROSS JOIN clock c
