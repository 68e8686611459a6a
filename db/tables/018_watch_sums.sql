-- What the watch list of many homes reads instead of every stay, shift and check: since when somebody lives there with no end in sight, what
-- is still open in the roster day by day, when each kind of safety check was last done; and indexes from which each matter is counted.

-- `since` is the first day of the stay that has no end; whoever leaves on a day that is known is found by that day
ALTER TABLE person_lasts ADD COLUMN since TEXT;

UPDATE person_lasts SET since = (SELECT from_day FROM stays s WHERE s.person_id = person_lasts.person_id AND s.to_day IS NULL);

DROP INDEX person_lasts_seen;
DROP INDEX person_lasts_assessed;
DROP INDEX person_lasts_level;
CREATE INDEX person_lasts_seen ON person_lasts (home_id, risk_tier, seen, care_visit, told_visit, since) WHERE since IS NOT NULL;
CREATE INDEX person_lasts_assessed ON person_lasts (home_id, assessed, since, event) WHERE since IS NOT NULL;
DROP INDEX person_lasts_consent;
DROP INDEX person_lasts_frail;
CREATE INDEX person_lasts_frail ON person_lasts (home_id, since, frail) WHERE frail = 1 AND since IS NOT NULL;
DROP INDEX person_lasts_number;
CREATE INDEX person_lasts_number ON person_lasts (home_id, since, numbered) WHERE numbered = 0 AND since IS NOT NULL;
CREATE INDEX person_lasts_consent ON person_lasts (home_id, since, consented) WHERE consented = 0 AND since IS NOT NULL;
CREATE INDEX person_lasts_level ON person_lasts (level, home_id, assessed, since, decided) WHERE level IS NOT NULL AND decided = 0;
CREATE INDEX person_lasts_fell ON person_lasts (assessed, home_id, since, level, level_before) WHERE level > level_before;

DROP TRIGGER person_facts_kept;
CREATE TRIGGER person_facts_kept INSTEAD OF INSERT ON person_facts BEGIN
  INSERT OR REPLACE INTO person_lasts SELECT f.*, (SELECT from_day FROM stays s WHERE s.person_id = f.person_id AND s.to_day IS NULL)
    FROM person_facts f WHERE f.person_id = NEW.person_id;
END;

CREATE TRIGGER stays_since AFTER INSERT ON stays WHEN NEW.to_day IS NULL BEGIN
  UPDATE person_lasts SET since = NEW.from_day WHERE person_id = NEW.person_id;
END;
CREATE TRIGGER stays_since_changed AFTER UPDATE OF person_id, from_day, to_day ON stays WHEN OLD.to_day IS NULL OR NEW.to_day IS NULL BEGIN
  UPDATE person_lasts SET since = (SELECT from_day FROM stays s WHERE s.person_id = person_lasts.person_id AND s.to_day IS NULL)
    WHERE person_id IN (OLD.person_id, NEW.person_id);
END;
CREATE TRIGGER stays_since_gone AFTER DELETE ON stays WHEN OLD.to_day IS NULL BEGIN
  UPDATE person_lasts SET since = NULL WHERE person_id = OLD.person_id;
END;

-- places of the roster that nobody has taken, by home and day on which there are any
CREATE TABLE gap_days (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL,
  places INTEGER NOT NULL,
  PRIMARY KEY (day, home_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX assignments_taken ON assignments (shift_id) WHERE done IS NOT 0;

-- the same reckoned anew; a home and day inserted here is refreshed
CREATE VIEW gap_marks AS
SELECT s.home_id, s.day, sum(max(0, s.needed - (SELECT count(*) FROM assignments a WHERE a.shift_id = s.id AND a.done IS NOT 0))) AS places
FROM shifts s WHERE NOT EXISTS (SELECT 1 FROM requests q WHERE q.id = s.request_id AND q.closed = 'withdrawn')
GROUP BY s.home_id, s.day;

CREATE TRIGGER gap_marks_summed INSTEAD OF INSERT ON gap_marks BEGIN
  DELETE FROM gap_days WHERE home_id = NEW.home_id AND day = NEW.day;
  INSERT INTO gap_days SELECT * FROM gap_marks WHERE home_id = NEW.home_id AND day = NEW.day;
END;

CREATE TRIGGER shifts_gaps AFTER INSERT ON shifts BEGIN INSERT INTO gap_marks (home_id, day) VALUES (NEW.home_id, NEW.day); END;
CREATE TRIGGER shifts_gaps_changed AFTER UPDATE OF home_id, day, needed, request_id ON shifts
WHEN (NEW.home_id, NEW.day, NEW.needed, NEW.request_id) IS NOT (OLD.home_id, OLD.day, OLD.needed, OLD.request_id) BEGIN
  INSERT INTO gap_marks (home_id, day) VALUES (OLD.home_id, OLD.day), (NEW.home_id, NEW.day);
END;
CREATE TRIGGER shifts_gaps_gone AFTER DELETE ON shifts BEGIN INSERT INTO gap_marks (home_id, day) VALUES (OLD.home_id, OLD.day); END;
CREATE TRIGGER assignments_gaps AFTER INSERT ON assignments WHEN NEW.done IS NOT 0 BEGIN
  INSERT INTO gap_marks (home_id, day) SELECT home_id, day FROM shifts WHERE id = NEW.shift_id;
END;
CREATE TRIGGER assignments_gaps_changed AFTER UPDATE OF shift_id, done ON assignments
WHEN NEW.shift_id <> OLD.shift_id OR (NEW.done IS NOT 0) <> (OLD.done IS NOT 0) BEGIN
  INSERT INTO gap_marks (home_id, day) SELECT home_id, day FROM shifts WHERE id IN (OLD.shift_id, NEW.shift_id);
END;
CREATE TRIGGER assignments_gaps_gone AFTER DELETE ON assignments WHEN OLD.done IS NOT 0 BEGIN
  INSERT INTO gap_marks (home_id, day) SELECT home_id, day FROM shifts WHERE id = OLD.shift_id;
END;
CREATE TRIGGER requests_gaps AFTER UPDATE OF closed ON requests WHEN (NEW.closed IS 'withdrawn') <> (OLD.closed IS 'withdrawn') BEGIN
  INSERT INTO gap_marks (home_id, day) SELECT home_id, day FROM shifts WHERE request_id = NEW.id;
END;

INSERT INTO gap_days SELECT * FROM gap_marks;

-- the last day of each kind of check that a home ever had
CREATE TABLE safety_lasts (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (home_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER safety_checks_lasts AFTER INSERT ON safety_checks BEGIN
  INSERT INTO safety_lasts VALUES (NEW.home_id, NEW.kind, NEW.day) ON CONFLICT DO UPDATE SET day = max(day, excluded.day);
END;
CREATE TRIGGER safety_checks_lasts_gone AFTER DELETE ON safety_checks BEGIN
  DELETE FROM safety_lasts WHERE home_id = OLD.home_id AND kind = OLD.kind;
  INSERT INTO safety_lasts SELECT home_id, kind, max(day) FROM safety_checks WHERE home_id = OLD.home_id AND kind = OLD.kind GROUP BY home_id, kind;
END;

INSERT INTO safety_lasts SELECT home_id, kind, max(day) FROM safety_checks GROUP BY home_id, kind;

CREATE INDEX rooms_idle ON rooms (home_id) WHERE idle_since IS NOT NULL;
CREATE INDEX funds_general ON funds (home_id) WHERE kind = 'general';
CREATE INDEX repairs_waiting ON repairs (home_id) WHERE done_day IS NULL;

-- what is left in each fund, and the day of its oldest gift that is not used up; a gift whose day is put right is booked anew
CREATE TABLE fund_lefts (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  fund_id INTEGER NOT NULL REFERENCES funds (id),
  left_fen INTEGER NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (home_id, fund_id)
) STRICT, WITHOUT ROWID;

-- the same reckoned anew; a fund inserted here is refreshed
CREATE VIEW left_marks AS
SELECT l.home_id, l.fund_id, sum(l.left_fen) AS left_fen, min(g.day) AS since
FROM gift_lots l CROSS JOIN gifts g ON g.id = l.gift_id WHERE l.left_fen > 0 GROUP BY l.fund_id;

CREATE TRIGGER left_marks_summed INSTEAD OF INSERT ON left_marks BEGIN
  DELETE FROM fund_lefts WHERE home_id = NEW.home_id AND fund_id = NEW.fund_id;
  INSERT INTO fund_lefts SELECT * FROM left_marks WHERE fund_id = NEW.fund_id;
END;

CREATE TRIGGER gift_lots_lefts AFTER INSERT ON gift_lots WHEN NEW.left_fen > 0 BEGIN
  INSERT INTO fund_lefts SELECT NEW.home_id, NEW.fund_id, NEW.left_fen, day FROM gifts WHERE id = NEW.gift_id
    ON CONFLICT DO UPDATE SET left_fen = left_fen + excluded.left_fen, since = min(since, excluded.since);
END;
CREATE TRIGGER gift_lots_lefts_changed AFTER UPDATE OF left_fen ON gift_lots WHEN NEW.left_fen <> OLD.left_fen BEGIN
  UPDATE fund_lefts SET left_fen = left_fen + NEW.left_fen - OLD.left_fen
    WHERE home_id = NEW.home_id AND fund_id = NEW.fund_id AND min(NEW.left_fen, OLD.left_fen) > 0;
  INSERT INTO left_marks (home_id, fund_id) SELECT NEW.home_id, NEW.fund_id WHERE min(NEW.left_fen, OLD.left_fen) = 0;
END;
CREATE TRIGGER gift_lots_lefts_gone AFTER DELETE ON gift_lots BEGIN INSERT INTO left_marks (home_id, fund_id) VALUES (OLD.home_id, OLD.fund_id); END;

INSERT INTO fund_lefts SELECT * FROM left_marks;
