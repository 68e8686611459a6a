-- Each figure of a month beside the same figure of the month before.
SELECT home_id, month, figure, unit, top, bottom, people, rest,
  NULL AS top_before, NULL AS bottom_before, 0 AS people_before, 0 AS rest_before
FROM overview_figures
UNION ALL
SELECT home_id, substr(date(month || '-01', '+1 month'), 1, 7), figure, unit, NULL, NULL, 0, 0, top, bottom, people, rest
FROM overview_figures
