-- Whom and what somebody should look at today: one row a person and matter among today's residents, then what of the home's money, roster
-- and rooms; days say how long, or how soon.
SELECT w.home_id, (SELECT name FROM homes h WHERE h.id = w.home_id) AS home, w.person_id AS id, (SELECT label FROM person_labels l WHERE l.id = w.person_id) AS label,
  w.matter, w.rank, w.days, 1 AS count
FROM (
  SELECT v.home_id, v.person_id, 'not_seen' AS matter, 1 AS rank, v.days
  FROM person_visits v, clock WHERE v.visit_by < today
  UNION ALL
  SELECT home_id, id, CASE due_reason WHEN 'never' THEN 'assessment_never' ELSE 'assessment_overdue' END, 3, days_over
  FROM assessment_due WHERE due = 'overdue' AND applied = 0
  UNION ALL
  SELECT * FROM (
    SELECT l.home_id, l.person_id, 'level_over' AS matter, 1 AS rank, CAST(julianday(today) - julianday(l.assessed) AS INTEGER) AS days
    FROM person_levels l, clock WHERE l.over AND l.outcome IS NULL
    UNION ALL
    SELECT l.home_id, l.person_id, 'level_fell', 2, CAST(julianday(today) - julianday(l.assessed) AS INTEGER)
    FROM person_levels l, clock WHERE l.final_level > l.level_before AND l.assessed > date(today, '-90 days')
    UNION ALL
    SELECT home_id, person_id, 'referral_overdue', 1, max(days_over) FROM referral_list WHERE referral_state = 'referral_overdue' GROUP BY home_id, person_id
    UNION ALL
    SELECT home_id, elder_id, 'pair_behind', 3, max(behind) FROM pair_list WHERE now = 1 AND behind > 0 GROUP BY home_id, elder_id
    UNION ALL
    SELECT q.home_id, q.person_id, 'request_unmet', 1, max(CAST(julianday(today) - julianday(date(q.asked_at, '+8 hours')) AS INTEGER))
    FROM clock CROSS JOIN requests q WHERE q.closed IS NULL AND q.last_day >= today
      AND (q.day <= today OR date(q.asked_at, '+8 hours') < date(today, '-1 day'))
      AND NOT EXISTS (SELECT 1 FROM shifts s JOIN assignments a ON a.shift_id = s.id AND a.done IS NOT 0 WHERE s.request_id = q.id) GROUP BY q.home_id, q.person_id
    UNION ALL
    SELECT p.home_id, p.id, 'consent_missing', 4, 0 FROM persons p
    WHERE NOT EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.purpose = 'register' AND c.withdrawn_day IS NULL)
    UNION ALL
    SELECT a.home_id, a.person_id, CASE WHEN a.until_day < today THEN 'agreement_over' ELSE 'agreement_expiring' END, 3, CAST(julianday(a.until_day) - julianday(today) AS INTEGER)
    FROM agreements a, clock
    WHERE a.until_day <= date(today, '+' || (SELECT value FROM settings WHERE name = 'agreement_days') || ' days')
      AND NOT EXISTS (SELECT 1 FROM agreements n WHERE n.person_id = a.person_id AND (n.until_day, n.id) > (a.until_day, a.id))
    UNION ALL
    SELECT p.home_id, p.id, 'birthday_' || b.turning, 5, CAST(julianday(date(p.birth_day, '+' || b.turning || ' years')) - julianday(today) AS INTEGER)
    FROM clock CROSS JOIN persons p CROSS JOIN (SELECT 80 AS turning UNION ALL SELECT 90) b
    WHERE CAST(substr(p.birth_day, 1, 4) AS INTEGER) + b.turning BETWEEN CAST(substr(today, 1, 4) AS INTEGER) AND CAST(substr(today, 1, 4) AS INTEGER) + 1
      AND date(p.birth_day, '+' || b.turning || ' years') BETWEEN today AND date(today, '+30 days')
  ) r
  WHERE EXISTS (SELECT 1 FROM stays s, clock WHERE s.person_id = r.person_id AND s.home_id = r.home_id
    AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today))
) w
UNION ALL
SELECT * FROM money_watch
UNION ALL
SELECT * FROM home_watch
