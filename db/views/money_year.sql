-- What came in and was spent in the twelve months to the one chosen: from its source, through what it is bound to, to what it was spent on.
WITH bound AS MATERIALIZED (
  SELECT id, kind, CASE WHEN kind = 'general' THEN 'freely' WHEN json_array_length(purposes) = 1 THEN purposes ->> 0 ELSE 'several' END AS bound_to
  FROM funds
)
SELECT +y.home_id AS home_id, m.month, y.month AS flow_month, y.source, b.kind, b.bound_to, nullif(y.purpose, '') AS spent_on,
  y.received_fen / 100.0 AS received_yuan, y.spent_fen / 100.0 AS spent_yuan, y.returned_fen / 100.0 AS returned_yuan
FROM (SELECT month, substr(date(first_day, '-11 months'), 1, 7) AS since FROM months) m
CROSS JOIN fund_months y ON y.month BETWEEN m.since AND m.month CROSS JOIN bound b ON b.id = y.fund_id
