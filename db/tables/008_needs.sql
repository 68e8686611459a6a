-- The needs survey (需求调查): rounds, one survey a person and round, one answer a service.

CREATE TABLE survey_rounds (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CONSTRAINT survey_rounds_name CHECK (trim(name, ' 　') <> '' AND length(name) <= 40),
  first_day TEXT NOT NULL CONSTRAINT survey_rounds_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT NOT NULL CONSTRAINT survey_rounds_last_day CHECK (last_day IS date(last_day, '+0 days')),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT survey_rounds_order CHECK (last_day >= first_day)
) STRICT;

CREATE TRIGGER survey_rounds_apart BEFORE INSERT ON survey_rounds
WHEN EXISTS (SELECT 1 FROM survey_rounds WHERE first_day <= NEW.last_day AND last_day >= NEW.first_day)
BEGIN SELECT raise(ABORT, 'survey_rounds_apart'); END;
CREATE TRIGGER survey_rounds_apart_changed BEFORE UPDATE OF first_day, last_day ON survey_rounds
WHEN EXISTS (SELECT 1 FROM survey_rounds WHERE id <> NEW.id AND first_day <= NEW.last_day AND last_day >= NEW.first_day)
BEGIN SELECT raise(ABORT, 'survey_rounds_apart'); END;

-- age band, living situation and level are those of the day it was finished, so that a list stays what it was; kept by triggers
CREATE TABLE surveys (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  round_id INTEGER NOT NULL REFERENCES survey_rounds (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT surveys_day CHECK (day IS date(day, '+0 days')),
  mode TEXT NOT NULL DEFAULT 'home_visit' CONSTRAINT surveys_mode CHECK (mode IN ('home_visit', 'self_report')),
  surveyor TEXT,
  finished INTEGER NOT NULL DEFAULT 0 CONSTRAINT surveys_finished CHECK (finished IN (0, 1)),
  age_band TEXT,
  category TEXT,
  level INTEGER,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX surveys_person_id_once ON surveys (person_id, round_id);
CREATE INDEX surveys_by_round ON surveys (round_id, home_id, finished);

CREATE TABLE survey_answers (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  survey_id INTEGER NOT NULL REFERENCES surveys (id) ON DELETE CASCADE,
  service TEXT NOT NULL REFERENCES services (code),
  need INTEGER NOT NULL CONSTRAINT survey_answers_need CHECK (need BETWEEN 0 AND 3),
  receives INTEGER NOT NULL DEFAULT 0 CONSTRAINT survey_answers_receives CHECK (receives IN (0, 1)),
  from_whom TEXT CONSTRAINT survey_answers_from_whom CHECK (from_whom IN ('relatives', 'neighbours', 'home', 'bought')),
  would_pay INTEGER NOT NULL DEFAULT 0 CONSTRAINT survey_answers_would_pay CHECK (would_pay IN (0, 1)),
  could_give INTEGER NOT NULL DEFAULT 0 CONSTRAINT survey_answers_could_give CHECK (could_give IN (0, 1)),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT survey_answers_whom CHECK (from_whom IS NULL OR receives = 1)
) STRICT;

CREATE UNIQUE INDEX survey_answers_survey_id_once ON survey_answers (survey_id, service);
CREATE INDEX survey_answers_unmet ON survey_answers (survey_id, service, need) WHERE need >= 2 AND receives = 0;
CREATE INDEX survey_answers_give ON survey_answers (survey_id, service) WHERE could_give = 1 AND (need < 2 OR receives = 1);

CREATE TRIGGER surveys_future BEFORE INSERT ON surveys WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'surveys_future'); END;
CREATE TRIGGER surveys_future_changed BEFORE UPDATE OF day ON surveys
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'surveys_future'); END;
CREATE TRIGGER surveys_early BEFORE INSERT ON surveys WHEN NEW.day < (SELECT first_day FROM survey_rounds WHERE id = NEW.round_id)
BEGIN SELECT raise(ABORT, 'surveys_early'); END;
CREATE TRIGGER surveys_early_changed BEFORE UPDATE OF day, round_id ON surveys
WHEN NEW.day < (SELECT first_day FROM survey_rounds WHERE id = NEW.round_id)
BEGIN SELECT raise(ABORT, 'surveys_early'); END;
CREATE TRIGGER surveys_home BEFORE INSERT ON surveys WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'surveys_home'); END;
CREATE TRIGGER surveys_home_changed BEFORE UPDATE OF home_id, person_id ON surveys
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'surveys_home'); END;
CREATE TRIGGER surveys_left BEFORE INSERT ON surveys
WHEN EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND to_day <= NEW.day)
  AND NOT EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND from_day <= NEW.day AND (to_day IS NULL OR to_day > NEW.day))
BEGIN SELECT raise(ABORT, 'surveys_left'); END;
CREATE TRIGGER surveys_left_changed BEFORE UPDATE OF day, person_id ON surveys
WHEN (NEW.day <> OLD.day OR NEW.person_id <> OLD.person_id)
  AND EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND to_day <= NEW.day)
  AND NOT EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND from_day <= NEW.day AND (to_day IS NULL OR to_day > NEW.day))
BEGIN SELECT raise(ABORT, 'surveys_left'); END;
CREATE TRIGGER surveys_complete BEFORE UPDATE OF finished ON surveys WHEN NEW.finished = 1 AND OLD.finished = 0 AND EXISTS (
  SELECT 1 FROM services s WHERE s.asked = 1 AND NOT EXISTS (SELECT 1 FROM survey_answers WHERE survey_id = NEW.id AND service = s.code))
BEGIN SELECT raise(ABORT, 'surveys_complete'); END;
CREATE TRIGGER surveys_new BEFORE INSERT ON surveys WHEN NEW.finished = 1
BEGIN SELECT raise(ABORT, 'surveys_complete'); END;

-- a finished survey is kept; whoever has to correct one opens it again (finished = 0), which the audit trail shows
CREATE TRIGGER surveys_kept BEFORE UPDATE OF home_id, round_id, person_id, day, mode, surveyor ON surveys
WHEN OLD.finished = 1 AND (NEW.home_id, NEW.round_id, NEW.person_id, NEW.day, NEW.mode, coalesce(NEW.surveyor, ''))
  <> (OLD.home_id, OLD.round_id, OLD.person_id, OLD.day, OLD.mode, coalesce(OLD.surveyor, ''))
BEGIN SELECT raise(ABORT, 'surveys_kept'); END;
CREATE TRIGGER surveys_kept_deleted BEFORE DELETE ON surveys WHEN OLD.finished = 1 AND OLD.import_id IS NULL
BEGIN SELECT raise(ABORT, 'surveys_kept'); END;
CREATE TRIGGER survey_answers_kept BEFORE INSERT ON survey_answers WHEN (SELECT finished FROM surveys WHERE id = NEW.survey_id) = 1
BEGIN SELECT raise(ABORT, 'surveys_kept'); END;
CREATE TRIGGER survey_answers_kept_changed BEFORE UPDATE ON survey_answers
WHEN 1 IN (SELECT finished FROM surveys WHERE id IN (OLD.survey_id, NEW.survey_id))
BEGIN SELECT raise(ABORT, 'surveys_kept'); END;
CREATE TRIGGER survey_answers_kept_deleted BEFORE DELETE ON survey_answers
WHEN (SELECT finished FROM surveys WHERE id = OLD.survey_id) = 1
BEGIN SELECT raise(ABORT, 'surveys_kept'); END;
CREATE TRIGGER survey_answers_home BEFORE INSERT ON survey_answers WHEN NEW.home_id <> (SELECT home_id FROM surveys WHERE id = NEW.survey_id)
BEGIN SELECT raise(ABORT, 'survey_answers_home'); END;
CREATE TRIGGER survey_answers_home_changed BEFORE UPDATE OF home_id, survey_id ON survey_answers
WHEN NEW.home_id <> (SELECT home_id FROM surveys WHERE id = NEW.survey_id)
BEGIN SELECT raise(ABORT, 'survey_answers_home'); END;
CREATE TRIGGER survey_answers_asked BEFORE INSERT ON survey_answers WHEN (SELECT asked FROM services WHERE code = NEW.service) = 0
BEGIN SELECT raise(ABORT, 'survey_answers_asked'); END;
CREATE TRIGGER survey_answers_asked_changed BEFORE UPDATE OF service ON survey_answers
WHEN (SELECT asked FROM services WHERE code = NEW.service) = 0
BEGIN SELECT raise(ABORT, 'survey_answers_asked'); END;

-- the finished surveys of a home and round, summed for each service: people with an unmet need (2 or 3, not received), all who were asked,
-- those who would pay, those who could give it and do not lack it themselves
CREATE TABLE needs_counts (
  round_id INTEGER NOT NULL REFERENCES survey_rounds (id),
  home_id INTEGER NOT NULL REFERENCES homes (id),
  service TEXT NOT NULL,
  people INTEGER NOT NULL,
  surveyed INTEGER NOT NULL,
  would_pay INTEGER NOT NULL,
  supply INTEGER NOT NULL,
  PRIMARY KEY (round_id, home_id, service)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER surveys_counted AFTER UPDATE OF finished ON surveys WHEN NEW.finished <> OLD.finished BEGIN
  UPDATE surveys SET (age_band, category, level) = (
    SELECT CASE WHEN p.age IS NULL THEN '?' WHEN p.age < 60 THEN '<60' WHEN p.age >= 90 THEN '90+'
        ELSE (p.age / 10 * 10) || '-' || (p.age / 10 * 10 + 9) END,
      coalesce((SELECT min(value) FROM json_each(p.categories) WHERE value IN ('alone', 'empty_nest', 'left_behind')), 'with_family'),
      (SELECT final_level FROM person_levels WHERE person_id = NEW.person_id)
    FROM (SELECT categories, CAST(substr(NEW.day, 1, 4) AS INTEGER) - CAST(substr(birth_day, 1, 4) AS INTEGER)
      - (substr(NEW.day, 6) < substr(birth_day, 6)) AS age FROM persons WHERE id = NEW.person_id) p)
  WHERE id = NEW.id AND NEW.finished = 1;
  INSERT INTO needs_counts
    SELECT NEW.round_id, NEW.home_id, service, (need >= 2 AND receives = 0) * (2 * NEW.finished - 1), 2 * NEW.finished - 1,
      would_pay * (2 * NEW.finished - 1), (could_give = 1 AND (need < 2 OR receives = 1)) * (2 * NEW.finished - 1)
    FROM survey_answers WHERE survey_id = NEW.id
    ON CONFLICT DO UPDATE SET people = people + excluded.people, surveyed = surveyed + excluded.surveyed,
      would_pay = would_pay + excluded.would_pay, supply = supply + excluded.supply;
END;
CREATE TRIGGER surveys_uncounted BEFORE DELETE ON surveys WHEN OLD.finished = 1 AND OLD.import_id IS NOT NULL BEGIN
  INSERT INTO needs_counts
    SELECT OLD.round_id, OLD.home_id, service, -(need >= 2 AND receives = 0), -1, -would_pay, -(could_give = 1 AND (need < 2 OR receives = 1))
    FROM survey_answers WHERE survey_id = OLD.id
    ON CONFLICT DO UPDATE SET people = people + excluded.people, surveyed = surveyed + excluded.surveyed,
      would_pay = would_pay + excluded.would_pay, supply = supply + excluded.supply;
END;
CREATE TRIGGER needs_counts_empty AFTER UPDATE ON needs_counts WHEN NEW.surveyed = 0 BEGIN
  DELETE FROM needs_counts WHERE round_id = NEW.round_id AND home_id = NEW.home_id AND service = NEW.service;
END;

CREATE INDEX persons_gives_by_home ON persons (home_id, gives) WHERE gives <> '[]';
CREATE INDEX care_logs_visits ON care_logs (receiver_id, day) WHERE service = 'visit'; -- who was last seen, for the watch list

INSERT INTO settings (name, value) VALUES ('admit_level', '1'), ('two_steps', 'special'), ('assess_months', '12'),
  ('visit_days_high', '7'), ('visit_days_key', '31'), ('visit_days_general', '92'), ('agreement_days', '30');

CREATE TRIGGER settings_level BEFORE UPDATE ON settings WHEN NEW.name = 'admit_level' AND NEW.value NOT IN ('0', '1', '2', '3', '4')
BEGIN SELECT raise(ABORT, 'settings_level'); END;
CREATE TRIGGER settings_steps BEFORE UPDATE ON settings WHEN NEW.name = 'two_steps' AND NEW.value NOT IN ('special', 'always', 'never')
BEGIN SELECT raise(ABORT, 'settings_steps'); END;
CREATE TRIGGER settings_days BEFORE UPDATE ON settings
WHEN NEW.name IN ('assess_months', 'visit_days_high', 'visit_days_key', 'visit_days_general', 'agreement_days')
  AND (NEW.value GLOB '*[^0-9]*' OR CAST(NEW.value AS INTEGER) NOT BETWEEN 1 AND 365)
BEGIN SELECT raise(ABORT, 'settings_number'); END;
