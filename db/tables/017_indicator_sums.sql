-- Rounds by month: what was eaten and who came to a day home is told from it, and no page counts days.

CREATE TABLE round_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  kind TEXT NOT NULL,
  rounds INTEGER NOT NULL,
  done INTEGER NOT NULL, -- how many times somebody took part
  PRIMARY KEY (home_id, month, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER round_days_months AFTER INSERT ON round_days BEGIN
  INSERT INTO round_months VALUES (NEW.home_id, substr(NEW.day, 1, 7), NEW.kind, 1, NEW.done)
    ON CONFLICT DO UPDATE SET rounds = rounds + 1, done = done + excluded.done;
END;
CREATE TRIGGER round_days_months_changed AFTER UPDATE OF done ON round_days BEGIN
  UPDATE round_months SET done = done + NEW.done - OLD.done WHERE home_id = NEW.home_id AND month = substr(NEW.day, 1, 7) AND kind = NEW.kind;
END;
CREATE TRIGGER round_days_months_deleted AFTER DELETE ON round_days BEGIN
  UPDATE round_months SET rounds = rounds - 1, done = done - OLD.done
    WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7) AND kind = OLD.kind;
  DELETE FROM round_months WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7) AND kind = OLD.kind AND rounds = 0;
END;

INSERT INTO round_months SELECT home_id, substr(day, 1, 7), kind, count(*), sum(done) FROM round_days GROUP BY 1, 2, 3;

CREATE INDEX rooms_open ON rooms (home_id, weekdays, opens_minute, closes_minute, first_day, last_day, kind) WHERE kind <> 'bedroom';
CREATE INDEX room_hours_later ON room_hours (room_id, from_day) WHERE from_day > '1900-01-01';
CREATE INDEX rooms_limited ON rooms (home_id) WHERE first_day IS NOT NULL OR last_day IS NOT NULL;

-- money by home and month over all funds
CREATE TABLE money_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  received_fen INTEGER NOT NULL,
  spent_fen INTEGER NOT NULL,
  bookings INTEGER NOT NULL,
  PRIMARY KEY (home_id, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER fund_entries_money_months AFTER INSERT ON fund_entries BEGIN
  INSERT INTO money_months VALUES (NEW.home_id, substr(NEW.day, 1, 7), NEW.amount_fen * (NEW.kind = 'gift'), -NEW.amount_fen * (NEW.kind = 'spending'), 1)
    ON CONFLICT DO UPDATE SET received_fen = received_fen + excluded.received_fen, spent_fen = spent_fen + excluded.spent_fen, bookings = bookings + 1;
END;
CREATE TRIGGER fund_entries_money_months_deleted AFTER DELETE ON fund_entries BEGIN
  UPDATE money_months SET received_fen = received_fen - OLD.amount_fen * (OLD.kind = 'gift'), spent_fen = spent_fen + OLD.amount_fen * (OLD.kind = 'spending'),
    bookings = bookings - 1 WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7);
  DELETE FROM money_months WHERE home_id = OLD.home_id AND month = substr(OLD.day, 1, 7) AND bookings = 0;
END;

INSERT INTO money_months SELECT home_id, substr(day, 1, 7), sum(amount_fen * (kind = 'gift')), -sum(amount_fen * (kind = 'spending')), count(*)
FROM fund_entries GROUP BY 1, 2;

-- who came less who went, and the days of that added and taken off (counted from 1 January 1900): days lived until a day are more * day - days
CREATE TABLE stay_sums (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  more INTEGER NOT NULL,
  days INTEGER NOT NULL,
  bookings INTEGER NOT NULL,
  PRIMARY KEY (home_id, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stay_bookings_sums INSTEAD OF INSERT ON stay_bookings WHEN NEW.day IS NOT NULL BEGIN
  INSERT INTO stay_sums VALUES (NEW.home_id, substr(NEW.day, 1, 7), NEW.count * NEW.times,
      NEW.count * NEW.times * CAST(julianday(NEW.day) - 2415020.5 AS INTEGER), NEW.times)
    ON CONFLICT DO UPDATE SET more = more + excluded.more, days = days + excluded.days, bookings = bookings + excluded.bookings;
  DELETE FROM stay_sums WHERE home_id = NEW.home_id AND month = substr(NEW.day, 1, 7) AND bookings = 0;
END;

INSERT INTO stay_sums SELECT home_id, substr(day, 1, 7), sum(count), sum(count * CAST(julianday(day) - 2415020.5 AS INTEGER)), count(*)
FROM stay_bookings GROUP BY 1, 2;
