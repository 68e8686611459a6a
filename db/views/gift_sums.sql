-- Money received by home and month.
SELECT home_id, month, received_fen / 100.0 AS yuan FROM money_months WHERE received_fen > 0
