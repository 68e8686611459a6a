-- How the books of each home stand to the rules in force there: passbooks above the cap or below the floor, who may not redeem yet, time that is due
-- to expire, open requests that could not be asked today, and what the care of last month books. Asked before and after a change, it tells what that does.
SELECT t.home_id, t.rule_id, coalesce(s.passbooks, 0) AS passbooks, coalesce(s.over_cap, 0) AS over_cap, coalesce(s.over_minutes, 0) AS over_minutes,
  coalesce(s.under_floor, 0) AS under_floor, coalesce(s.not_saved, 0) AS not_saved,
  (SELECT count(*) FROM time_expiring x WHERE x.home_id = t.home_id) AS expiring, (SELECT coalesce(sum(minutes), 0) FROM time_expiring x WHERE x.home_id = t.home_id) AS expiring_minutes,
  (SELECT count(*) FROM requests q JOIN time_accounts a ON a.id = q.payer_id AND a.kind = 'person' JOIN persons p ON p.id = q.person_id, clock
    WHERE q.home_id = t.home_id AND q.closed IS NULL AND q.last_day >= today
      AND (coalesce(date(p.birth_day, '+' || t.served_age || ' years') > q.day, t.served_age > 0)
        OR a.person_id <> q.person_id AND NOT EXISTS (SELECT 1 FROM time_kin k WHERE k.person_id = a.person_id AND k.relative_id = q.person_id
          AND (k.kin_relation = 'spouse' AND t.served_kin <> 'only_self' OR k.direct AND t.served_kin = 'direct_kin')))) AS barred,
  (SELECT count(*) FROM time_earnings e, clock WHERE e.home_id = t.home_id
    AND e.day >= date(today, 'start of month', '-1 month') AND e.day < date(today, 'start of month')) AS month_entries,
  (SELECT coalesce(sum(minutes), 0) FROM time_earnings e, clock WHERE e.home_id = t.home_id
    AND e.day >= date(today, 'start of month', '-1 month') AND e.day < date(today, 'start of month')) AS month_minutes
FROM time_terms t LEFT JOIN (
  SELECT a.home_id, count(*) AS passbooks, sum(b.balance > u.cap_minutes) AS over_cap, sum(max(0, b.balance - u.cap_minutes)) AS over_minutes,
    sum(b.balance - coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = a.id), 0) < u.floor_minutes) AS under_floor,
    sum(b.earned < u.least_saved AND NOT EXISTS (SELECT 1 FROM time_key_elders k WHERE k.person_id = a.person_id)) AS not_saved
  FROM time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_terms u ON u.home_id = a.home_id
  WHERE a.kind = 'person' AND a.closed_day IS NULL GROUP BY a.home_id) s ON s.home_id = t.home_id
