-- How evenly the care of a month is spread over those of a home who gave any: the hours of who gave most and least, and Gini
-- (0 where all give alike, near 1 where one gives everything). Not to be summed.
SELECT home_id, month, (SELECT name FROM homes h WHERE h.id = home_id) AS home, helpers, most / 60.0 AS most_hours, least / 60.0 AS least_hours,
  (most - least) / 60.0 AS apart, 2.0 * ranked / (helpers * total) - (helpers + 1.0) / helpers AS gini
FROM (
  SELECT home_id, month, count(*) AS helpers, max(given) AS most, min(given) AS least, sum(given) AS total, sum(turn * given) AS ranked
  FROM (
    SELECT home_id, month, given, row_number() OVER (PARTITION BY home_id, month ORDER BY given) AS turn
    FROM care_people WHERE given > 0 AND person NOT LIKE '?%'
  )
  GROUP BY home_id, month
)
