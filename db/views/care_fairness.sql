-- How evenly the care of a month is spread over those of a home who gave any: the hours of who gave most and least, and Gini
-- (0 where all give alike, near 1 where one gives everything): the differences of every two over the sum of every two. Not to be summed.
SELECT home_id, month, (SELECT name FROM homes h WHERE h.id = home_id) AS home, helpers, most / 60.0 AS most_hours, least / 60.0 AS least_hours,
  (most - least) / 60.0 AS apart, differences / (2.0 * sums) AS gini
FROM (
  SELECT a.home_id, a.month, count(DISTINCT a.person) AS helpers, max(a.given) AS most, min(a.given) AS least,
    sum(abs(a.given - b.given)) AS differences, sum(a.given) AS sums
  FROM care_people a JOIN care_people b ON b.home_id = a.home_id AND b.month = a.month AND b.given > 0 AND b.person NOT LIKE '?%'
  WHERE a.given > 0 AND a.person NOT LIKE '?%'
  GROUP BY a.home_id, a.month
)
