-- Sums that the time bank's page reads instead of days, passbooks and months of years: care by month, what each home's passbooks hold,
-- and who both earned and redeemed within a year.

CREATE INDEX stays_ends ON stays (home_id, to_day) WHERE to_day IS NOT NULL; -- who is about to go

CREATE TABLE care_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  service TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  logs INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, service)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER care_bookings_months INSTEAD OF INSERT ON care_bookings BEGIN
  INSERT INTO care_months VALUES (NEW.home_id, substr(NEW.day, 1, 7), NEW.service, NEW.sign * NEW.minutes, NEW.sign)
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, logs = logs + excluded.logs;
END;
CREATE TRIGGER care_months_empty AFTER UPDATE ON care_months WHEN NEW.logs = 0 BEGIN
  DELETE FROM care_months WHERE home_id = NEW.home_id AND month = NEW.month AND service = NEW.service;
END;

INSERT INTO care_months SELECT home_id, substr(day, 1, 7), service, sum(minutes), sum(logs) FROM care_days GROUP BY 1, 2, 3;

-- what people and teams hold (`promised`), what the pool holds, and how many people ever earned
CREATE TABLE time_homes (
  home_id INTEGER PRIMARY KEY REFERENCES homes (id),
  promised INTEGER NOT NULL,
  pool INTEGER NOT NULL,
  earners INTEGER NOT NULL
) STRICT;

CREATE VIEW time_holders AS
SELECT a.home_id, a.kind, b.balance, b.earned, 1 AS sign FROM time_accounts a JOIN time_balances b ON b.account_id = a.id
WHERE a.kind IN ('person', 'team', 'pool');

CREATE TRIGGER time_holders_summed INSTEAD OF INSERT ON time_holders BEGIN
  UPDATE time_homes SET promised = promised + iif(NEW.kind = 'pool', 0, NEW.sign * max(NEW.balance, 0)),
      pool = pool + iif(NEW.kind = 'pool', NEW.sign * NEW.balance, 0), earners = earners + NEW.sign * (NEW.kind = 'person' AND NEW.earned > 0)
    WHERE home_id = NEW.home_id;
END;

CREATE TRIGGER homes_time_sums AFTER INSERT ON homes BEGIN INSERT INTO time_homes VALUES (NEW.id, 0, 0, 0); END;
CREATE TRIGGER homes_time_sums_gone BEFORE DELETE ON homes BEGIN DELETE FROM time_homes WHERE home_id = OLD.id; END;
CREATE TRIGGER time_balances_summed AFTER UPDATE ON time_balances BEGIN
  INSERT INTO time_holders SELECT home_id, kind, OLD.balance, OLD.earned, -1 FROM time_accounts
    WHERE id = NEW.account_id AND kind IN ('person', 'team', 'pool');
  INSERT INTO time_holders SELECT home_id, kind, NEW.balance, NEW.earned, 1 FROM time_accounts
    WHERE id = NEW.account_id AND kind IN ('person', 'team', 'pool');
END;
CREATE TRIGGER time_accounts_summed AFTER UPDATE OF home_id ON time_accounts WHEN NEW.home_id <> OLD.home_id BEGIN
  INSERT INTO time_holders SELECT OLD.home_id, OLD.kind, balance, earned, -1 FROM time_balances WHERE account_id = NEW.id;
  INSERT INTO time_holders SELECT NEW.home_id, NEW.kind, balance, earned, 1 FROM time_balances WHERE account_id = NEW.id;
END;

INSERT INTO time_homes SELECT h.id, coalesce(sum(max(balance, 0) * (t.kind <> 'pool')), 0), coalesce(sum(balance * (t.kind = 'pool')), 0),
  coalesce(sum(t.kind = 'person' AND earned > 0), 0) FROM homes h LEFT JOIN time_holders t ON t.home_id = h.id GROUP BY h.id;

-- the months within a year to which an account both earned and redeemed; a change of one month is a change of the year that it begins
CREATE TABLE time_both (
  account_id INTEGER NOT NULL,
  month TEXT NOT NULL,
  PRIMARY KEY (account_id, month)
) STRICT, WITHOUT ROWID;

CREATE INDEX time_both_by_month ON time_both (month, account_id);

CREATE VIEW time_both_anew AS
SELECT a.home_id, p.account_id, substr(date(p.month || '-01', '+' || n.value || ' months'), 1, 7) AS month
FROM time_people p JOIN time_accounts a ON a.id = p.account_id, json_each('[0,1,2,3,4,5,6,7,8,9,10,11]') n
GROUP BY p.account_id, 3 HAVING max(p.earned) > 0 AND max(p.redeemed) > 0;

CREATE TRIGGER time_both_summed INSTEAD OF INSERT ON time_both_anew BEGIN
  DELETE FROM time_both WHERE account_id = NEW.account_id AND month >= NEW.month AND month < (substr(NEW.month, 1, 4) + 1) || substr(NEW.month, 5);
  INSERT INTO time_both SELECT NEW.account_id, y.month FROM (
      SELECT substr(date(NEW.month || '-01', '+' || value || ' months'), 1, 7) AS month FROM json_each('[0,1,2,3,4,5,6,7,8,9,10,11]')) y
    WHERE EXISTS (SELECT 1 FROM time_people p WHERE p.account_id = NEW.account_id AND p.redeemed > 0
        AND p.month > (substr(y.month, 1, 4) - 1) || substr(y.month, 5) AND p.month <= y.month)
      AND EXISTS (SELECT 1 FROM time_people p WHERE p.account_id = NEW.account_id AND p.earned > 0
        AND p.month > (substr(y.month, 1, 4) - 1) || substr(y.month, 5) AND p.month <= y.month);
END;

CREATE TRIGGER time_people_both AFTER INSERT ON time_people WHEN NEW.redeemed > 0
  OR NEW.earned > 0 AND EXISTS (SELECT 1 FROM time_people WHERE account_id = NEW.account_id AND redeemed > 0)
BEGIN INSERT INTO time_both_anew VALUES (NEW.home_id, NEW.account_id, NEW.month); END;
CREATE TRIGGER time_people_both_changed AFTER UPDATE ON time_people WHEN (NEW.redeemed > 0) <> (OLD.redeemed > 0)
  OR (NEW.earned > 0) <> (OLD.earned > 0) AND EXISTS (SELECT 1 FROM time_people WHERE account_id = NEW.account_id AND redeemed > 0)
BEGIN INSERT INTO time_both_anew VALUES (NEW.home_id, NEW.account_id, NEW.month); END;

INSERT INTO time_both SELECT account_id, month FROM time_both_anew;
