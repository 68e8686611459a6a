-- The queue of a home: those who live alone, in an empty nest or left behind first, then the longest waiting; `because` is what
-- gives somebody the place in the queue, `why` what they wait for, `flag` what whoever decides should know.
SELECT home_id, home, id, person_id, label, age, place, position, because, day, waited,
  CASE WHEN state <> 'approved' THEN state WHEN free <= 0 THEN 'no_place' WHEN turn > free THEN 'others_before' ELSE 'can_move_in' END AS why,
  CASE WHEN age < min_age THEN 'too_young' WHEN final_level > admit_level THEN 'level_high' END AS flag,
  needs_township, reason, state
FROM (
  SELECT *, row_number() OVER (PARTITION BY home_id, place ORDER BY because = 'by_day', day, id) AS position,
    row_number() OVER (PARTITION BY home_id, place, state = 'approved' ORDER BY because = 'by_day', day, id) AS turn
  FROM (
    SELECT a.home_id, f.home, a.application_id AS id, a.person_id, (SELECT label FROM person_labels l WHERE l.id = a.person_id) AS label,
      a.place, a.day, a.state, a.needs_township, a.reason, CAST(julianday(c.today) - julianday(a.day) AS INTEGER) AS waited,
      coalesce((SELECT value FROM json_each(p.categories) WHERE value IN ('alone', 'empty_nest', 'left_behind') LIMIT 1), 'by_day') AS because,
      (SELECT age FROM person_ages g WHERE g.person_id = a.person_id) AS age, h.min_age,
      (SELECT final_level FROM person_levels v WHERE v.person_id = a.person_id) AS final_level,
      (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'admit_level') AS admit_level,
      CASE a.place WHEN 'bed' THEN f.beds - f.beds_taken ELSE f.day_places - f.day_places_taken END AS free
    FROM application_states a CROSS JOIN clock c
    JOIN persons p ON p.id = a.person_id
    JOIN homes h ON h.id = a.home_id
    JOIN home_places f ON f.home_id = a.home_id
    WHERE a.state IN ('wait_village', 'wait_township', 'approved')
  )
)
