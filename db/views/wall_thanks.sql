-- Who gave, as the sheets published in the last twelve months name them in full, newest first; what is masked there stays unnamed here,
-- and what families pay is no gift.
SELECT l.home_id, l.who AS donor, max(l.day) AS day
FROM disclosed l JOIN papers p ON p.disclosure_id = l.disclosure_id CROSS JOIN clock c
WHERE l.side IN ('income', 'goods') AND l.who NOT LIKE '%**' AND l.about IN ('enterprise', 'charity', 'individual', 'filial')
  AND l.day > date(c.today, '-12 months')
GROUP BY l.home_id, l.who
