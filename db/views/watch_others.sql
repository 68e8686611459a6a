-- Whom of today's residents somebody should look at in matters of which there are few; days say how long, or how soon.
-- Each begins where an index has what is late, so that it costs what it finds and not all who live there.
SELECT * FROM visit_changed
UNION ALL
SELECT home_id, person_id, matter, rank, days FROM assessment_anew
UNION ALL
SELECT r.home_id, r.person_id, r.matter, r.rank, r.days
FROM (
  SELECT l.home_id, l.person_id, 'level_over' AS matter, 1 AS rank, CAST(julianday(today) - julianday(l.assessed) AS INTEGER) AS days, l.since
  FROM clock CROSS JOIN person_lasts l WHERE l.level > (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'admit_level') AND l.decided = 0
  UNION ALL
  SELECT l.home_id, l.person_id, 'level_fell', 2, CAST(julianday(today) - julianday(l.assessed) AS INTEGER), l.since
  FROM clock CROSS JOIN person_lasts l WHERE l.level > l.level_before AND l.assessed > date(today, '-90 days')
  UNION ALL
  SELECT l.home_id, l.person_id, 'consent_missing', 4, 0, NULL
  FROM clock CROSS JOIN stays s ON s.to_day > today AND s.from_day <= today CROSS JOIN person_lasts l ON l.person_id = s.person_id AND l.consented = 0
  UNION ALL
  SELECT r.home_id, r.person_id, 'referral_overdue', 1, CAST(julianday(today) - julianday(min(r.due_by)) AS INTEGER), NULL
  FROM clock CROSS JOIN referrals r WHERE r.closed_day IS NULL AND r.due_by < today GROUP BY r.home_id, r.person_id
  UNION ALL
  SELECT q.home_id, q.person_id, 'request_unmet', 1, max(CAST(julianday(today) - julianday(date(q.asked_at, '+8 hours')) AS INTEGER)), NULL
  FROM clock CROSS JOIN requests q WHERE q.closed IS NULL AND q.last_day >= today
    AND (q.day <= today OR date(q.asked_at, '+8 hours') < date(today, '-1 day'))
    AND NOT EXISTS (SELECT 1 FROM shifts s JOIN assignments a ON a.shift_id = s.id AND a.done IS NOT 0 WHERE s.request_id = q.id) GROUP BY q.home_id, q.person_id
  UNION ALL
  SELECT a.home_id, a.person_id, CASE WHEN a.until_day < today THEN 'agreement_over' ELSE 'agreement_expiring' END, 3,
    CAST(julianday(a.until_day) - julianday(today) AS INTEGER), NULL
  FROM clock CROSS JOIN agreements a
  WHERE a.until_day <= date(today, '+' || (SELECT value FROM settings WHERE name = 'agreement_days') || ' days')
    AND NOT EXISTS (SELECT 1 FROM agreements n WHERE n.person_id = a.person_id AND (n.until_day, n.id) > (a.until_day, a.id))
  UNION ALL
  SELECT p.home_id, p.id, 'birthday_' || b.turning, 5, CAST(julianday(date(p.birth_day, '+' || b.turning || ' years')) - julianday(today) AS INTEGER), NULL
  FROM clock CROSS JOIN (SELECT 80 AS turning UNION ALL SELECT 90) b
  CROSS JOIN persons p INDEXED BY persons_born_on ON p.birth_day BETWEEN date(today, '-' || b.turning || ' years', '-2 days') AND date(today, '-' || b.turning || ' years', '+33 days')
  WHERE date(p.birth_day, '+' || b.turning || ' years') BETWEEN today AND date(today, '+30 days')
) r
WHERE r.since <= (SELECT today FROM clock) OR EXISTS (SELECT 1 FROM stays s INDEXED BY stays_by_person WHERE s.person_id = r.person_id AND s.home_id = r.home_id
  AND s.from_day <= (SELECT today FROM clock) AND (s.to_day IS NULL OR s.to_day > (SELECT today FROM clock)))
