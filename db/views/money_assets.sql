-- Things that were bought, whether lottery money paid for them, and whether such a one still lacks its sign.
SELECT id, home_id, home, asset, pieces, day, signed_day, gone_day, note, spending_id, lottery_paid,
  lottery_paid AND signed_day IS NULL AND gone_day IS NULL AS sign_due
FROM (SELECT a.*, h.name AS home,
    EXISTS (SELECT 1 FROM fund_entries e WHERE e.spending_id = a.spending_id AND e.source = 'lottery') AS lottery_paid
  FROM assets a JOIN homes h ON h.id = a.home_id)
