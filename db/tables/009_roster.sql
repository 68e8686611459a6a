-- The roster (值日表): duties with their days off the rule, the shifts made of them, who takes which, who is away, who is kept apart.
-- Spans are half-open, in minutes since 1970: a night is one span, and back to back is no overlap.

CREATE TABLE weekdays (
  id INTEGER PRIMARY KEY CONSTRAINT weekdays_id CHECK (id BETWEEN 1 AND 7), -- Monday is 1
  code TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO weekdays (id, code) VALUES (1, 'monday'), (2, 'tuesday'), (3, 'wednesday'), (4, 'thursday'), (5, 'friday'), (6, 'saturday'), (7, 'sunday');

-- `load` is how heavy a minute of it is, in percent; `level_most` the worst ability level that may do it
CREATE TABLE duties (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  duty TEXT NOT NULL CONSTRAINT duties_duty CHECK (trim(duty, ' 　') <> '' AND length(duty) <= 20),
  service TEXT NOT NULL REFERENCES services (code),
  weekdays TEXT NOT NULL DEFAULT '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'
    CONSTRAINT duties_weekdays CHECK (json_valid(weekdays) AND json_type(weekdays) = 'array'),
  start_minute INTEGER NOT NULL CONSTRAINT duties_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CONSTRAINT duties_minutes CHECK (minutes BETWEEN 5 AND 960),
  needed INTEGER NOT NULL DEFAULT 1 CONSTRAINT duties_needed CHECK (needed BETWEEN 1 AND 20),
  skilled INTEGER NOT NULL DEFAULT 0 CONSTRAINT duties_skilled CHECK (skilled IN (0, 1)),
  level_most INTEGER NOT NULL DEFAULT 1 CONSTRAINT duties_level_most CHECK (level_most BETWEEN 0 AND 3),
  load INTEGER NOT NULL DEFAULT 100 CONSTRAINT duties_load CHECK (load BETWEEN 10 AND 300),
  night INTEGER NOT NULL DEFAULT 0 CONSTRAINT duties_night CHECK (night IN (0, 1)),
  active INTEGER NOT NULL DEFAULT 1 CONSTRAINT duties_active CHECK (active IN (0, 1)),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX duties_home_id_once ON duties (home_id, duty);

CREATE TRIGGER duties_weekday_known BEFORE INSERT ON duties WHEN json_valid(NEW.weekdays)
  AND EXISTS (SELECT 1 FROM json_each(NEW.weekdays) WHERE value IS NULL OR value NOT IN (SELECT code FROM weekdays))
BEGIN SELECT raise(ABORT, 'duties_weekday_known'); END;
CREATE TRIGGER duties_weekday_known_changed BEFORE UPDATE OF weekdays ON duties WHEN json_valid(NEW.weekdays)
  AND EXISTS (SELECT 1 FROM json_each(NEW.weekdays) WHERE value IS NULL OR value NOT IN (SELECT code FROM weekdays))
BEGIN SELECT raise(ABORT, 'duties_weekday_known'); END;
CREATE TRIGGER duties_home BEFORE UPDATE OF home_id ON duties WHEN NEW.home_id <> OLD.home_id
BEGIN SELECT raise(ABORT, 'duties_home'); END;

-- days of a home on which more, fewer or none are needed: of one duty, or of all that say nothing of their own
CREATE TABLE duty_days (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  duty_id INTEGER REFERENCES duties (id),
  first_day TEXT NOT NULL CONSTRAINT duty_days_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT NOT NULL CONSTRAINT duty_days_last_day CHECK (last_day IS date(last_day, '+0 days')),
  needed INTEGER NOT NULL DEFAULT 0 CONSTRAINT duty_days_needed CHECK (needed BETWEEN 0 AND 20),
  reason TEXT NOT NULL CONSTRAINT duty_days_reason CHECK (reason IN ('festival', 'harvest', 'other_reason')),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT duty_days_order CHECK (last_day >= first_day)
) STRICT;

CREATE INDEX duty_days_by_home ON duty_days (home_id, last_day);

CREATE TRIGGER duty_days_home BEFORE INSERT ON duty_days WHEN NEW.home_id <> (SELECT home_id FROM duties WHERE id = NEW.duty_id)
BEGIN SELECT raise(ABORT, 'duty_days_home'); END;
CREATE TRIGGER duty_days_home_changed BEFORE UPDATE OF home_id, duty_id ON duty_days
WHEN NEW.home_id <> (SELECT home_id FROM duties WHERE id = NEW.duty_id)
BEGIN SELECT raise(ABORT, 'duty_days_home'); END;

-- a duty on a day, as the duty was when it was made; `late` ends at midnight or after, or is a night
CREATE TABLE shifts (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  duty_id INTEGER NOT NULL REFERENCES duties (id),
  day TEXT NOT NULL CONSTRAINT shifts_day CHECK (day IS date(day, '+0 days')),
  start_minute INTEGER NOT NULL CONSTRAINT shifts_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CONSTRAINT shifts_minutes CHECK (minutes BETWEEN 5 AND 960),
  needed INTEGER NOT NULL CONSTRAINT shifts_needed CHECK (needed BETWEEN 1 AND 20),
  skill TEXT REFERENCES services (code),
  level_most INTEGER NOT NULL DEFAULT 1 CONSTRAINT shifts_level_most CHECK (level_most BETWEEN 0 AND 3),
  load INTEGER NOT NULL DEFAULT 100 CONSTRAINT shifts_load CHECK (load BETWEEN 10 AND 300),
  night INTEGER NOT NULL DEFAULT 0 CONSTRAINT shifts_night CHECK (night IN (0, 1)),
  key TEXT UNIQUE,
  month TEXT GENERATED ALWAYS AS (substr(day, 1, 7)) STORED,
  monday TEXT GENERATED ALWAYS AS (date(day, 'weekday 0', '-6 days')) STORED,
  starts INTEGER GENERATED ALWAYS AS (CAST(strftime('%s', day) AS INTEGER) / 60 + start_minute) STORED,
  ends INTEGER GENERATED ALWAYS AS (CAST(strftime('%s', day) AS INTEGER) / 60 + start_minute + minutes) STORED,
  late INTEGER GENERATED ALWAYS AS (night = 1 OR start_minute + minutes >= 1440) STORED
) STRICT;

CREATE UNIQUE INDEX shifts_duty_id_once ON shifts (duty_id, day);
CREATE INDEX shifts_by_home ON shifts (home_id, day);
CREATE INDEX shifts_by_week ON shifts (home_id, monday);
CREATE INDEX shifts_by_month ON shifts (home_id, month);

CREATE TRIGGER shifts_home BEFORE INSERT ON shifts WHEN NEW.home_id <> (SELECT home_id FROM duties WHERE id = NEW.duty_id)
BEGIN SELECT raise(ABORT, 'shifts_home'); END;
CREATE TRIGGER shifts_home_changed BEFORE UPDATE OF home_id, duty_id ON shifts
WHEN NEW.home_id <> (SELECT home_id FROM duties WHERE id = NEW.duty_id)
BEGIN SELECT raise(ABORT, 'shifts_home'); END;

CREATE TABLE assignments (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  shift_id INTEGER NOT NULL REFERENCES shifts (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  made_by TEXT,
  done INTEGER CONSTRAINT assignments_done CHECK (done IN (0, 1)), -- 0 did not come: the place is free again; NULL not said yet
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX assignments_shift_id_once ON assignments (shift_id, person_id);
CREATE INDEX assignments_by_person ON assignments (person_id);

-- what somebody let pass and why: one refusal, of one person on one shift; never taken back
CREATE TABLE overrides (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  shift_id INTEGER NOT NULL REFERENCES shifts (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  rule TEXT NOT NULL CONSTRAINT overrides_rule CHECK (rule IN ('assignments_busy', 'assignments_rest', 'assignments_leave',
    'assignments_skill', 'assignments_ability', 'assignments_conflict', 'assignments_day_hours', 'assignments_week_hours')),
  reason TEXT NOT NULL CONSTRAINT overrides_reason CHECK (trim(reason, ' 　') <> ''),
  decided_by TEXT NOT NULL CONSTRAINT overrides_decided_by CHECK (trim(decided_by, ' 　') <> ''),
  key TEXT UNIQUE
) STRICT;

CREATE INDEX overrides_by_shift ON overrides (shift_id, person_id);

CREATE TRIGGER overrides_home BEFORE INSERT ON overrides
WHEN NEW.home_id <> (SELECT home_id FROM shifts WHERE id = NEW.shift_id) OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'overrides_home'); END;
CREATE TRIGGER overrides_kept BEFORE UPDATE ON overrides BEGIN SELECT raise(ABORT, 'overrides_kept'); END;
CREATE TRIGGER overrides_kept_deleted BEFORE DELETE ON overrides BEGIN SELECT raise(ABORT, 'overrides_kept'); END;

-- both days counted
CREATE TABLE leaves (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  first_day TEXT NOT NULL CONSTRAINT leaves_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT NOT NULL CONSTRAINT leaves_last_day CHECK (last_day IS date(last_day, '+0 days')),
  reason TEXT NOT NULL DEFAULT 'ill'
    CONSTRAINT leaves_reason CHECK (reason IN ('ill', 'visiting_kin', 'farm_work', 'other_reason')),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT leaves_order CHECK (last_day >= first_day)
) STRICT;

CREATE INDEX leaves_by_person ON leaves (person_id, last_day);
CREATE INDEX leaves_by_home ON leaves (home_id, last_day);

CREATE TRIGGER leaves_home BEFORE INSERT ON leaves WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'leaves_home'); END;
CREATE TRIGGER leaves_home_changed BEFORE UPDATE OF home_id, person_id ON leaves
WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'leaves_home'); END;

-- two who must not be on duty at one time
CREATE TABLE conflicts (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  other_id INTEGER NOT NULL REFERENCES persons (id),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT conflicts_self CHECK (person_id <> other_id)
) STRICT;

CREATE UNIQUE INDEX conflicts_once ON conflicts (min(person_id, other_id), max(person_id, other_id));
CREATE INDEX conflicts_by_person ON conflicts (person_id);
CREATE INDEX conflicts_by_other ON conflicts (other_id);

CREATE TRIGGER conflicts_home BEFORE INSERT ON conflicts
WHEN EXISTS (SELECT 1 FROM persons WHERE id IN (NEW.person_id, NEW.other_id) AND home_id <> NEW.home_id)
BEGIN SELECT raise(ABORT, 'conflicts_home'); END;
CREATE TRIGGER conflicts_home_changed BEFORE UPDATE OF home_id, person_id, other_id ON conflicts
WHEN EXISTS (SELECT 1 FROM persons WHERE id IN (NEW.person_id, NEW.other_id) AND home_id <> NEW.home_id)
BEGIN SELECT raise(ABORT, 'conflicts_home'); END;

-- the minutes that somebody of this age and this ability level, or beyond, may do in a day and in a week: the least of all rows that fit
CREATE TABLE hour_caps (
  id INTEGER PRIMARY KEY,
  age_from INTEGER NOT NULL CONSTRAINT hour_caps_age_from CHECK (age_from BETWEEN 0 AND 120),
  level_from INTEGER NOT NULL CONSTRAINT hour_caps_level_from CHECK (level_from BETWEEN 0 AND 4),
  day_minutes INTEGER NOT NULL CONSTRAINT hour_caps_day_minutes CHECK (day_minutes BETWEEN 0 AND 1440),
  week_minutes INTEGER NOT NULL CONSTRAINT hour_caps_week_minutes CHECK (week_minutes BETWEEN 0 AND 10080),
  key TEXT UNIQUE,
  CONSTRAINT hour_caps_order CHECK (week_minutes >= day_minutes)
) STRICT;

CREATE UNIQUE INDEX hour_caps_age_from_once ON hour_caps (age_from, level_from);

INSERT INTO hour_caps (age_from, level_from, day_minutes, week_minutes) VALUES
  (0, 0, 720, 2400), (70, 0, 600, 1440), (80, 0, 240, 600), (0, 1, 240, 960), (0, 2, 120, 420), (0, 4, 0, 0);

INSERT INTO settings (name, value) VALUES ('rest_hours', '10');

CREATE TRIGGER settings_rest BEFORE UPDATE ON settings
WHEN NEW.name = 'rest_hours' AND (NEW.value = '' OR NEW.value GLOB '*[^0-9]*' OR CAST(NEW.value AS INTEGER) > 24)
BEGIN SELECT raise(ABORT, 'settings_rest'); END;

-- Who may take which shift: every rule once, for rows that are new and rows that change. What somebody let pass (overrides) passes;
-- a home, a place, a person who is there and a day that is not over can't be talked away.
CREATE VIEW roster_checks AS SELECT home_id, id, shift_id, person_id FROM assignments;

CREATE TRIGGER roster_checks_rules INSTEAD OF INSERT ON roster_checks BEGIN
  SELECT raise(ABORT, 'assignments_home') WHERE NEW.home_id <> (SELECT home_id FROM shifts WHERE id = NEW.shift_id)
    OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id);
  SELECT raise(ABORT, 'assignments_past') FROM shifts, clock WHERE id = NEW.shift_id AND day < today;
  SELECT raise(ABORT, 'assignments_gone') FROM shifts s WHERE s.id = NEW.shift_id
    AND NOT EXISTS (SELECT 1 FROM stays t WHERE t.person_id = NEW.person_id AND t.home_id = s.home_id
      AND t.from_day <= s.day AND (t.to_day IS NULL OR t.to_day > s.day))
    AND ((SELECT volunteer FROM persons WHERE id = NEW.person_id) = 0
      OR EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND end_reason = 'death' AND to_day <= s.day));
  SELECT raise(ABORT, 'assignments_full') FROM shifts s WHERE s.id = NEW.shift_id
    AND s.needed <= (SELECT count(*) FROM assignments WHERE shift_id = s.id AND id <> NEW.id AND done IS NOT 0);
  SELECT raise(ABORT, 'assignments_leave') FROM shifts s JOIN leaves l ON l.person_id = NEW.person_id
    WHERE s.id = NEW.shift_id AND l.last_day >= s.day AND s.starts < (CAST(strftime('%s', l.last_day) AS INTEGER) / 60 + 1440)
      AND CAST(strftime('%s', l.first_day) AS INTEGER) / 60 < s.ends
      AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_leave'));
  SELECT raise(ABORT, 'assignments_skill') FROM shifts s WHERE s.id = NEW.shift_id AND s.skill IS NOT NULL
    AND s.skill NOT IN (SELECT value FROM persons p, json_each(p.gives) WHERE p.id = NEW.person_id)
    AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_skill'));
  SELECT raise(ABORT, 'assignments_ability') FROM shifts s WHERE s.id = NEW.shift_id
    AND s.level_most < (SELECT level FROM person_abilities WHERE person_id = NEW.person_id)
    AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_ability'));
  SELECT raise(ABORT, 'assignments_busy') FROM shifts s
    CROSS JOIN shifts o ON o.home_id = s.home_id AND o.day BETWEEN date(s.day, '-1 day') AND date(s.day, '+1 day') AND o.starts < s.ends AND s.starts < o.ends
    CROSS JOIN assignments a ON a.shift_id = o.id AND a.person_id = NEW.person_id AND a.id <> NEW.id AND a.done IS NOT 0
    WHERE s.id = NEW.shift_id AND o.id <> s.id
      AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_busy'));
  SELECT raise(ABORT, 'assignments_rest') FROM shifts s CROSS JOIN settings r ON r.name = 'rest_hours'
    CROSS JOIN shifts o ON o.home_id = s.home_id AND o.day BETWEEN date(s.day, '-2 days') AND date(s.day, '+2 days')
      AND (o.late AND s.starts >= o.ends AND s.starts < o.ends + 60 * CAST(r.value AS INTEGER)
        OR s.late AND o.starts >= s.ends AND o.starts < s.ends + 60 * CAST(r.value AS INTEGER))
    CROSS JOIN assignments a ON a.shift_id = o.id AND a.person_id = NEW.person_id AND a.id <> NEW.id AND a.done IS NOT 0
    WHERE s.id = NEW.shift_id
      AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_rest'));
  SELECT raise(ABORT, 'assignments_conflict') FROM shifts s
    CROSS JOIN shifts o ON o.home_id = s.home_id AND o.day BETWEEN date(s.day, '-1 day') AND date(s.day, '+1 day') AND o.starts < s.ends AND s.starts < o.ends
    CROSS JOIN assignments a ON a.shift_id = o.id AND a.id <> NEW.id AND a.done IS NOT 0
    WHERE s.id = NEW.shift_id
      AND EXISTS (SELECT 1 FROM conflicts WHERE (person_id, other_id) IN (VALUES (NEW.person_id, a.person_id), (a.person_id, NEW.person_id)))
      AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_conflict'));
  SELECT raise(ABORT, 'assignments_day_hours') FROM shifts s WHERE s.id = NEW.shift_id
    AND s.minutes + coalesce((SELECT sum(o.minutes) FROM shifts o CROSS JOIN assignments a ON a.shift_id = o.id
      AND a.person_id = NEW.person_id AND a.id <> NEW.id AND a.done IS NOT 0 WHERE o.home_id = s.home_id AND o.day = s.day), 0)
      > (SELECT min(c.day_minutes) FROM hour_caps c, persons p, person_abilities b WHERE p.id = NEW.person_id AND b.person_id = p.id
        AND c.level_from <= b.level AND c.age_from <= coalesce(CAST(substr(s.monday, 1, 4) AS INTEGER) - CAST(substr(p.birth_day, 1, 4) AS INTEGER)
          - (substr(s.monday, 6) < substr(p.birth_day, 6)), 0))
    AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_day_hours'));
  SELECT raise(ABORT, 'assignments_week_hours') FROM shifts s WHERE s.id = NEW.shift_id
    AND s.minutes + coalesce((SELECT sum(o.minutes) FROM shifts o CROSS JOIN assignments a ON a.shift_id = o.id
      AND a.person_id = NEW.person_id AND a.id <> NEW.id AND a.done IS NOT 0
      WHERE o.home_id = s.home_id AND o.day BETWEEN s.monday AND date(s.monday, '+6 days')), 0)
      > (SELECT min(c.week_minutes) FROM hour_caps c, persons p, person_abilities b WHERE p.id = NEW.person_id AND b.person_id = p.id
        AND c.level_from <= b.level AND c.age_from <= coalesce(CAST(substr(s.monday, 1, 4) AS INTEGER) - CAST(substr(p.birth_day, 1, 4) AS INTEGER)
          - (substr(s.monday, 6) < substr(p.birth_day, 6)), 0))
    AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (NEW.shift_id, NEW.person_id, 'assignments_week_hours'));
END;

CREATE TRIGGER assignments_checked BEFORE INSERT ON assignments
BEGIN INSERT INTO roster_checks VALUES (NEW.home_id, coalesce(NEW.id, -1), NEW.shift_id, NEW.person_id); END;
CREATE TRIGGER assignments_checked_changed BEFORE UPDATE ON assignments
WHEN (NEW.home_id, NEW.shift_id, NEW.person_id) <> (OLD.home_id, OLD.shift_id, OLD.person_id)
BEGIN INSERT INTO roster_checks VALUES (NEW.home_id, OLD.id, NEW.shift_id, NEW.person_id); END;
CREATE TRIGGER assignments_came BEFORE UPDATE OF done ON assignments WHEN OLD.done = 0 AND NEW.done IS NOT 0
  AND (SELECT needed FROM shifts WHERE id = OLD.shift_id) <= (SELECT count(*) FROM assignments WHERE shift_id = OLD.shift_id AND id <> OLD.id AND done IS NOT 0)
BEGIN SELECT raise(ABORT, 'assignments_full'); END;
CREATE TRIGGER assignments_early BEFORE UPDATE OF done ON assignments
WHEN NEW.done IS NOT NULL AND (SELECT day FROM shifts WHERE id = NEW.shift_id) > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'assignments_early'); END;
CREATE TRIGGER assignments_past_moved BEFORE UPDATE OF shift_id, person_id ON assignments
WHEN (NEW.shift_id, NEW.person_id) <> (OLD.shift_id, OLD.person_id) AND (SELECT day FROM shifts WHERE id = OLD.shift_id) < (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'assignments_past'); END;
CREATE TRIGGER assignments_past_deleted BEFORE DELETE ON assignments
WHEN (SELECT day FROM shifts WHERE id = OLD.shift_id) < (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'assignments_past'); END;

-- what is agreed with people stays: a shift moves or shrinks only while that takes nothing from anybody
CREATE TRIGGER shifts_agreed BEFORE UPDATE OF duty_id, day, start_minute, minutes, skill, level_most, night ON shifts
WHEN (NEW.duty_id, NEW.day, NEW.start_minute, NEW.minutes, coalesce(NEW.skill, ''), NEW.level_most, NEW.night)
  <> (OLD.duty_id, OLD.day, OLD.start_minute, OLD.minutes, coalesce(OLD.skill, ''), OLD.level_most, OLD.night)
  AND EXISTS (SELECT 1 FROM assignments WHERE shift_id = OLD.id)
BEGIN SELECT raise(ABORT, 'shifts_agreed'); END;
CREATE TRIGGER shifts_agreed_needed BEFORE UPDATE OF needed ON shifts
WHEN NEW.needed < (SELECT count(*) FROM assignments WHERE shift_id = OLD.id AND done IS NOT 0)
BEGIN SELECT raise(ABORT, 'shifts_agreed'); END;
CREATE TRIGGER shifts_agreed_deleted BEFORE DELETE ON shifts WHEN EXISTS (SELECT 1 FROM assignments WHERE shift_id = OLD.id)
BEGIN SELECT raise(ABORT, 'shifts_agreed'); END;

-- shifts to come that nobody has yet follow their duty and its exceptions
CREATE TRIGGER duties_followed AFTER UPDATE OF service, start_minute, minutes, needed, skilled, level_most, load, night ON duties BEGIN
  UPDATE shifts SET start_minute = NEW.start_minute, minutes = NEW.minutes, needed = NEW.needed, level_most = NEW.level_most,
    load = NEW.load, night = NEW.night, skill = CASE WHEN NEW.skilled THEN NEW.service END
  WHERE duty_id = NEW.id AND day >= (SELECT today FROM clock) AND id NOT IN (SELECT shift_id FROM assignments)
    AND NOT EXISTS (SELECT 1 FROM duty_days d WHERE d.home_id = NEW.home_id AND coalesce(d.duty_id, NEW.id) = NEW.id AND shifts.day BETWEEN d.first_day AND d.last_day);
END;
CREATE TRIGGER duty_days_followed AFTER INSERT ON duty_days BEGIN
  UPDATE shifts SET needed = NEW.needed WHERE NEW.needed > 0 AND home_id = NEW.home_id AND duty_id = coalesce(NEW.duty_id, duty_id)
    AND day BETWEEN NEW.first_day AND NEW.last_day AND day >= (SELECT today FROM clock) AND id NOT IN (SELECT shift_id FROM assignments);
  DELETE FROM shifts WHERE NEW.needed = 0 AND home_id = NEW.home_id AND duty_id = coalesce(NEW.duty_id, duty_id)
    AND day BETWEEN NEW.first_day AND NEW.last_day AND day >= (SELECT today FROM clock)
    AND id NOT IN (SELECT shift_id FROM assignments) AND id NOT IN (SELECT shift_id FROM overrides);
END;

-- a leave frees nobody by itself: who is on the roster in that time is taken off first, in one go
CREATE TRIGGER leaves_on_duty BEFORE INSERT ON leaves WHEN EXISTS (
  SELECT 1 FROM assignments a JOIN shifts s ON s.id = a.shift_id, clock
  WHERE a.person_id = NEW.person_id AND a.done IS NULL AND s.day >= today
    AND s.starts < CAST(strftime('%s', NEW.last_day) AS INTEGER) / 60 + 1440 AND CAST(strftime('%s', NEW.first_day) AS INTEGER) / 60 < s.ends
    AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (a.shift_id, a.person_id, 'assignments_leave')))
BEGIN SELECT raise(ABORT, 'leaves_on_duty'); END;
CREATE TRIGGER leaves_on_duty_changed BEFORE UPDATE ON leaves WHEN EXISTS (
  SELECT 1 FROM assignments a JOIN shifts s ON s.id = a.shift_id, clock
  WHERE a.person_id = NEW.person_id AND a.done IS NULL AND s.day >= today
    AND s.starts < CAST(strftime('%s', NEW.last_day) AS INTEGER) / 60 + 1440 AND CAST(strftime('%s', NEW.first_day) AS INTEGER) / 60 < s.ends
    AND NOT EXISTS (SELECT 1 FROM overrides o WHERE (o.shift_id, o.person_id, o.rule) = (a.shift_id, a.person_id, 'assignments_leave')))
BEGIN SELECT raise(ABORT, 'leaves_on_duty'); END;
CREATE TRIGGER conflicts_on_duty BEFORE INSERT ON conflicts WHEN EXISTS (
  SELECT 1 FROM assignments a JOIN shifts s ON s.id = a.shift_id
  JOIN assignments b ON b.person_id = NEW.other_id JOIN shifts o ON o.id = b.shift_id AND o.starts < s.ends AND s.starts < o.ends, clock
  WHERE a.person_id = NEW.person_id AND a.done IS NULL AND b.done IS NULL AND max(s.day, o.day) >= today)
BEGIN SELECT raise(ABORT, 'conflicts_on_duty'); END;
CREATE TRIGGER conflicts_on_duty_changed BEFORE UPDATE OF person_id, other_id ON conflicts WHEN EXISTS (
  SELECT 1 FROM assignments a JOIN shifts s ON s.id = a.shift_id
  JOIN assignments b ON b.person_id = NEW.other_id JOIN shifts o ON o.id = b.shift_id AND o.starts < s.ends AND s.starts < o.ends, clock
  WHERE a.person_id = NEW.person_id AND a.done IS NULL AND b.done IS NULL AND max(s.day, o.day) >= today)
BEGIN SELECT raise(ABORT, 'conflicts_on_duty'); END;

-- who leaves, dies or moves to another home is on no roster from that day on; a volunteer who only moves out still is
CREATE TRIGGER stays_off_duty AFTER UPDATE OF to_day, end_reason ON stays WHEN NEW.to_day IS NOT NULL BEGIN
  DELETE FROM assignments WHERE person_id = NEW.person_id AND done IS NULL
    AND shift_id IN (SELECT id FROM shifts, clock WHERE home_id = NEW.home_id AND day >= max(today, NEW.to_day))
    AND (NEW.end_reason = 'death' OR (SELECT volunteer FROM persons WHERE id = NEW.person_id) = 0);
END;
CREATE TRIGGER persons_off_duty AFTER UPDATE OF home_id ON persons WHEN NEW.home_id <> OLD.home_id BEGIN
  DELETE FROM assignments WHERE person_id = NEW.id AND done IS NULL AND shift_id IN (SELECT id FROM shifts, clock WHERE day >= today);
  DELETE FROM conflicts WHERE person_id = NEW.id OR other_id = NEW.id;
  UPDATE leaves SET home_id = NEW.home_id WHERE person_id = NEW.id;
END;
