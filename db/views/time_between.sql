-- Which home owes another hours: what its people sent there (gifts to relatives, moves), less what came from there; reversals are taken off.
-- Each pair stands here from both sides, the one with the sign of the other turned; none where they are even.
SELECT x.home_id, x.across_home_id AS other_id, (SELECT name FROM homes h WHERE h.id = x.home_id) AS home, (SELECT name FROM homes h WHERE h.id = x.across_home_id) AS other_home,
  sum(iif(r.kind = 'clearing', x.minutes, -x.minutes)) / 60.0 AS owed_hours, count(*) AS transfers
FROM transfers x JOIN time_accounts r ON r.id = x.receiver_id WHERE x.across_home_id IS NOT NULL
GROUP BY x.home_id, x.across_home_id HAVING sum(iif(r.kind = 'clearing', x.minutes, -x.minutes)) <> 0
