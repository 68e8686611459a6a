-- Each resident of a home at the end of a month with the minutes given and received and the visits of that month, by any channel.
SELECT r.home_id, r.month, r.person_id, coalesce(c.given, 0) AS given, coalesce(c.received, 0) AS received,
  coalesce(c.visits, 0) + (SELECT count(*) FROM visits v INDEXED BY visits_unlogged WHERE v.person_id = r.person_id AND v.log_id IS NULL
    AND v.day BETWEEN r.month || '-01' AND r.last_day) AS visits
FROM residents r
LEFT JOIN care_people c ON c.home_id = r.home_id AND c.month = r.month AND c.person = CAST(r.person_id AS TEXT)
