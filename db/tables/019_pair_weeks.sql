-- How often each pair met in a week, so that the watch list of many homes need not look through the log for every pair.

CREATE INDEX pairs_lasting ON pairs (home_id, elder_id, volunteer_id, from_day) WHERE to_day IS NULL;

CREATE TABLE pair_weeks (
  pair_id INTEGER NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
  week TEXT NOT NULL, -- its Monday
  contacts INTEGER NOT NULL, -- since the pair began: in the log of care, and visits that have no entry there
  PRIMARY KEY (pair_id, week)
) STRICT, WITHOUT ROWID;

-- the same reckoned anew; a volunteer, an elder and a day inserted here are counted (1) or taken out again (-1)
CREATE VIEW pair_contacts AS
SELECT p.home_id, p.id AS pair_id, l.giver_id AS volunteer_id, l.receiver_id AS elder_id, l.day, 1 AS sign
FROM pairs p CROSS JOIN care_logs l ON l.receiver_id = p.elder_id AND l.giver_id = p.volunteer_id AND l.day >= p.from_day WHERE l.undone_at IS NULL
UNION ALL
SELECT p.home_id, p.id, v.visitor_id, v.person_id, v.day, 1
FROM pairs p CROSS JOIN visits v ON v.person_id = p.elder_id AND v.visitor_id = p.volunteer_id AND v.day >= p.from_day WHERE v.log_id IS NULL;

CREATE TRIGGER pair_contacts_summed INSTEAD OF INSERT ON pair_contacts BEGIN
  INSERT INTO pair_weeks SELECT id, date(NEW.day, 'weekday 0', '-6 days'), NEW.sign FROM pairs
    WHERE elder_id = NEW.elder_id AND volunteer_id = NEW.volunteer_id AND from_day <= NEW.day
    ON CONFLICT DO UPDATE SET contacts = contacts + excluded.contacts;
END;
CREATE TRIGGER pair_weeks_empty AFTER UPDATE ON pair_weeks WHEN NEW.contacts = 0 BEGIN
  DELETE FROM pair_weeks WHERE pair_id = NEW.pair_id AND week = NEW.week;
END;

CREATE TRIGGER care_logs_pairs AFTER INSERT ON care_logs WHEN NEW.undone_at IS NULL BEGIN
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) VALUES (NEW.giver_id, NEW.receiver_id, NEW.day, 1);
END;
CREATE TRIGGER care_logs_pairs_changed AFTER UPDATE OF giver_id, receiver_id, day, undone_at ON care_logs BEGIN
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) SELECT OLD.giver_id, OLD.receiver_id, OLD.day, -1 WHERE OLD.undone_at IS NULL;
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) SELECT NEW.giver_id, NEW.receiver_id, NEW.day, 1 WHERE NEW.undone_at IS NULL;
END;
CREATE TRIGGER care_logs_pairs_gone AFTER DELETE ON care_logs WHEN OLD.undone_at IS NULL BEGIN
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) VALUES (OLD.giver_id, OLD.receiver_id, OLD.day, -1);
END;
CREATE TRIGGER visits_pairs AFTER INSERT ON visits WHEN NEW.log_id IS NULL BEGIN
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) VALUES (NEW.visitor_id, NEW.person_id, NEW.day, 1);
END;
CREATE TRIGGER visits_pairs_changed AFTER UPDATE OF visitor_id, person_id, day, log_id ON visits BEGIN
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) SELECT OLD.visitor_id, OLD.person_id, OLD.day, -1 WHERE OLD.log_id IS NULL;
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) SELECT NEW.visitor_id, NEW.person_id, NEW.day, 1 WHERE NEW.log_id IS NULL;
END;
CREATE TRIGGER visits_pairs_gone AFTER DELETE ON visits WHEN OLD.log_id IS NULL BEGIN
  INSERT INTO pair_contacts (volunteer_id, elder_id, day, sign) VALUES (OLD.visitor_id, OLD.person_id, OLD.day, -1);
END;

CREATE TRIGGER pairs_weeks AFTER INSERT ON pairs BEGIN
  INSERT INTO pair_weeks SELECT pair_id, date(day, 'weekday 0', '-6 days'), count(*) FROM pair_contacts WHERE pair_id = NEW.id GROUP BY 2;
END;

INSERT INTO pair_weeks SELECT pair_id, date(day, 'weekday 0', '-6 days'), count(*) FROM pair_contacts GROUP BY 1, 2;
