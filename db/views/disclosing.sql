-- What the books say of a home's months, a line for each gift, spending and thing in kind. Of a person's name the public gets the first character.
WITH named AS NOT MATERIALIZED (
  SELECT *, CASE WHEN donor IS NULL OR anonymous THEN NULL
    WHEN source = 'individual' OR source IN ('family', 'filial') AND (length(name) <= 4 OR name GLOB '*[·•]*' OR name NOT GLOB '*[㐀-鿿]*')
      THEN substr(name, 1, 1) || '**' ELSE donor END AS who
  FROM (SELECT *, substr(donor, instr(donor, ' ') + 1) AS name FROM gifts)
)
SELECT e.home_id, substr(min(e.day), 1, 7) AS month, CASE e.kind WHEN 'gift' THEN 'income' ELSE 'given_back' END AS side, min(e.day) AS day,
  NULL AS number, e.source AS about, g.who,
  f.fund, sum(e.amount_fen) * CASE e.kind WHEN 'gift' THEN 1 ELSE -1 END AS amount_fen, NULL AS item, NULL AS quantity
FROM fund_entries e JOIN named g ON g.id = e.gift_id JOIN funds f ON f.id = e.fund_id WHERE e.kind IN ('gift', 'refund')
GROUP BY e.gift_id, e.kind, e.fund_id, substr(e.day, 1, 7), e.move_id, e.kind = 'refund' AND e.reversal_id IS NOT NULL HAVING sum(e.amount_fen) <> 0
UNION ALL
SELECT e.home_id, substr(e.day, 1, 7), 'spent', e.day, p.number, e.purpose,
  CASE WHEN length(s.payee) <= 3 OR length(s.payee) = 4 AND s.payee NOT GLOB '???[厂场店铺站局司所馆班坊校院部]' OR s.payee GLOB '*[·•]*'
    OR s.payee NOT GLOB '*[㐀-鿿]*' THEN substr(s.payee, 1, 1) || '**' ELSE s.payee END, -- a name of four is a person's unless it ends like a shop's
  f.fund, -sum(e.amount_fen), NULL, NULL
FROM fund_entries e JOIN spendings s ON s.id = e.spending_id JOIN funds f ON f.id = e.fund_id
JOIN papers p ON CASE WHEN e.reversal_id IS NULL THEN p.spending_id = e.spending_id ELSE p.reversal_id = e.reversal_id END
WHERE e.kind = 'spending' GROUP BY e.spending_id, e.reversal_id
UNION ALL
SELECT g.home_id, substr(g.day, 1, 7), 'goods', g.day, NULL, g.source, g.who, NULL, NULL, g.item, g.quantity
FROM named g WHERE g.item IS NOT NULL
