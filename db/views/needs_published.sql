-- What may leave the homes: people with an unmet need by service, in all, by township, by home, and by segment. Each row but the first says
-- of which other it is a part (`part_of`), so that hide_small hides them together. Rows to be summed.
SELECT home_id, round_id, service, 'all' AS cut, 'all' AS part, NULL AS part_of, NULL AS township, NULL AS home,
  NULL AS age_band, NULL AS category, NULL AS level, people, rest, surveyed, would_pay, supply, gap
FROM needs_list
UNION ALL
SELECT c.home_id, c.round_id, c.service, 'township', 'township ' || coalesce(h.township, ''), 'all', coalesce(h.township, '–'), NULL, NULL, NULL, NULL,
  c.people, c.surveyed - c.people, c.surveyed, NULL, NULL, NULL
FROM needs_counts c JOIN homes h ON h.id = c.home_id
UNION ALL
SELECT c.home_id, c.round_id, c.service, 'home', 'home ' || h.id, 'township ' || coalesce(h.township, ''), coalesce(h.township, '–'), h.name, NULL, NULL, NULL,
  c.people, c.surveyed - c.people, c.surveyed, NULL, NULL, NULL
FROM needs_counts c JOIN homes h ON h.id = c.home_id
UNION ALL
SELECT home_id, round_id, service, 'segment', age_band || ' ' || category || ' ' || level, 'all', NULL, NULL, age_band, category, level, people,
  NULL, NULL, NULL, NULL, NULL
FROM needs_segments
