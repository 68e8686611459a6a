-- The needs list (互助养老需求清单): for each round and service how many people lack it, how many could give it, and the gap in their own home.
-- people are those with an unmet need (2 or 3, not received), rest are the others who were asked; supply is who said so in the survey, and whoever
-- the register knows of and the round did not ask. DISTINCT, so that SQLite counts those once a home; the + keeps it from trying every home for
-- every home. Rows to be summed.
SELECT home_id, township, home, round_id, service, people, surveyed - people AS rest, surveyed, would_pay, supply, max(0, people - supply) AS gap
FROM (
  SELECT x.home_id, x.township, x.home, x.round_id, c.service, c.people, c.surveyed, c.would_pay,
    c.supply + coalesce(json_extract(x.known, '$.' || c.service), 0) AS supply
  FROM (
    SELECT DISTINCT h.id AS home_id, h.township, h.name AS home, r.id AS round_id, (
      SELECT json_group_object(service, people) FROM (
        SELECT j.value AS service, count(*) AS people FROM needs_givers g CROSS JOIN json_each(g.gives) j
        WHERE g.home_id = h.id
          AND NOT EXISTS (SELECT 1 FROM surveys u WHERE u.person_id = g.person_id AND u.round_id = r.id AND u.finished = 1)
        GROUP BY j.value)) AS known
    FROM homes h CROSS JOIN survey_rounds r
  ) x CROSS JOIN needs_counts c ON c.round_id = x.round_id AND c.home_id = +x.home_id
)
