-- Residents at the end of the month by sex and five-year band of the age they had then. Rows to be summed: one for each resident.
SELECT l.home_id, m.month, g.age_band, g.sex, 1 AS people
FROM age_groups g CROSS JOIN (SELECT DISTINCT month, last_day, CAST(replace(last_day, '-', '') AS INTEGER) AS night FROM months) m
CROSS JOIN lives l ON l.sex = g.sex AND l.born > m.night - 10000 * g.below AND l.born <= m.night - 10000 * g.least
WHERE l.from_day <= m.last_day AND l.until_day > m.last_day
