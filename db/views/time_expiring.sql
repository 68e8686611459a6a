-- What would expire today where the rule of a home lets time expire: what came in before the term and was not given since, oldest first.
SELECT home_id, account_id, min(balance, minutes) AS minutes FROM (
  SELECT a.home_id, a.id AS account_id, b.balance - coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = a.id), 0) AS balance,
    (SELECT sum(CASE WHEN e.minutes < 0 THEN e.minutes WHEN x.day < date(today, '-' || t.expiry_months || ' months') THEN e.minutes ELSE 0 END)
      FROM time_entries e JOIN transfers x ON x.id = e.transfer_id WHERE e.account_id = a.id) AS minutes
  FROM clock, time_accounts a JOIN time_terms t ON t.home_id = a.home_id JOIN time_balances b ON b.account_id = a.id
  WHERE a.kind = 'person' AND a.closed_day IS NULL AND t.expiry_months IS NOT NULL)
WHERE min(balance, minutes) > 0
