-- A whole passbook as paper shows it: by the day of each line, with the balance at the end of it, so that any span of days ties with the next.
SELECT home_id, account_id, seq, transfer_id, day, kind, undoes, service, other, other_home, minutes, note, reversed_day, reversed_note, reverses_seq, rule_id,
  sum(minutes) OVER (PARTITION BY account_id ORDER BY day, seq) AS balance
FROM time_passbook
