-- The requests that somebody should look at: those nobody has accepted first, then who comes, what was done today, and what went out of date within a week.
SELECT r.home_id, r.id, r.person_id, r.label, r.service, r.day, r.start_minute, r.minutes, r.state, r.payer_kind, r.payer, r.helper_id, r.helper, r.shift_id,
  r.assignment_id, r.asked_by, r.asked_at, r.waited_minutes, r.waited_days, r.held, r.unmet, r.last_day, r.care_log_id, r.lasted, c.recorded_at, r.note
FROM clock k CROSS JOIN request_list r LEFT JOIN care_logs c ON c.id = r.care_log_id
WHERE r.day >= date(k.today, '-70 days') AND ( -- no rule lets a request stand for longer than 60 days after its day
  r.state IN ('request_open', 'request_accepted') OR r.state = 'request_done' AND (c.day = k.today OR r.done_day = k.today)
  OR r.state = 'request_stale' AND r.last_day >= date(k.today, '-7 days'))
