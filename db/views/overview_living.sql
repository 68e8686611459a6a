-- Residents at the end of the month by category (several at once are possible), 80 and over counted from the birth date.
SELECT r.home_id, r.month, j.value AS category, count(*) AS people
FROM residents r JOIN persons p ON p.id = r.person_id, json_each(p.categories) j
GROUP BY r.home_id, r.month, j.value
UNION ALL
SELECT r.home_id, r.month, 'aged_80', count(*)
FROM residents r JOIN person_ages p ON p.person_id = r.person_id AND p.age >= 80
GROUP BY r.home_id, r.month
