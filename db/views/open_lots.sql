-- What lies in a fund, in the order in which it is drawn on: the oldest gift first, or the newest (setting gift_order).
SELECT l.home_id, l.fund_id, l.gift_id, l.lot_day, l.left_fen, g.source,
  julianday(g.day) * CASE (SELECT value FROM settings WHERE name = 'gift_order') WHEN 'newest_first' THEN -1 ELSE 1 END AS turn
FROM gift_lots l JOIN gifts g ON g.id = l.gift_id WHERE l.left_fen > 0
