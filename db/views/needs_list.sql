-- The needs list (互助养老需求清单): for each round and service how many people lack it, how many could give it, and the gap in their own home.
-- people are those with an unmet need (2 or 3, not received), rest are the others who were asked; supply is who said so in the survey, and whoever
-- the register knows of and the round did not ask. DISTINCT, so that SQLite counts the supply once a row. Rows to be summed.
SELECT home_id, township, home, round_id, service, people, surveyed - people AS rest, surveyed, would_pay, supply, max(0, people - supply) AS gap
FROM (
  SELECT DISTINCT c.home_id, h.township, h.name AS home, c.round_id, c.service, c.people, c.surveyed, c.would_pay,
    c.supply + (SELECT count(*) FROM persons p WHERE p.home_id = c.home_id AND p.gives <> '[]' AND instr(p.gives, '"' || c.service || '"')
      AND NOT EXISTS (SELECT 1 FROM surveys u WHERE u.person_id = p.id AND u.round_id = c.round_id AND u.finished = 1)) AS supply
  FROM needs_counts c JOIN homes h ON h.id = c.home_id
)
