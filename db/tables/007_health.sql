-- Health notes and risk events.

-- the normal band of each measure; what lies outside is marked, what cannot be is refused by health_notes
CREATE TABLE health_bands (
  measure TEXT PRIMARY KEY,
  low REAL,
  high REAL
) STRICT;

INSERT INTO health_bands (measure, low, high) VALUES
  ('systolic', 90, 139), ('diastolic', 60, 89), ('pulse', 60, 100), ('glucose', 3.9, 7.8), ('weight', NULL, NULL),
  ('temperature', 36.0, 37.2);

CREATE TABLE health_notes (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT health_notes_day CHECK (day IS date(day, '+0 days')),
  start_minute INTEGER CONSTRAINT health_notes_start CHECK (start_minute BETWEEN 0 AND 1439),
  systolic INTEGER CONSTRAINT health_notes_systolic CHECK (systolic BETWEEN 50 AND 300), -- mmHg
  diastolic INTEGER CONSTRAINT health_notes_diastolic CHECK (diastolic BETWEEN 20 AND 200), -- mmHg
  pulse INTEGER CONSTRAINT health_notes_pulse CHECK (pulse BETWEEN 20 AND 250), -- a minute
  glucose REAL CONSTRAINT health_notes_glucose CHECK (glucose BETWEEN 0.5 AND 40), -- mmol/L
  weight REAL CONSTRAINT health_notes_weight CHECK (weight BETWEEN 20 AND 250), -- kg
  temperature REAL CONSTRAINT health_notes_temperature CHECK (temperature BETWEEN 30 AND 44), -- degrees Celsius
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT health_notes_pressure CHECK ((systolic IS NULL) = (diastolic IS NULL) AND (systolic IS NULL OR systolic > diastolic)),
  CONSTRAINT health_notes_something CHECK (coalesce(systolic, pulse, glucose, weight, temperature) IS NOT NULL OR trim(coalesce(note, ''), ' 　') <> '')
) STRICT;

CREATE INDEX health_notes_by_person ON health_notes (person_id, day);
CREATE INDEX health_notes_by_home ON health_notes (home_id, day);

CREATE TABLE risk_events (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT risk_events_day CHECK (day IS date(day, '+0 days')),
  event TEXT NOT NULL CONSTRAINT risk_events_event CHECK (event IN ('fall', 'lost', 'choking', 'self_harm', 'other')),
  injured INTEGER NOT NULL DEFAULT 0 CONSTRAINT risk_events_injured CHECK (injured IN (0, 1)),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE INDEX risk_events_by_person ON risk_events (person_id, day);
CREATE INDEX risk_events_by_home ON risk_events (home_id, day);

CREATE TRIGGER health_notes_future BEFORE INSERT ON health_notes WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'health_notes_future'); END;
CREATE TRIGGER health_notes_future_changed BEFORE UPDATE OF day ON health_notes WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'health_notes_future'); END;
CREATE TRIGGER health_notes_home BEFORE INSERT ON health_notes WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'health_notes_home'); END;
CREATE TRIGGER health_notes_home_changed BEFORE UPDATE OF home_id, person_id ON health_notes
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'health_notes_home'); END;

CREATE TRIGGER risk_events_future BEFORE INSERT ON risk_events WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'risk_events_future'); END;
CREATE TRIGGER risk_events_future_changed BEFORE UPDATE OF day ON risk_events WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'risk_events_future'); END;
CREATE TRIGGER risk_events_home BEFORE INSERT ON risk_events WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'risk_events_home'); END;
CREATE TRIGGER risk_events_home_changed BEFORE UPDATE OF home_id, person_id ON risk_events
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'risk_events_home'); END;
