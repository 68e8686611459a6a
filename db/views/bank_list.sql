-- The lines of the bank's statement, which gift or spending each is; one whose voucher was refused is unmatched again.
SELECT b.home_id, substr(b.day, 1, 7) AS month, b.id, b.day, h.name AS home, b.amount_fen, b.amount_fen / 100.0 AS yuan, b.counterpart,
  b.balance_fen / 100.0 AS balance_yuan, b.note, b.gift_id, b.spending_id,
  b.gift_id IS NULL AND (b.spending_id IS NULL OR a.outcome IN ('refused', 'withdrawn')) AS unmatched
FROM bank_lines b JOIN homes h ON h.id = b.home_id LEFT JOIN approvals a ON a.spending_id = b.spending_id
