-- What was done today: care logged by touch and taken back, rounds for many at once, cards on the doors.

ALTER TABLE services ADD COLUMN most_minutes INTEGER NOT NULL DEFAULT 480 CONSTRAINT services_most_minutes CHECK (most_minutes BETWEEN 1 AND 1440);
ALTER TABLE services ADD COLUMN usual_minutes INTEGER NOT NULL DEFAULT 30
  CONSTRAINT services_usual_minutes CHECK (usual_minutes BETWEEN 1 AND most_minutes);

UPDATE services SET usual_minutes = known.column2, most_minutes = known.column3 FROM (VALUES
  ('meal', 30, 240), ('bathing', 40, 180), ('cleaning', 30, 300), ('walking', 30, 240), ('urgent', 30, 1440), ('medical', 60, 720),
  ('comfort', 30, 240), ('company', 60, 480), ('shopping', 60, 360), ('haircut', 20, 120), ('laundry', 60, 300), ('visit', 15, 180),
  ('culture', 60, 360), ('learning', 60, 360), ('nightwatch', 600, 960), ('cooking', 90, 360)) known
WHERE code = known.column1;

-- Entries by touch: from a shift or free, by whom, and undone within ten minutes: a mark that takes them out of all sums, no deletion.
-- What was begun and never ended stands until its planned end, and says so (planned_end). Care for the whole home has the receiver 'everyone'.
ALTER TABLE care_logs ADD COLUMN shift_id INTEGER REFERENCES shifts (id);
ALTER TABLE care_logs ADD COLUMN confirmed TEXT
  CONSTRAINT care_logs_confirmed CHECK (confirmed IN ('receiver', 'caretaker', 'door', 'planned_end'));
ALTER TABLE care_logs ADD COLUMN on_behalf INTEGER NOT NULL DEFAULT 0 CONSTRAINT care_logs_on_behalf CHECK (on_behalf IN (0, 1));
ALTER TABLE care_logs ADD COLUMN late INTEGER NOT NULL DEFAULT 0 CONSTRAINT care_logs_late CHECK (late IN (0, 1)); -- written down on a later day
ALTER TABLE care_logs ADD COLUMN recorded_by TEXT;
ALTER TABLE care_logs ADD COLUMN recorded_at TEXT CONSTRAINT care_logs_recorded_at CHECK (recorded_at IS strftime('%Y-%m-%dT%H:%M:%SZ', recorded_at, '+0 days'));
ALTER TABLE care_logs ADD COLUMN undone_at TEXT CONSTRAINT care_logs_undone_at CHECK (undone_at IS strftime('%Y-%m-%dT%H:%M:%SZ', undone_at, '+0 days'));
ALTER TABLE care_logs ADD COLUMN undone_by TEXT CONSTRAINT care_logs_undone CHECK ((undone_at IS NULL) = (undone_by IS NULL));

CREATE UNIQUE INDEX care_logs_shift_id_once ON care_logs (shift_id, giver_id) WHERE shift_id IS NOT NULL AND undone_at IS NULL;

CREATE TRIGGER care_logs_most BEFORE INSERT ON care_logs WHEN NEW.minutes <= 1440
  AND NEW.minutes > (SELECT most_minutes FROM services WHERE code = NEW.service)
BEGIN SELECT raise(ABORT, 'care_logs_most'); END;
CREATE TRIGGER care_logs_most_changed BEFORE UPDATE OF minutes, service ON care_logs
WHEN (NEW.minutes <> OLD.minutes OR NEW.service <> OLD.service) AND NEW.minutes <= 1440
  AND NEW.minutes > (SELECT most_minutes FROM services WHERE code = NEW.service)
BEGIN SELECT raise(ABORT, 'care_logs_most'); END;
CREATE TRIGGER care_logs_left BEFORE INSERT ON care_logs
WHEN NEW.giver_id IS NOT NEW.receiver_id AND EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.receiver_id AND to_day <= NEW.day)
  AND NOT EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.receiver_id AND from_day <= NEW.day AND (to_day IS NULL OR to_day > NEW.day))
BEGIN SELECT raise(ABORT, 'care_logs_left'); END;
CREATE TRIGGER care_logs_left_changed BEFORE UPDATE OF day, receiver_id ON care_logs
WHEN (NEW.day <> OLD.day OR NEW.receiver_id IS NOT OLD.receiver_id) AND NEW.giver_id IS NOT NEW.receiver_id
  AND EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.receiver_id AND to_day <= NEW.day)
  AND NOT EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.receiver_id AND from_day <= NEW.day AND (to_day IS NULL OR to_day > NEW.day))
BEGIN SELECT raise(ABORT, 'care_logs_left'); END;
CREATE TRIGGER care_logs_shift BEFORE INSERT ON care_logs WHEN NEW.shift_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shifts WHERE id = NEW.shift_id AND home_id = NEW.home_id AND day = NEW.day)
BEGIN SELECT raise(ABORT, 'care_logs_shift'); END;
CREATE TRIGGER care_logs_shift_changed BEFORE UPDATE OF shift_id, day, home_id ON care_logs WHEN NEW.shift_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shifts WHERE id = NEW.shift_id AND home_id = NEW.home_id AND day = NEW.day)
BEGIN SELECT raise(ABORT, 'care_logs_shift'); END;
CREATE TRIGGER care_logs_recorded_kept BEFORE UPDATE OF recorded_at, recorded_by ON care_logs
WHEN NEW.recorded_at IS NOT OLD.recorded_at OR NEW.recorded_by IS NOT OLD.recorded_by
BEGIN SELECT raise(ABORT, 'care_logs_recorded_kept'); END;
CREATE TRIGGER care_logs_undo_late BEFORE UPDATE OF undone_at ON care_logs WHEN OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL
  AND coalesce(OLD.recorded_at, '') < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-10 minutes')
BEGIN SELECT raise(ABORT, 'care_logs_undo_late'); END;
CREATE TRIGGER care_logs_undone_kept BEFORE UPDATE ON care_logs WHEN OLD.undone_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'care_logs_undone_kept'); END;

-- who did the work came; if that is undone, nobody has said so yet
CREATE TRIGGER care_logs_came AFTER INSERT ON care_logs WHEN NEW.shift_id IS NOT NULL AND NEW.undone_at IS NULL BEGIN
  UPDATE assignments SET done = 1 WHERE shift_id = NEW.shift_id AND person_id = NEW.giver_id AND done IS NOT 1;
END;
CREATE TRIGGER care_logs_came_undone AFTER UPDATE OF undone_at ON care_logs WHEN NEW.undone_at IS NOT NULL AND OLD.undone_at IS NULL BEGIN
  UPDATE assignments SET done = NULL WHERE shift_id = NEW.shift_id AND person_id = NEW.giver_id;
END;
CREATE TRIGGER care_logs_came_deleted AFTER DELETE ON care_logs WHEN OLD.undone_at IS NULL BEGIN
  UPDATE assignments SET done = NULL WHERE shift_id = OLD.shift_id AND person_id = OLD.giver_id;
END;

-- the sums of 002 again: what was undone counts nowhere, and what was done for everyone is given but received by nobody in particular
DROP TRIGGER care_logs_sum;
DROP TRIGGER care_logs_sum_deleted;
DROP TRIGGER care_logs_sum_changed;
DROP VIEW care_bookings;

CREATE VIEW care_bookings AS
SELECT home_id, day, service, giver_id, giver_name, receiver_id, receiver_name, minutes, 1 AS sign FROM care_logs WHERE undone_at IS NULL;

CREATE TRIGGER care_bookings_sum INSTEAD OF INSERT ON care_bookings BEGIN
  INSERT INTO care_days VALUES
    (NEW.home_id, NEW.day, date(NEW.day, 'weekday 0', '-6 days'), NEW.service, NEW.sign * NEW.minutes, NEW.sign)
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, logs = logs + excluded.logs;
  INSERT INTO care_people VALUES
    (NEW.home_id, substr(NEW.day, 1, 7), coalesce(NEW.giver_id, '?' || NEW.giver_name), NEW.sign * NEW.minutes, 0, 0)
    ON CONFLICT DO UPDATE SET given = given + excluded.given;
  INSERT INTO care_people
    SELECT NEW.home_id, substr(NEW.day, 1, 7), coalesce(NEW.receiver_id, '?' || NEW.receiver_name), 0,
      NEW.sign * NEW.minutes, NEW.sign * (NEW.service = 'visit')
    WHERE NEW.receiver_name IS NOT 'everyone'
    ON CONFLICT DO UPDATE SET received = received + excluded.received, visits = visits + excluded.visits;
END;

CREATE TRIGGER care_logs_sum AFTER INSERT ON care_logs WHEN NEW.undone_at IS NULL BEGIN
  INSERT INTO care_bookings VALUES (NEW.home_id, NEW.day, NEW.service, NEW.giver_id, NEW.giver_name,
    NEW.receiver_id, NEW.receiver_name, NEW.minutes, 1);
END;
CREATE TRIGGER care_logs_sum_deleted AFTER DELETE ON care_logs WHEN OLD.undone_at IS NULL BEGIN
  INSERT INTO care_bookings VALUES (OLD.home_id, OLD.day, OLD.service, OLD.giver_id, OLD.giver_name,
    OLD.receiver_id, OLD.receiver_name, OLD.minutes, -1);
END;
CREATE TRIGGER care_logs_sum_changed AFTER UPDATE ON care_logs BEGIN
  INSERT INTO care_bookings SELECT OLD.home_id, OLD.day, OLD.service, OLD.giver_id, OLD.giver_name,
    OLD.receiver_id, OLD.receiver_name, OLD.minutes, -1 WHERE OLD.undone_at IS NULL;
  INSERT INTO care_bookings SELECT NEW.home_id, NEW.day, NEW.service, NEW.giver_id, NEW.giver_name,
    NEW.receiver_id, NEW.receiver_name, NEW.minutes, 1 WHERE NEW.undone_at IS NULL;
END;

-- a round: what happens to everybody at once. A draft until it is confirmed; then one mark for each who lives there.
CREATE TABLE rounds (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT rounds_day CHECK (day IS date(day, '+0 days')),
  kind TEXT NOT NULL CONSTRAINT rounds_kind CHECK (kind IN ('morning_check', 'breakfast', 'lunch', 'dinner', 'medicine')),
  confirmed_at TEXT CONSTRAINT rounds_confirmed_at CHECK (confirmed_at IS strftime('%Y-%m-%dT%H:%M:%SZ', confirmed_at, '+0 days')),
  confirmed_by TEXT,
  undone_at TEXT CONSTRAINT rounds_undone_at CHECK (undone_at IS strftime('%Y-%m-%dT%H:%M:%SZ', undone_at, '+0 days')),
  undone_by TEXT,
  key TEXT UNIQUE,
  CONSTRAINT rounds_confirmed CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
  CONSTRAINT rounds_undone CHECK ((undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL OR confirmed_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX rounds_home_id_once ON rounds (home_id, day, kind) WHERE undone_at IS NULL;

CREATE TABLE round_marks (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  round_id INTEGER NOT NULL REFERENCES rounds (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  state TEXT NOT NULL CONSTRAINT round_marks_state CHECK (state IN ('done', 'away', 'refused', 'ill', 'hospital', 'other')),
  corrected_at TEXT CONSTRAINT round_marks_corrected_at CHECK (corrected_at IS strftime('%Y-%m-%dT%H:%M:%SZ', corrected_at, '+0 days')),
  corrected_by TEXT CONSTRAINT round_marks_corrected CHECK ((corrected_at IS NULL) = (corrected_by IS NULL)),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX round_marks_round_id_once ON round_marks (round_id, person_id);
CREATE INDEX round_marks_by_person ON round_marks (person_id, round_id);

CREATE TABLE round_days (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  done INTEGER NOT NULL,
  not_done INTEGER NOT NULL,
  PRIMARY KEY (home_id, day, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER rounds_future BEFORE INSERT ON rounds WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'rounds_future'); END;
CREATE TRIGGER rounds_new BEFORE INSERT ON rounds WHEN NEW.confirmed_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'rounds_complete'); END;
CREATE TRIGGER rounds_complete BEFORE UPDATE OF confirmed_at ON rounds WHEN OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL
  AND (NOT EXISTS (SELECT 1 FROM round_marks WHERE round_id = NEW.id)
    OR EXISTS (SELECT 1 FROM stays s WHERE s.home_id = NEW.home_id AND s.from_day <= NEW.day AND (s.to_day IS NULL OR s.to_day > NEW.day)
      AND NOT EXISTS (SELECT 1 FROM round_marks WHERE round_id = NEW.id AND person_id = s.person_id)))
BEGIN SELECT raise(ABORT, 'rounds_complete'); END;
CREATE TRIGGER rounds_kept BEFORE UPDATE ON rounds WHEN OLD.undone_at IS NOT NULL
  OR NEW.home_id <> OLD.home_id OR NEW.day <> OLD.day OR NEW.kind <> OLD.kind
  OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_at IS NOT OLD.confirmed_at OR NEW.confirmed_by IS NOT OLD.confirmed_by))
BEGIN SELECT raise(ABORT, 'rounds_kept'); END;
CREATE TRIGGER rounds_kept_deleted BEFORE DELETE ON rounds WHEN OLD.confirmed_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'rounds_kept'); END;
CREATE TRIGGER rounds_undo_late BEFORE UPDATE OF undone_at ON rounds WHEN NEW.undone_at IS NOT NULL
  AND OLD.confirmed_at < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-10 minutes')
BEGIN SELECT raise(ABORT, 'rounds_undo_late'); END;

CREATE TRIGGER round_marks_home BEFORE INSERT ON round_marks WHEN NEW.home_id <> (SELECT home_id FROM rounds WHERE id = NEW.round_id)
BEGIN SELECT raise(ABORT, 'round_marks_home'); END;
CREATE TRIGGER round_marks_left BEFORE INSERT ON round_marks WHEN NOT EXISTS (
  SELECT 1 FROM rounds r JOIN stays s ON s.home_id = r.home_id AND s.from_day <= r.day AND (s.to_day IS NULL OR s.to_day > r.day)
  WHERE r.id = NEW.round_id AND s.person_id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'round_marks_left'); END;
CREATE TRIGGER round_marks_kept_new BEFORE INSERT ON round_marks WHEN (SELECT undone_at FROM rounds WHERE id = NEW.round_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'round_marks_kept'); END;
CREATE TRIGGER round_marks_kept BEFORE UPDATE ON round_marks
WHEN NEW.home_id <> OLD.home_id OR NEW.round_id <> OLD.round_id OR NEW.person_id <> OLD.person_id
  OR (SELECT undone_at FROM rounds WHERE id = OLD.round_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'round_marks_kept'); END;
CREATE TRIGGER round_marks_kept_deleted BEFORE DELETE ON round_marks
WHEN (SELECT confirmed_at FROM rounds WHERE id = OLD.round_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'round_marks_kept'); END;
-- whoever changes what was confirmed leaves a name and a time
CREATE TRIGGER round_marks_trace BEFORE INSERT ON round_marks
WHEN NEW.corrected_at IS NULL AND (SELECT confirmed_at FROM rounds WHERE id = NEW.round_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'round_marks_trace'); END;
CREATE TRIGGER round_marks_trace_changed BEFORE UPDATE ON round_marks
WHEN NEW.corrected_at IS NULL AND (SELECT confirmed_at FROM rounds WHERE id = NEW.round_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'round_marks_trace'); END;

CREATE TRIGGER rounds_sum AFTER UPDATE OF confirmed_at, undone_at ON rounds BEGIN
  DELETE FROM round_days WHERE home_id = NEW.home_id AND day = NEW.day AND kind = NEW.kind AND NEW.undone_at IS NOT NULL;
  INSERT OR REPLACE INTO round_days SELECT NEW.home_id, NEW.day, NEW.kind, sum(state = 'done'), sum(state <> 'done')
    FROM round_marks WHERE round_id = NEW.id AND NEW.confirmed_at IS NOT NULL AND NEW.undone_at IS NULL HAVING count(*) > 0;
END;
CREATE TRIGGER round_marks_sum AFTER INSERT ON round_marks BEGIN
  UPDATE round_days SET done = done + (NEW.state = 'done'), not_done = not_done + (NEW.state <> 'done')
  WHERE (home_id, day, kind) = (SELECT home_id, day, kind FROM rounds WHERE id = NEW.round_id AND confirmed_at IS NOT NULL);
END;
CREATE TRIGGER round_marks_sum_changed AFTER UPDATE OF state ON round_marks WHEN NEW.state <> OLD.state BEGIN
  UPDATE round_days SET done = done + (NEW.state = 'done') - (OLD.state = 'done'),
    not_done = not_done + (NEW.state <> 'done') - (OLD.state <> 'done')
  WHERE (home_id, day, kind) = (SELECT home_id, day, kind FROM rounds WHERE id = NEW.round_id AND confirmed_at IS NOT NULL);
END;

-- a card on a door: a random token and no name, so that whoever reads the code learns nothing
CREATE TABLE door_cards (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  token TEXT NOT NULL UNIQUE CONSTRAINT door_cards_token CHECK (length(token) BETWEEN 16 AND 64 AND token NOT GLOB '*[^A-Za-z0-9_-]*'),
  person_id INTEGER REFERENCES persons (id),
  room TEXT,
  ended_at TEXT CONSTRAINT door_cards_ended_at CHECK (ended_at IS strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, '+0 days')),
  key TEXT UNIQUE,
  CONSTRAINT door_cards_of CHECK ((person_id IS NULL) <> (room IS NULL))
) STRICT;

CREATE UNIQUE INDEX door_cards_person_id_once ON door_cards (person_id) WHERE ended_at IS NULL AND person_id IS NOT NULL;
CREATE UNIQUE INDEX door_cards_home_id_once ON door_cards (home_id, room) WHERE ended_at IS NULL AND room IS NOT NULL;

CREATE TRIGGER door_cards_home BEFORE INSERT ON door_cards WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'door_cards_home'); END;
CREATE TRIGGER door_cards_kept BEFORE UPDATE ON door_cards WHEN OLD.ended_at IS NOT NULL OR NEW.token <> OLD.token
  OR NEW.home_id <> OLD.home_id OR NEW.person_id IS NOT OLD.person_id OR NEW.room IS NOT OLD.room
BEGIN SELECT raise(ABORT, 'door_cards_kept'); END;
