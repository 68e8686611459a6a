-- Papers with their numbers, what they are about, and which are void, why, and which number took their place.
SELECT p.home_id, p.id, date(p.filed_at, '+8 hours') AS day, h.name AS home, p.kind, p.year, p.number, coalesce(p.donor, g.donor) AS donor,
  p.gift_id, p.spending_id, p.move_id, p.reversal_id, p.disclosure_id, p.first_day, p.last_day, coalesce(u.name, p.filed_by) AS filer,
  v.reason AS void_reason, s.number AS successor
FROM papers p JOIN homes h ON h.id = p.home_id LEFT JOIN gifts g ON g.id = p.gift_id LEFT JOIN users u ON u.username = p.filed_by
LEFT JOIN paper_voids v ON v.paper_id = p.id LEFT JOIN papers s ON s.id = v.successor_id
