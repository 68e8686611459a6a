-- Who helped whom with what in the last four weeks, and how often.
SELECT c.home_id, c.giver_id, c.receiver_id, c.service, count(*) AS visits
FROM clock CROSS JOIN care_done c ON c.day > date(today, '-28 days') AND c.day <= today
WHERE c.giver_id IS NOT NULL AND c.receiver_id IS NOT NULL
GROUP BY c.home_id, c.giver_id, c.receiver_id, c.service
