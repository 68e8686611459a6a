-- Who helped whom, with what, when; and the two summaries that views read instead of the log.
-- A name borne by two people stays open: giver_id or receiver_id is empty and the name is kept as it was written.

CREATE TABLE care_logs (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT care_logs_day CHECK (day IS date(day, '+0 days')),
  giver_id INTEGER REFERENCES persons (id),
  giver_name TEXT,
  receiver_id INTEGER REFERENCES persons (id),
  receiver_name TEXT,
  service TEXT NOT NULL REFERENCES services (code),
  start_minute INTEGER CONSTRAINT care_logs_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CONSTRAINT care_logs_minutes CHECK (minutes BETWEEN 1 AND 1440),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT care_logs_giver CHECK ((giver_id IS NULL) <> (giver_name IS NULL)),
  CONSTRAINT care_logs_receiver CHECK ((receiver_id IS NULL) <> (receiver_name IS NULL)),
  CONSTRAINT care_logs_self CHECK (giver_id <> receiver_id)
) STRICT;

CREATE INDEX care_logs_by_home ON care_logs (home_id, day);
CREATE INDEX care_logs_by_giver ON care_logs (giver_id, day);
CREATE INDEX care_logs_by_receiver ON care_logs (receiver_id, day);
CREATE INDEX care_logs_by_import ON care_logs (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX care_logs_open ON care_logs (home_id, day) WHERE giver_id IS NULL OR receiver_id IS NULL;

CREATE TRIGGER care_logs_future BEFORE INSERT ON care_logs WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'care_logs_future'); END;
CREATE TRIGGER care_logs_future_changed BEFORE UPDATE OF day ON care_logs WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'care_logs_future'); END;

CREATE TRIGGER care_logs_home BEFORE INSERT ON care_logs
WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.giver_id)
  OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.receiver_id)
BEGIN SELECT raise(ABORT, 'care_logs_home'); END;
CREATE TRIGGER care_logs_home_changed BEFORE UPDATE OF home_id, giver_id, receiver_id ON care_logs
WHEN (NEW.home_id <> OLD.home_id OR NEW.giver_id IS NOT OLD.giver_id OR NEW.receiver_id IS NOT OLD.receiver_id)
  AND (NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.giver_id)
    OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.receiver_id))
BEGIN SELECT raise(ABORT, 'care_logs_home'); END;

CREATE TABLE care_days (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL,
  week TEXT NOT NULL, -- its Monday
  service TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  logs INTEGER NOT NULL,
  PRIMARY KEY (home_id, day, service)
) STRICT, WITHOUT ROWID;

-- person is the id, or '?' and the name where it is still open
CREATE TABLE care_people (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  person TEXT NOT NULL,
  given INTEGER NOT NULL,
  received INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, person)
) STRICT, WITHOUT ROWID;

-- one booking into the sums: sign 1 adds a log, -1 takes it out again
CREATE VIEW care_bookings AS
SELECT home_id, day, service, giver_id, giver_name, receiver_id, receiver_name, minutes, 1 AS sign FROM care_logs;

CREATE TRIGGER care_bookings_sum INSTEAD OF INSERT ON care_bookings BEGIN
  INSERT INTO care_days VALUES
    (NEW.home_id, NEW.day, date(NEW.day, 'weekday 0', '-6 days'), NEW.service, NEW.sign * NEW.minutes, NEW.sign)
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, logs = logs + excluded.logs;
  INSERT INTO care_people VALUES
    (NEW.home_id, substr(NEW.day, 1, 7), coalesce(NEW.giver_id, '?' || NEW.giver_name), NEW.sign * NEW.minutes, 0, 0)
    ON CONFLICT DO UPDATE SET given = given + excluded.given;
  INSERT INTO care_people VALUES
    (NEW.home_id, substr(NEW.day, 1, 7), coalesce(NEW.receiver_id, '?' || NEW.receiver_name), 0,
     NEW.sign * NEW.minutes, NEW.sign * (NEW.service = 'visit'))
    ON CONFLICT DO UPDATE SET received = received + excluded.received, visits = visits + excluded.visits;
END;

CREATE TRIGGER care_logs_sum AFTER INSERT ON care_logs BEGIN
  INSERT INTO care_bookings VALUES (NEW.home_id, NEW.day, NEW.service, NEW.giver_id, NEW.giver_name,
    NEW.receiver_id, NEW.receiver_name, NEW.minutes, 1);
END;
CREATE TRIGGER care_logs_sum_deleted AFTER DELETE ON care_logs BEGIN
  INSERT INTO care_bookings VALUES (OLD.home_id, OLD.day, OLD.service, OLD.giver_id, OLD.giver_name,
    OLD.receiver_id, OLD.receiver_name, OLD.minutes, -1);
END;
CREATE TRIGGER care_logs_sum_changed AFTER UPDATE ON care_logs BEGIN
  INSERT INTO care_bookings VALUES (OLD.home_id, OLD.day, OLD.service, OLD.giver_id, OLD.giver_name,
    OLD.receiver_id, OLD.receiver_name, OLD.minutes, -1);
  INSERT INTO care_bookings VALUES (NEW.home_id, NEW.day, NEW.service, NEW.giver_id, NEW.giver_name,
    NEW.receiver_id, NEW.receiver_name, NEW.minutes, 1);
END;

CREATE TRIGGER care_days_empty AFTER UPDATE ON care_days WHEN NEW.logs = 0 BEGIN
  DELETE FROM care_days WHERE home_id = NEW.home_id AND day = NEW.day AND service = NEW.service;
END;
CREATE TRIGGER care_people_empty AFTER UPDATE ON care_people WHEN NEW.given = 0 AND NEW.received = 0 BEGIN
  DELETE FROM care_people WHERE home_id = NEW.home_id AND month = NEW.month AND person = NEW.person;
END;
