-- What each funder gave, and what was spent and given back of it, day by day: for what it was given, and on what it was spent.
SELECT e.home_id, e.day, g.donor, coalesce(g.purpose, 'freely') AS given_for, nullif(e.purpose, '') AS spent_on,
  iif(e.kind = 'gift', e.amount_fen, 0) / 100.0 AS given_yuan, iif(e.kind = 'spending', -e.amount_fen, 0) / 100.0 AS spent_yuan,
  iif(e.kind = 'refund', -e.amount_fen, 0) / 100.0 AS returned_yuan
FROM gifts g JOIN fund_entries e ON e.gift_id = g.id WHERE e.kind <> 'moved'
