-- What was filed for approval: spending, moves and reversals, with what they would draw on and who filed them.
SELECT id AS spending_id, NULL AS move_id, NULL AS reversal_id, home_id, day, fund_id, NULL AS gift_id, amount_fen, filed_by FROM spendings
UNION ALL SELECT NULL, id, NULL, home_id, day, from_fund_id, gift_id, amount_fen, filed_by FROM moves
UNION ALL SELECT NULL, NULL, id, home_id, day, NULL, NULL, 0, filed_by FROM reversals
