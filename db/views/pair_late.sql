-- Residents of today whose pair was to meet more often in this week, and how many contacts are missing; home by home.
SELECT b.home_id, b.elder_id AS person_id, 'pair_behind' AS matter, 3 AS rank, b.behind AS days
FROM (
  SELECT home_id, elder_id, max(behind) AS behind FROM (SELECT DISTINCT home_id, elder_id, behind FROM pair_behind)
  GROUP BY home_id, elder_id HAVING max(behind) > 0
) b CROSS JOIN clock
WHERE EXISTS (SELECT 1 FROM person_lasts l WHERE l.person_id = b.elder_id AND l.home_id = b.home_id AND l.since <= today)
  OR EXISTS (SELECT 1 FROM stays s INDEXED BY stays_by_person WHERE s.person_id = b.elder_id AND s.home_id = b.home_id
    AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today))
