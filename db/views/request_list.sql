-- The requests (求助): for whom, what and when, whose time pays and what it holds, who comes or came, how long it took until somebody accepted.
-- Unmet: nobody has accepted, and it is for today or was asked more than a day ago.
SELECT home_id, month, id, person_id, (SELECT label FROM person_labels l WHERE l.id = r.person_id) AS label, service, day, start_minute, minutes, state,
  payer_id, CASE WHEN payer_id IS NULL THEN 'payer_free' WHEN payer_kind = 'pool' THEN 'payer_pool' WHEN payer_person_id = person_id THEN 'payer_own'
    ELSE 'payer_relative' END AS payer_kind,
  (SELECT label FROM person_labels l WHERE l.id = r.payer_person_id) AS payer, helper_id, (SELECT label FROM person_labels l WHERE l.id = r.helper_id) AS helper,
  shift_id, assignment_id, asked_by, asked_at, accepted_at, waited_minutes, waited_days,
  CASE WHEN state IN ('request_open', 'request_accepted') AND payer_id IS NOT NULL THEN minutes ELSE 0 END AS held,
  state = 'request_open' AND (day <= today OR waited_days > 1) AS unmet, last_day, care_log_id, lasted, done_day, note
FROM (
  SELECT q.*, k.today, p.kind AS payer_kind, p.person_id AS payer_person_id, s.id AS shift_id, a.id AS assignment_id, coalesce(c.giver_id, a.person_id) AS helper_id,
    CASE WHEN q.closed IS NOT NULL THEN q.closed WHEN q.last_day < k.today THEN 'request_stale' WHEN a.id IS NOT NULL THEN 'request_accepted' ELSE 'request_open' END AS state,
    CAST(round((julianday(q.accepted_at) - julianday(q.asked_at)) * 1440) AS INTEGER) AS waited_minutes,
    max(0, CAST(julianday(k.today) - julianday(date(q.asked_at, '+8 hours')) AS INTEGER)) AS waited_days,
    c.minutes AS lasted, max(c.day, date(q.closed_at, '+8 hours')) AS done_day
  FROM clock k CROSS JOIN requests q LEFT JOIN time_accounts p ON p.id = q.payer_id LEFT JOIN shifts s ON s.request_id = q.id
    LEFT JOIN assignments a ON a.shift_id = s.id AND a.done IS NOT 0 LEFT JOIN care_logs c ON c.id = q.care_log_id
) r
