-- The money that lies in each fund, gift by gift, in the order in which it is drawn on, and since when.
SELECT l.home_id, l.fund_id, l.gift_id, g.donor, l.source, min(l.lot_day) AS day, sum(l.left_fen) / 100.0 AS left_yuan, min(l.turn) AS turn
FROM open_lots l JOIN gifts g ON g.id = l.gift_id GROUP BY l.fund_id, l.gift_id
