-- The frozen lines of every disclosure, in their order.
SELECT home_id, disclosure_id, line, side, day, number, about, who, fund, amount_fen, amount_fen / 100.0 AS yuan, item, quantity FROM disclosed
