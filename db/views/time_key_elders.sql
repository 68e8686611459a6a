-- Key elders (重点老人): 80 and older and living alone, in hardship, or disabled. They earn no time; the pool grants it.
SELECT p.home_id, p.id AS person_id FROM persons p, clock
WHERE EXISTS (SELECT 1 FROM json_each(p.categories) WHERE value IN ('destitute', 'low_income', 'severe_disability', 'disabled')
    OR value = 'alone' AND date(p.birth_day, '+80 years') <= today)
