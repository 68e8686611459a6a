-- The sums of sessions by room and day, by room and month, by hour of the week; and the days on which a home was really open.

CREATE TABLE room_days (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  day TEXT NOT NULL,
  sessions INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (home_id, day, room_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  days INTEGER NOT NULL, -- with a session
  sessions INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, room_id)
) STRICT, WITHOUT ROWID;

-- minutes of use and heads in each hour of the week; a head counts in the hour in which its session begins
CREATE TABLE room_slots (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  weekday INTEGER NOT NULL, -- Monday is 1
  hour INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, weekday, hour)
) STRICT, WITHOUT ROWID;

-- days with care, a round or a session, and how many a month has of them on each day of the week (Monday is 1)
CREATE TABLE open_days (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL,
  PRIMARY KEY (home_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE open_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  weekday INTEGER NOT NULL,
  days INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, weekday)
) STRICT, WITHOUT ROWID;

-- one session into the sums: sign 1 adds it, -1 takes it out again
CREATE VIEW session_bookings AS
SELECT home_id, room_id, day, start_minute, minutes, heads, 1 AS sign FROM room_sessions WHERE undone_at IS NULL;

CREATE TRIGGER session_bookings_sum INSTEAD OF INSERT ON session_bookings BEGIN
  INSERT INTO room_days VALUES (NEW.home_id, NEW.room_id, NEW.day, NEW.sign, NEW.sign * NEW.minutes, NEW.sign * NEW.heads)
    ON CONFLICT DO UPDATE SET sessions = sessions + excluded.sessions, minutes = minutes + excluded.minutes, heads = heads + excluded.heads;
  INSERT INTO room_slots
    SELECT NEW.home_id, substr(NEW.day, 1, 7), strftime('%w', NEW.day, '-1 day') + 1, hour,
      NEW.sign * (min(NEW.start_minute + NEW.minutes, 60 * hour + 60) - max(NEW.start_minute, 60 * hour)),
      NEW.sign * (hour = NEW.start_minute / 60), NEW.sign * NEW.heads * (hour = NEW.start_minute / 60)
    FROM (SELECT column1 AS hour FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16), (17), (18),
      (19), (20), (21), (22), (23)))
    WHERE hour BETWEEN NEW.start_minute / 60 AND (NEW.start_minute + NEW.minutes - 1) / 60
    ON CONFLICT DO UPDATE SET sessions = sessions + excluded.sessions, minutes = minutes + excluded.minutes, heads = heads + excluded.heads;
END;

CREATE TRIGGER room_days_month AFTER INSERT ON room_days BEGIN
  INSERT INTO room_months VALUES (NEW.home_id, substr(NEW.day, 1, 7), NEW.room_id, 1, NEW.sessions, NEW.minutes, NEW.heads)
    ON CONFLICT DO UPDATE SET days = days + 1, sessions = sessions + excluded.sessions, minutes = minutes + excluded.minutes, heads = heads + excluded.heads;
END;
CREATE TRIGGER room_days_month_changed AFTER UPDATE ON room_days BEGIN
  UPDATE room_months SET sessions = sessions + NEW.sessions - OLD.sessions, minutes = minutes + NEW.minutes - OLD.minutes, heads = heads + NEW.heads - OLD.heads
    WHERE home_id = NEW.home_id AND month = substr(NEW.day, 1, 7) AND room_id = NEW.room_id;
  DELETE FROM room_days WHERE home_id = NEW.home_id AND day = NEW.day AND room_id = NEW.room_id AND NEW.sessions = 0;
END;
CREATE TRIGGER room_days_month_deleted AFTER DELETE ON room_days BEGIN
  UPDATE room_months SET days = days - 1 WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7) AND room_id = OLD.room_id;
  DELETE FROM room_months WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7) AND room_id = OLD.room_id AND days = 0;
END;
CREATE TRIGGER room_slots_empty AFTER UPDATE ON room_slots WHEN NEW.minutes = 0 BEGIN
  DELETE FROM room_slots WHERE home_id = NEW.home_id AND month = NEW.month AND weekday = NEW.weekday AND hour = NEW.hour;
END;

CREATE TRIGGER room_sessions_sum AFTER INSERT ON room_sessions WHEN NEW.undone_at IS NULL BEGIN
  INSERT INTO session_bookings VALUES (NEW.home_id, NEW.room_id, NEW.day, NEW.start_minute, NEW.minutes, NEW.heads, 1);
END;
CREATE TRIGGER room_sessions_sum_changed AFTER UPDATE OF start_minute, minutes, others, named, undone_at ON room_sessions BEGIN
  INSERT INTO session_bookings SELECT NEW.home_id, NEW.room_id, NEW.day, NEW.start_minute, NEW.minutes, NEW.heads, 1 WHERE NEW.undone_at IS NULL;
  INSERT INTO session_bookings SELECT OLD.home_id, OLD.room_id, OLD.day, OLD.start_minute, OLD.minutes, OLD.heads, -1 WHERE OLD.undone_at IS NULL;
END;

-- a day asked anew: open while anything of it stands
CREATE VIEW open_marks AS SELECT home_id, day FROM open_days;

CREATE TRIGGER open_marks_asked INSTEAD OF INSERT ON open_marks BEGIN
  DELETE FROM open_days WHERE home_id = NEW.home_id AND day = NEW.day
    AND NOT EXISTS (SELECT 1 FROM care_days WHERE home_id = NEW.home_id AND day = NEW.day)
    AND NOT EXISTS (SELECT 1 FROM round_days WHERE home_id = NEW.home_id AND day = NEW.day AND done > 0)
    AND NOT EXISTS (SELECT 1 FROM room_days WHERE home_id = NEW.home_id AND day = NEW.day);
  INSERT INTO open_days SELECT NEW.home_id, NEW.day WHERE NOT EXISTS (SELECT 1 FROM open_days WHERE home_id = NEW.home_id AND day = NEW.day)
    AND (EXISTS (SELECT 1 FROM care_days WHERE home_id = NEW.home_id AND day = NEW.day)
      OR EXISTS (SELECT 1 FROM round_days WHERE home_id = NEW.home_id AND day = NEW.day AND done > 0)
      OR EXISTS (SELECT 1 FROM room_days WHERE home_id = NEW.home_id AND day = NEW.day));
END;

CREATE TRIGGER care_days_open AFTER INSERT ON care_days WHEN NOT EXISTS (SELECT 1 FROM open_days WHERE home_id = NEW.home_id AND day = NEW.day)
BEGIN INSERT INTO open_marks VALUES (NEW.home_id, NEW.day); END;
CREATE TRIGGER care_days_open_deleted AFTER DELETE ON care_days BEGIN INSERT INTO open_marks VALUES (OLD.home_id, OLD.day); END;
CREATE TRIGGER round_days_open AFTER INSERT ON round_days BEGIN INSERT INTO open_marks VALUES (NEW.home_id, NEW.day); END;
CREATE TRIGGER round_days_open_changed AFTER UPDATE ON round_days WHEN (NEW.done > 0) <> (OLD.done > 0)
BEGIN INSERT INTO open_marks VALUES (NEW.home_id, NEW.day); END;
CREATE TRIGGER round_days_open_deleted AFTER DELETE ON round_days BEGIN INSERT INTO open_marks VALUES (OLD.home_id, OLD.day); END;
CREATE TRIGGER room_days_open AFTER INSERT ON room_days WHEN NOT EXISTS (SELECT 1 FROM open_days WHERE home_id = NEW.home_id AND day = NEW.day)
BEGIN INSERT INTO open_marks VALUES (NEW.home_id, NEW.day); END;
CREATE TRIGGER room_days_open_deleted AFTER DELETE ON room_days BEGIN INSERT INTO open_marks VALUES (OLD.home_id, OLD.day); END;

CREATE TRIGGER open_days_month AFTER INSERT ON open_days BEGIN
  INSERT INTO open_months VALUES (NEW.home_id, substr(NEW.day, 1, 7), strftime('%w', NEW.day, '-1 day') + 1, 1) ON CONFLICT DO UPDATE SET days = days + 1;
END;
CREATE TRIGGER open_days_month_deleted AFTER DELETE ON open_days BEGIN
  UPDATE open_months SET days = days - 1
    WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7) AND weekday = strftime('%w', OLD.day, '-1 day') + 1;
  DELETE FROM open_months WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7) AND days = 0;
END;

INSERT INTO open_days SELECT home_id, day FROM care_days UNION SELECT home_id, day FROM round_days WHERE done > 0;
