-- What the overview reads instead of every resident of every month: what is last known of each person, and the sums of each home by month.
-- Facts only: what is late today, the views reckon from these with the clock and the settings.

CREATE INDEX persons_born_on ON persons (birth_day) WHERE birth_day IS NOT NULL;
CREATE INDEX agreements_until ON agreements (until_day);
CREATE INDEX stays_living ON stays (home_id, to_day, from_day, person_id);
CREATE INDEX stays_coming ON stays (from_day, to_day);
CREATE INDEX stays_going ON stays (to_day, from_day) WHERE to_day IS NOT NULL;

-- `seen` is the later of the last visit in the care log and the last told of otherwise, '' where there was none; `changed` the last day of a
-- risk event or of an assessment by which the level fell; `born` is year, month and day as one number;
-- `kinds` has a bit for each category, by its place in `categories`
CREATE TABLE person_lasts (
  person_id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL,
  risk_tier TEXT NOT NULL,
  sex TEXT,
  born INTEGER,
  kinds INTEGER NOT NULL,
  frail INTEGER NOT NULL,
  numbered INTEGER NOT NULL,
  consented INTEGER NOT NULL,
  care_visit TEXT NOT NULL,
  told_visit TEXT NOT NULL,
  seen TEXT NOT NULL,
  event TEXT NOT NULL,
  changed TEXT NOT NULL,
  assessed TEXT NOT NULL,
  level INTEGER,
  level_before INTEGER,
  decided INTEGER NOT NULL
) STRICT;

CREATE INDEX person_lasts_seen ON person_lasts (risk_tier, seen, home_id);
CREATE INDEX person_lasts_changed ON person_lasts (home_id) WHERE changed > seen;
CREATE INDEX person_lasts_assessed ON person_lasts (home_id, assessed);
CREATE INDEX person_lasts_event ON person_lasts (home_id) WHERE event > assessed;
CREATE INDEX person_lasts_level ON person_lasts (home_id, level) WHERE level > 0;
CREATE INDEX person_lasts_consent ON person_lasts (home_id) WHERE consented = 0;
CREATE INDEX person_lasts_frail ON person_lasts (home_id) WHERE frail = 1;
CREATE INDEX person_lasts_number ON person_lasts (home_id) WHERE numbered = 0;

-- what is known of each person, reckoned anew; a row inserted here refreshes the table
CREATE VIEW person_facts AS
SELECT person_id, home_id, risk_tier, sex, born, kinds, frail, numbered, consented, care_visit, told_visit, max(care_visit, told_visit) AS seen, event,
  max(event, iif(level > level_before, assessed, '')) AS changed, assessed, level, level_before, decided
FROM (
  SELECT p.id AS person_id, p.home_id, p.risk_tier, p.sex, CAST(replace(p.birth_day, '-', '') AS INTEGER) AS born,
    (SELECT coalesce(sum(1 << c.rowid), 0) FROM categories c WHERE c.code IN (SELECT value FROM json_each(p.categories))) AS kinds,
    p.self_care IS NOT NULL AND p.self_care <> 'able' AS frail, p.id_print IS NOT NULL AS numbered,
    EXISTS (SELECT 1 FROM consents c WHERE c.person_id = p.id AND c.purpose = 'register' AND c.withdrawn_day IS NULL) AS consented,
    coalesce((SELECT max(day) FROM care_logs l INDEXED BY care_logs_visits WHERE l.receiver_id = p.id AND l.service = 'visit' AND l.undone_at IS NULL), '') AS care_visit,
    coalesce((SELECT max(day) FROM visits v INDEXED BY visits_unlogged WHERE v.person_id = p.id AND v.log_id IS NULL), '') AS told_visit,
    coalesce((SELECT max(day) FROM risk_events e WHERE e.person_id = p.id), '') AS event,
    coalesce(a.day, '') AS assessed, -- the levels as assessment_results has them
    CASE WHEN a.coma THEN 4 ELSE min(4, a.diagnosis + (a.risk_events >= 2)
      + (SELECT level FROM assessment_levels l WHERE l.instrument = a.instrument AND a.total BETWEEN l.least AND l.most)) END AS level,
    CASE WHEN b.coma THEN 4 ELSE min(4, b.diagnosis + (b.risk_events >= 2)
      + (SELECT level FROM assessment_levels l WHERE l.instrument = b.instrument AND b.total BETWEEN l.least AND l.most)) END AS level_before,
    EXISTS (SELECT 1 FROM level_decisions d WHERE d.assessment_id = a.id) AS decided
  FROM persons p
  LEFT JOIN assessments a ON a.id = (SELECT id FROM assessments n WHERE n.person_id = p.id AND n.instrument = 'gb42195' AND n.finished = 1
    ORDER BY n.day DESC, n.id DESC LIMIT 1)
  LEFT JOIN assessments b ON b.id = (SELECT id FROM assessments n WHERE n.person_id = p.id AND n.instrument = 'gb42195' AND n.finished = 1
    ORDER BY n.day DESC, n.id DESC LIMIT 1 OFFSET 1));

CREATE TRIGGER person_facts_kept INSTEAD OF INSERT ON person_facts BEGIN
  INSERT OR REPLACE INTO person_lasts SELECT * FROM person_facts WHERE person_id = NEW.person_id;
END;

CREATE TRIGGER persons_lasts AFTER INSERT ON persons BEGIN INSERT INTO person_facts (person_id) VALUES (NEW.id); END;
CREATE TRIGGER persons_lasts_changed AFTER UPDATE OF home_id, risk_tier, sex, birth_day, categories, self_care, id_print ON persons
BEGIN INSERT INTO person_facts (person_id) VALUES (NEW.id); END;
CREATE TRIGGER persons_lasts_gone AFTER DELETE ON persons BEGIN DELETE FROM person_lasts WHERE person_id = OLD.id; END;
CREATE TRIGGER consents_lasts AFTER INSERT ON consents BEGIN INSERT INTO person_facts (person_id) VALUES (NEW.person_id); END;
CREATE TRIGGER consents_lasts_changed AFTER UPDATE OF person_id, purpose, withdrawn_day ON consents BEGIN
  INSERT INTO person_facts (person_id) VALUES (OLD.person_id), (NEW.person_id);
END;
CREATE TRIGGER consents_lasts_gone AFTER DELETE ON consents BEGIN INSERT INTO person_facts (person_id) VALUES (OLD.person_id); END;
CREATE TRIGGER risk_events_lasts AFTER INSERT ON risk_events BEGIN INSERT INTO person_facts (person_id) VALUES (NEW.person_id); END;
CREATE TRIGGER risk_events_lasts_changed AFTER UPDATE OF person_id, day ON risk_events BEGIN
  INSERT INTO person_facts (person_id) VALUES (OLD.person_id), (NEW.person_id);
END;
CREATE TRIGGER risk_events_lasts_gone AFTER DELETE ON risk_events BEGIN INSERT INTO person_facts (person_id) VALUES (OLD.person_id); END;
CREATE TRIGGER assessments_lasts AFTER UPDATE OF finished ON assessments BEGIN INSERT INTO person_facts (person_id) VALUES (NEW.person_id); END;
CREATE TRIGGER assessments_lasts_gone AFTER DELETE ON assessments WHEN OLD.finished = 1 BEGIN INSERT INTO person_facts (person_id) VALUES (OLD.person_id); END;
CREATE TRIGGER level_decisions_lasts AFTER INSERT ON level_decisions BEGIN
  INSERT INTO person_facts (person_id) SELECT person_id FROM assessments WHERE id = NEW.assessment_id;
END;
CREATE TRIGGER level_decisions_lasts_gone AFTER DELETE ON level_decisions BEGIN
  INSERT INTO person_facts (person_id) SELECT person_id FROM assessments WHERE id = OLD.assessment_id;
END;
CREATE TRIGGER visits_lasts AFTER INSERT ON visits BEGIN INSERT INTO person_facts (person_id) VALUES (NEW.person_id); END;
CREATE TRIGGER visits_lasts_changed AFTER UPDATE OF day, log_id ON visits BEGIN INSERT INTO person_facts (person_id) VALUES (NEW.person_id); END;
CREATE TRIGGER visits_lasts_gone AFTER DELETE ON visits BEGIN INSERT INTO person_facts (person_id) VALUES (OLD.person_id); END;
-- the log is long: a new entry only moves the day on, one that is changed or taken out has the day looked up
CREATE TRIGGER care_logs_lasts AFTER INSERT ON care_logs WHEN NEW.service = 'visit' AND NEW.undone_at IS NULL BEGIN
  UPDATE person_lasts SET care_visit = NEW.day, seen = max(seen, NEW.day) WHERE person_id = NEW.receiver_id AND care_visit < NEW.day;
END;
CREATE TRIGGER care_logs_lasts_changed AFTER UPDATE OF receiver_id, day, service, undone_at ON care_logs
WHEN ('visit' IN (OLD.service, NEW.service)) AND (OLD.receiver_id, OLD.day, OLD.service, OLD.undone_at) IS NOT (NEW.receiver_id, NEW.day, NEW.service, NEW.undone_at)
BEGIN INSERT INTO person_facts (person_id) VALUES (OLD.receiver_id), (NEW.receiver_id); END;
CREATE TRIGGER care_logs_lasts_gone AFTER DELETE ON care_logs WHEN OLD.service = 'visit' BEGIN
  INSERT INTO person_facts (person_id) VALUES (OLD.receiver_id);
END;

INSERT INTO person_lasts SELECT * FROM person_facts;

-- of each home and month: how many names gave and received, and of those who live there in the last night of the month (as the stays stand
-- now) how many were visited, and how many both gave and received
CREATE TABLE figure_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  people INTEGER NOT NULL,
  givers INTEGER NOT NULL,
  served INTEGER NOT NULL,
  visited INTEGER NOT NULL,
  mutual INTEGER NOT NULL,
  PRIMARY KEY (home_id, month)
) STRICT, WITHOUT ROWID;

-- Visits that the care log does not count, nor will: one at the door or by telephone by somebody of the register is on its way there.
-- A row inserted here counts one (sign 1) or takes it out (-1), where nobody else visited in that month.
CREATE VIEW told_visits AS
SELECT home_id, id, person_id, day, substr(day, 1, 7) AS month, 1 AS sign FROM visits INDEXED BY visits_unlogged
WHERE log_id IS NULL AND (visitor_id IS NULL OR channel NOT IN ('at_door', 'by_call'));

-- the same reckoned anew; a row inserted here is added to the sums
CREATE VIEW figure_bookings AS
SELECT home_id, month, sum(people) AS people, sum(givers) AS givers, sum(served) AS served, sum(visited) AS visited, sum(mutual) AS mutual FROM (
  SELECT home_id, month, 1 AS people, given > 0 AS givers, received > 0 AS served, 0 AS visited, 0 AS mutual FROM care_people
  UNION ALL
  SELECT home_id, month, 0, 0, 0, max(visited), max(mutual) FROM (
    SELECT s.id, s.home_id, c.month, c.visits > 0 AS visited, c.given > 0 AND c.received > 0 AS mutual
    FROM stays s CROSS JOIN care_people c ON c.home_id = s.home_id AND c.person = CAST(s.person_id AS TEXT)
      AND c.month >= substr(s.from_day, 1, 7) AND c.month < coalesce(substr(s.to_day, 1, 7), '9999')
    UNION ALL
    SELECT s.id, s.home_id, v.month, 1, 0 FROM told_visits v CROSS JOIN stays s ON s.person_id = v.person_id
      AND v.month >= substr(s.from_day, 1, 7) AND v.month < coalesce(substr(s.to_day, 1, 7), '9999')
  ) GROUP BY id, home_id, month
) GROUP BY home_id, month HAVING sum(people) > 0 OR sum(visited) > 0 OR sum(mutual) > 0;

CREATE TRIGGER figure_bookings_summed INSTEAD OF INSERT ON figure_bookings BEGIN
  INSERT INTO figure_months VALUES (NEW.home_id, NEW.month, NEW.people, NEW.givers, NEW.served, NEW.visited, NEW.mutual)
    ON CONFLICT DO UPDATE SET people = people + excluded.people, givers = givers + excluded.givers, served = served + excluded.served,
      visited = visited + excluded.visited, mutual = mutual + excluded.mutual;
  DELETE FROM figure_months WHERE home_id = NEW.home_id AND month = NEW.month AND (people, visited, mutual) = (0, 0, 0);
END;

CREATE TRIGGER care_people_figures AFTER INSERT ON care_people BEGIN
  INSERT INTO figure_bookings SELECT NEW.home_id, NEW.month, 1, NEW.given > 0, NEW.received > 0,
    r.n > 0 AND NEW.visits > 0 AND NOT EXISTS (SELECT 1 FROM told_visits v
      WHERE v.person_id = CAST(NEW.person AS INTEGER) AND v.day BETWEEN NEW.month AND NEW.month || '-32'),
    r.n > 0 AND NEW.given > 0 AND NEW.received > 0
  FROM (SELECT count(*) AS n FROM stays s WHERE s.person_id = CAST(NEW.person AS INTEGER) AND s.home_id = NEW.home_id
    AND s.from_day < NEW.month || '-32' AND (s.to_day IS NULL OR s.to_day > NEW.month || '-32')) r;
END;
CREATE TRIGGER care_people_figures_changed AFTER UPDATE ON care_people
WHEN (NEW.given > 0, NEW.received > 0, NEW.visits > 0) <> (OLD.given > 0, OLD.received > 0, OLD.visits > 0) BEGIN
  INSERT INTO figure_bookings SELECT NEW.home_id, NEW.month, 0, (NEW.given > 0) - (OLD.given > 0), (NEW.received > 0) - (OLD.received > 0),
    (r.n > 0 AND NOT EXISTS (SELECT 1 FROM told_visits v
      WHERE v.person_id = CAST(NEW.person AS INTEGER) AND v.day BETWEEN NEW.month AND NEW.month || '-32')) * ((NEW.visits > 0) - (OLD.visits > 0)),
    (r.n > 0) * ((NEW.given > 0 AND NEW.received > 0) - (OLD.given > 0 AND OLD.received > 0))
  FROM (SELECT count(*) AS n FROM stays s WHERE s.person_id = CAST(NEW.person AS INTEGER) AND s.home_id = NEW.home_id
    AND s.from_day < NEW.month || '-32' AND (s.to_day IS NULL OR s.to_day > NEW.month || '-32')) r;
END;
CREATE TRIGGER care_people_figures_gone AFTER DELETE ON care_people BEGIN
  INSERT INTO figure_bookings VALUES (OLD.home_id, OLD.month, -1, -(OLD.given > 0), -(OLD.received > 0), 0, 0);
END;

CREATE TRIGGER told_visits_summed INSTEAD OF INSERT ON told_visits BEGIN
  INSERT INTO figure_bookings SELECT s.home_id, NEW.month, 0, 0, 0, NEW.sign, 0 FROM stays s
    WHERE s.person_id = NEW.person_id AND s.from_day < NEW.month || '-32' AND (s.to_day IS NULL OR s.to_day > NEW.month || '-32')
      AND NOT EXISTS (SELECT 1 FROM care_people c WHERE c.home_id = s.home_id AND c.month = NEW.month AND c.person = CAST(NEW.person_id AS TEXT) AND c.visits > 0)
      AND NOT EXISTS (SELECT 1 FROM told_visits v WHERE v.person_id = NEW.person_id AND v.day BETWEEN NEW.month AND NEW.month || '-32' AND v.id <> NEW.id);
END;
CREATE TRIGGER visits_figures AFTER INSERT ON visits WHEN NEW.log_id IS NULL AND (NEW.visitor_id IS NULL OR NEW.channel NOT IN ('at_door', 'by_call')) BEGIN
  INSERT INTO told_visits VALUES (NEW.home_id, NEW.id, NEW.person_id, NEW.day, substr(NEW.day, 1, 7), 1);
END;
CREATE TRIGGER visits_figures_changed AFTER UPDATE OF day, log_id ON visits
WHEN OLD.log_id IS NULL AND (OLD.visitor_id IS NULL OR OLD.channel NOT IN ('at_door', 'by_call')) BEGIN
  INSERT INTO told_visits VALUES (OLD.home_id, OLD.id, OLD.person_id, OLD.day, substr(OLD.day, 1, 7), -1);
  INSERT INTO told_visits SELECT NEW.home_id, NEW.id, NEW.person_id, NEW.day, substr(NEW.day, 1, 7), 1 WHERE NEW.log_id IS NULL;
END;
CREATE TRIGGER visits_figures_gone AFTER DELETE ON visits WHEN OLD.log_id IS NULL AND (OLD.visitor_id IS NULL OR OLD.channel NOT IN ('at_door', 'by_call')) BEGIN
  INSERT INTO told_visits VALUES (OLD.home_id, OLD.id, OLD.person_id, OLD.day, substr(OLD.day, 1, 7), -1);
END;

-- a stay that begins to count (1) or no longer does (-1): all months at whose end it lasts, with what is known of them
CREATE VIEW stay_marks AS SELECT home_id, person_id, from_day, to_day, 1 AS sign FROM stays;

CREATE TRIGGER stay_marks_summed INSTEAD OF INSERT ON stay_marks BEGIN
  INSERT INTO figure_bookings SELECT NEW.home_id, month, 0, 0, 0, NEW.sign * max(visited), NEW.sign * max(mutual) FROM (
      SELECT month, visits > 0 AS visited, given > 0 AND received > 0 AS mutual FROM care_people
      WHERE person = CAST(NEW.person_id AS TEXT) AND home_id = NEW.home_id
      UNION ALL SELECT month, 1, 0 FROM told_visits WHERE person_id = NEW.person_id)
    WHERE month >= substr(NEW.from_day, 1, 7) AND month < coalesce(substr(NEW.to_day, 1, 7), '9999')
    GROUP BY month HAVING max(visited) OR max(mutual);
END;
CREATE TRIGGER stays_figures AFTER INSERT ON stays BEGIN
  INSERT INTO stay_marks VALUES (NEW.home_id, NEW.person_id, NEW.from_day, NEW.to_day, 1);
END;
CREATE TRIGGER stays_figures_changed AFTER UPDATE OF home_id, person_id, from_day, to_day ON stays BEGIN
  INSERT INTO stay_marks VALUES (OLD.home_id, OLD.person_id, OLD.from_day, OLD.to_day, -1);
  INSERT INTO stay_marks VALUES (NEW.home_id, NEW.person_id, NEW.from_day, NEW.to_day, 1);
END;
CREATE TRIGGER stays_figures_gone AFTER DELETE ON stays BEGIN
  INSERT INTO stay_marks VALUES (OLD.home_id, OLD.person_id, OLD.from_day, OLD.to_day, -1);
END;

INSERT INTO figure_months SELECT * FROM figure_bookings;

-- care by the weeks of each month, for the chart of weeks
CREATE TABLE care_weeks (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  week TEXT NOT NULL, -- its Monday
  service TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  logs INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, week, service)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER care_bookings_weeks INSTEAD OF INSERT ON care_bookings BEGIN
  INSERT INTO care_weeks VALUES (NEW.home_id, substr(NEW.day, 1, 7), date(NEW.day, 'weekday 0', '-6 days'), NEW.service, NEW.sign * NEW.minutes, NEW.sign)
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, logs = logs + excluded.logs;
END;
CREATE TRIGGER care_weeks_empty AFTER UPDATE ON care_weeks WHEN NEW.logs = 0 BEGIN
  DELETE FROM care_weeks WHERE home_id = NEW.home_id AND month = NEW.month AND week = NEW.week AND service = NEW.service;
END;

INSERT INTO care_weeks SELECT home_id, substr(day, 1, 7), week, service, sum(minutes), sum(logs) FROM care_days GROUP BY 1, 2, 3, 4;
