-- What grants ask for, by when, and for how many days it is overdue.
SELECT t.home_id, t.id, h.name AS home, f.fund, f.document_no, t.term, t.due_by, t.met_day, t.note,
  CASE WHEN t.met_day IS NULL AND t.due_by < c.today THEN CAST(julianday(c.today) - julianday(t.due_by) AS INTEGER) END AS overdue_days
FROM fund_terms t JOIN funds f ON f.id = t.fund_id JOIN homes h ON h.id = t.home_id CROSS JOIN clock c
