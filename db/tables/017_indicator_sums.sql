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

CREATE INDEX rooms_to_use ON rooms (home_id, kind, weekdays, opens_minute, closes_minute, idle_since) WHERE kind <> 'bedroom';
