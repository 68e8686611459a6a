-- Rooms (设施): what a home has, when it is open, what stands idle and why, what is checked and repaired, what the meters say.

ALTER TABLE homes ADD COLUMN latitude REAL CONSTRAINT homes_latitude CHECK (latitude BETWEEN -90 AND 90);
ALTER TABLE homes ADD COLUMN longitude REAL CONSTRAINT homes_longitude CHECK (longitude BETWEEN -180 AND 180)
  CONSTRAINT homes_coordinates CHECK ((latitude IS NULL) = (longitude IS NULL));
ALTER TABLE homes ADD COLUMN weekdays TEXT NOT NULL DEFAULT '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'
  CONSTRAINT homes_weekdays CHECK (json_valid(weekdays) AND json_type(weekdays) = 'array' AND json_array_length(weekdays) > 0); -- on which it is to be open

CREATE TRIGGER homes_weekday_known BEFORE INSERT ON homes WHEN json_valid(NEW.weekdays)
  AND (SELECT count(*) <> count(DISTINCT w.id) FROM json_each(NEW.weekdays) LEFT JOIN weekdays w ON w.code = value)
BEGIN SELECT raise(ABORT, 'homes_weekday_known'); END;
CREATE TRIGGER homes_weekday_known_changed BEFORE UPDATE OF weekdays ON homes WHEN json_valid(NEW.weekdays)
  AND (SELECT count(*) <> count(DISTINCT w.id) FROM json_each(NEW.weekdays) LEFT JOIN weekdays w ON w.code = value)
BEGIN SELECT raise(ABORT, 'homes_weekday_known'); END;

-- minutes since midnight; a room that stands idle says since when and why; `becomes` is what an idle one could be turned into.
-- Its home stays the same, and none is deleted that was used: it is given up by `last_day`.
CREATE TABLE rooms (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room TEXT NOT NULL CONSTRAINT rooms_room CHECK (trim(room, ' 　') <> '' AND length(room) <= 20),
  kind TEXT NOT NULL CONSTRAINT rooms_kind CHECK (kind IN ('bedroom', 'kitchen', 'activity_room', 'day_care', 'clinic', 'bathroom',
    'laundry_room', 'games_room', 'garden', 'outdoor', 'idle_room')),
  capacity INTEGER NOT NULL DEFAULT 10 CONSTRAINT rooms_capacity CHECK (capacity BETWEEN 1 AND 500),
  weekdays TEXT NOT NULL DEFAULT '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'
    CONSTRAINT rooms_weekdays CHECK (json_valid(weekdays) AND json_type(weekdays) = 'array' AND json_array_length(weekdays) > 0),
  opens_minute INTEGER NOT NULL DEFAULT 480 CONSTRAINT rooms_opens CHECK (opens_minute BETWEEN 0 AND 1439),
  closes_minute INTEGER NOT NULL DEFAULT 1080 CONSTRAINT rooms_closes CHECK (closes_minute BETWEEN 1 AND 1440),
  source TEXT NOT NULL DEFAULT 'new_built' CONSTRAINT rooms_source CHECK (source IN ('new_built', 'school', 'kindergarten', 'old_house',
    'homestead')),
  floor INTEGER NOT NULL DEFAULT 1 CONSTRAINT rooms_floor CHECK (floor BETWEEN -1 AND 9),
  step_free INTEGER NOT NULL DEFAULT 1 CONSTRAINT rooms_step_free CHECK (step_free IN (0, 1)),
  first_day TEXT CONSTRAINT rooms_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT CONSTRAINT rooms_last_day CHECK (last_day IS date(last_day, '+0 days')), -- given up after this day
  idle_since TEXT CONSTRAINT rooms_idle_since CHECK (idle_since IS date(idle_since, '+0 days')),
  idle_cause TEXT CONSTRAINT rooms_idle_cause CHECK (idle_cause IN ('quota', 'no_need', 'bad_site', 'no_money', 'no_staff', 'key_absent',
    'fee_refused', 'unsafe', 'shame', 'few_services')),
  becomes TEXT CONSTRAINT rooms_becomes CHECK (becomes IN ('bedroom', 'kitchen', 'activity_room', 'day_care', 'clinic', 'bathroom',
    'laundry_room', 'games_room', 'garden', 'outdoor')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT rooms_hours CHECK (closes_minute > opens_minute),
  CONSTRAINT rooms_order CHECK (last_day >= first_day),
  CONSTRAINT rooms_idle CHECK ((idle_since IS NULL) = (idle_cause IS NULL) AND (kind <> 'idle_room' OR idle_since IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX rooms_home_id_once ON rooms (home_id, room);

CREATE TRIGGER rooms_weekday_known BEFORE INSERT ON rooms WHEN json_valid(NEW.weekdays)
  AND (SELECT count(*) <> count(DISTINCT w.id) FROM json_each(NEW.weekdays) LEFT JOIN weekdays w ON w.code = value)
BEGIN SELECT raise(ABORT, 'rooms_weekday_known'); END;
CREATE TRIGGER rooms_weekday_known_changed BEFORE UPDATE OF weekdays ON rooms WHEN json_valid(NEW.weekdays)
  AND (SELECT count(*) <> count(DISTINCT w.id) FROM json_each(NEW.weekdays) LEFT JOIN weekdays w ON w.code = value)
BEGIN SELECT raise(ABORT, 'rooms_weekday_known'); END;
CREATE TRIGGER rooms_moved BEFORE UPDATE OF home_id ON rooms WHEN NEW.home_id <> OLD.home_id
BEGIN SELECT raise(ABORT, 'rooms_moved'); END;
CREATE TRIGGER rooms_idle_future BEFORE INSERT ON rooms WHEN NEW.idle_since > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'rooms_idle_future'); END;
CREATE TRIGGER rooms_idle_future_changed BEFORE UPDATE OF idle_since ON rooms WHEN NEW.idle_since > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'rooms_idle_future'); END;

-- the opening hours as they were: a change holds from the day on which it is made, so that no past month changes
CREATE TABLE room_hours (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  from_day TEXT NOT NULL,
  weekdays TEXT NOT NULL,
  opens_minute INTEGER NOT NULL,
  closes_minute INTEGER NOT NULL,
  PRIMARY KEY (room_id, from_day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER rooms_hours_kept AFTER INSERT ON rooms BEGIN
  INSERT INTO room_hours VALUES (NEW.home_id, NEW.id, '1900-01-01', NEW.weekdays, NEW.opens_minute, NEW.closes_minute);
END;
CREATE TRIGGER rooms_hours_changed AFTER UPDATE OF weekdays, opens_minute, closes_minute ON rooms
WHEN (NEW.weekdays, NEW.opens_minute, NEW.closes_minute) IS NOT (OLD.weekdays, OLD.opens_minute, OLD.closes_minute) BEGIN
  DELETE FROM room_hours WHERE room_id = NEW.id AND from_day = (SELECT today FROM clock);
  INSERT INTO room_hours SELECT NEW.home_id, NEW.id, today, NEW.weekdays, NEW.opens_minute, NEW.closes_minute FROM clock;
END;

-- when it stood idle, and why, for past months too; `until_day` is the first day in use again
CREATE TABLE idle_spells (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  first_day TEXT NOT NULL,
  until_day TEXT,
  idle_cause TEXT NOT NULL,
  PRIMARY KEY (room_id, first_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX idle_spells_by_home ON idle_spells (home_id, first_day);

CREATE TRIGGER rooms_idle_kept AFTER INSERT ON rooms WHEN NEW.idle_since IS NOT NULL BEGIN
  INSERT INTO idle_spells VALUES (NEW.home_id, NEW.id, NEW.idle_since, NULL, NEW.idle_cause);
END;
CREATE TRIGGER rooms_idle_changed AFTER UPDATE OF idle_since, idle_cause ON rooms
WHEN (NEW.idle_since, NEW.idle_cause) IS NOT (OLD.idle_since, OLD.idle_cause) BEGIN
  DELETE FROM idle_spells WHERE room_id = NEW.id
    AND (first_day >= coalesce(NEW.idle_since, (SELECT today FROM clock)) OR (until_day IS NULL AND NEW.idle_since IS NOT NULL));
  UPDATE idle_spells SET until_day = coalesce(NEW.idle_since, (SELECT today FROM clock)) WHERE room_id = NEW.id
    AND coalesce(until_day, '9999') > coalesce(NEW.idle_since, (SELECT today FROM clock));
  INSERT INTO idle_spells SELECT NEW.home_id, NEW.id, NEW.idle_since, NULL, NEW.idle_cause WHERE NEW.idle_since IS NOT NULL;
END;

CREATE TABLE room_photos (
  id INTEGER PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  image TEXT NOT NULL CONSTRAINT room_photos_image CHECK (length(image) BETWEEN 1 AND 200000)
) STRICT;

CREATE TRIGGER room_photos_home BEFORE INSERT ON room_photos WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'room_photos_home'); END;
CREATE TRIGGER room_photos_home_changed BEFORE UPDATE OF home_id, id ON room_photos WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'room_photos_home'); END;

-- days on which the home, or one room of it, is shut; both days counted
CREATE TABLE closures (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER REFERENCES rooms (id),
  first_day TEXT NOT NULL CONSTRAINT closures_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT NOT NULL CONSTRAINT closures_last_day CHECK (last_day IS date(last_day, '+0 days')),
  reason TEXT NOT NULL CONSTRAINT closures_reason CHECK (reason IN ('festival', 'harvest', 'repair', 'no_staff', 'other_reason')),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT closures_order CHECK (last_day >= first_day)
) STRICT;

CREATE INDEX closures_by_home ON closures (home_id, last_day);

CREATE TRIGGER closures_home BEFORE INSERT ON closures WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'closures_home'); END;
CREATE TRIGGER closures_home_changed BEFORE UPDATE OF home_id, room_id ON closures WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'closures_home'); END;

-- 安全检查 and 维修: what a check finds wrong waits as a repair until it is done
CREATE TABLE safety_checks (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER REFERENCES rooms (id),
  day TEXT NOT NULL CONSTRAINT safety_checks_day CHECK (day IS date(day, '+0 days')),
  kind TEXT NOT NULL CONSTRAINT safety_checks_kind CHECK (kind IN ('fire', 'power', 'gas', 'water_pipes', 'structure', 'food')),
  result TEXT NOT NULL DEFAULT 'fine' CONSTRAINT safety_checks_result CHECK (result IN ('fine', 'defect')),
  note TEXT,
  checked_by TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT safety_checks_note CHECK (result = 'fine' OR trim(coalesce(note, ''), ' 　') <> '')
) STRICT;

CREATE INDEX safety_checks_by_home ON safety_checks (home_id, kind, day);

CREATE TABLE repairs (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER REFERENCES rooms (id),
  check_id INTEGER UNIQUE REFERENCES safety_checks (id),
  day TEXT NOT NULL CONSTRAINT repairs_day CHECK (day IS date(day, '+0 days')),
  matter TEXT NOT NULL CONSTRAINT repairs_matter CHECK (trim(matter, ' 　') <> ''),
  urgent INTEGER NOT NULL DEFAULT 0 CONSTRAINT repairs_urgent CHECK (urgent IN (0, 1)),
  done_day TEXT CONSTRAINT repairs_done_day CHECK (done_day IS date(done_day, '+0 days')),
  outcome TEXT,
  spending_id INTEGER REFERENCES spendings (id),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT repairs_order CHECK (done_day >= day)
) STRICT;

CREATE INDEX repairs_by_home ON repairs (home_id, done_day, day);

CREATE TRIGGER safety_checks_home BEFORE INSERT ON safety_checks WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'safety_checks_home'); END;
CREATE TRIGGER safety_checks_future BEFORE INSERT ON safety_checks WHEN NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'safety_checks_future'); END;
CREATE TRIGGER safety_checks_kept_replaced BEFORE INSERT ON safety_checks
WHEN EXISTS (SELECT 1 FROM safety_checks WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'safety_checks_kept'); END;
CREATE TRIGGER safety_checks_kept BEFORE UPDATE ON safety_checks
WHEN (NEW.id, NEW.home_id, NEW.room_id, NEW.day, NEW.kind, NEW.result) IS NOT (OLD.id, OLD.home_id, OLD.room_id, OLD.day, OLD.kind, OLD.result)
BEGIN SELECT raise(ABORT, 'safety_checks_kept'); END;
CREATE TRIGGER safety_checks_defect AFTER INSERT ON safety_checks WHEN NEW.result = 'defect' BEGIN
  INSERT INTO repairs (home_id, room_id, check_id, day, matter) VALUES (NEW.home_id, NEW.room_id, NEW.id, NEW.day, NEW.note);
END;
CREATE TRIGGER safety_checks_deleted BEFORE DELETE ON safety_checks BEGIN
  DELETE FROM repairs WHERE check_id = OLD.id AND done_day IS NULL;
END;
CREATE TRIGGER repairs_home BEFORE INSERT ON repairs WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id)
  OR NEW.home_id <> (SELECT home_id FROM spendings WHERE id = NEW.spending_id) OR NEW.home_id <> (SELECT home_id FROM safety_checks WHERE id = NEW.check_id)
BEGIN SELECT raise(ABORT, 'repairs_home'); END;
CREATE TRIGGER repairs_home_changed BEFORE UPDATE OF home_id, room_id, spending_id, check_id ON repairs
WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id) OR NEW.home_id <> (SELECT home_id FROM spendings WHERE id = NEW.spending_id)
  OR NEW.home_id <> (SELECT home_id FROM safety_checks WHERE id = NEW.check_id)
BEGIN SELECT raise(ABORT, 'repairs_home'); END;
CREATE TRIGGER repairs_future BEFORE INSERT ON repairs WHEN max(NEW.day, coalesce(NEW.done_day, '')) > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'repairs_future'); END;
CREATE TRIGGER repairs_future_changed BEFORE UPDATE OF day, done_day ON repairs WHEN max(NEW.day, coalesce(NEW.done_day, '')) > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'repairs_future'); END;

-- empty buildings in the village that could become part of the home
CREATE TABLE buildings (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  building TEXT NOT NULL CONSTRAINT buildings_building CHECK (trim(building, ' 　') <> '' AND length(building) <= 30),
  source TEXT NOT NULL CONSTRAINT buildings_source CHECK (source IN ('school', 'kindergarten', 'old_house', 'homestead')),
  owned_by TEXT NOT NULL DEFAULT 'village' CONSTRAINT buildings_owned_by CHECK (owned_by IN ('village', 'household', 'state_owned')),
  area_m2 INTEGER CONSTRAINT buildings_area CHECK (area_m2 BETWEEN 1 AND 100000),
  distance_m INTEGER CONSTRAINT buildings_distance CHECK (distance_m BETWEEN 0 AND 50000),
  condition TEXT NOT NULL DEFAULT 'minor_repair'
    CONSTRAINT buildings_condition CHECK (condition IN ('sound', 'minor_repair', 'major_repair', 'unsafe')),
  step_free INTEGER NOT NULL DEFAULT 1 CONSTRAINT buildings_step_free CHECK (step_free IN (0, 1)),
  becomes TEXT CONSTRAINT buildings_becomes CHECK (becomes IN ('bedroom', 'kitchen', 'activity_room', 'day_care', 'clinic', 'bathroom',
    'laundry_room', 'games_room', 'garden', 'outdoor')),
  state TEXT NOT NULL DEFAULT 'candidate' CONSTRAINT buildings_state CHECK (state IN ('candidate', 'inspected', 'agreed', 'converted', 'dropped')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT buildings_unsafe CHECK (condition <> 'unsafe' OR state NOT IN ('agreed', 'converted'))
) STRICT;

CREATE UNIQUE INDEX buildings_home_id_once ON buildings (home_id, building);

CREATE TRIGGER buildings_step BEFORE UPDATE OF state ON buildings WHEN NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES
  ('candidate', 'inspected'), ('candidate', 'dropped'), ('inspected', 'agreed'), ('inspected', 'dropped'), ('agreed', 'converted'),
  ('agreed', 'dropped'), ('dropped', 'candidate'))
BEGIN SELECT raise(ABORT, 'buildings_step'); END;

-- what a meter shows on a day, in its own unit; a new meter starts again
CREATE TABLE meter_readings (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  meter TEXT NOT NULL CONSTRAINT meter_readings_meter CHECK (meter IN ('water', 'electricity', 'heating', 'gas_meter')),
  day TEXT NOT NULL CONSTRAINT meter_readings_day CHECK (day IS date(day, '+0 days')),
  reading INTEGER NOT NULL CONSTRAINT meter_readings_reading CHECK (reading BETWEEN 0 AND 99999999),
  new_meter INTEGER NOT NULL DEFAULT 0 CONSTRAINT meter_readings_new_meter CHECK (new_meter IN (0, 1)),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX meter_readings_home_id_once ON meter_readings (home_id, meter, day);

CREATE TRIGGER meter_readings_future BEFORE INSERT ON meter_readings WHEN NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'meter_readings_future'); END;
CREATE TRIGGER meter_readings_future_changed BEFORE UPDATE OF day ON meter_readings WHEN NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'meter_readings_future'); END;
CREATE TRIGGER meter_readings_falls BEFORE INSERT ON meter_readings
WHEN NEW.new_meter = 0 AND NEW.reading < (SELECT reading FROM meter_readings WHERE home_id = NEW.home_id AND meter = NEW.meter AND day < NEW.day ORDER BY day DESC LIMIT 1)
  OR NEW.reading > (SELECT iif(new_meter, NULL, reading) FROM meter_readings WHERE home_id = NEW.home_id AND meter = NEW.meter AND day > NEW.day ORDER BY day LIMIT 1)
BEGIN SELECT raise(ABORT, 'meter_readings_falls'); END;
CREATE TRIGGER meter_readings_falls_changed BEFORE UPDATE OF home_id, meter, day, reading, new_meter ON meter_readings
WHEN NEW.new_meter = 0 AND NEW.reading < (SELECT reading FROM meter_readings WHERE home_id = NEW.home_id AND meter = NEW.meter AND day < NEW.day AND id <> NEW.id ORDER BY day DESC LIMIT 1)
  OR NEW.reading > (SELECT iif(new_meter, NULL, reading) FROM meter_readings WHERE home_id = NEW.home_id AND meter = NEW.meter AND day > NEW.day AND id <> NEW.id ORDER BY day LIMIT 1)
BEGIN SELECT raise(ABORT, 'meter_readings_falls'); END;

-- a new meter that is taken out, or moved to another day, would leave those after it below those before
CREATE TRIGGER meter_readings_new BEFORE UPDATE OF home_id, meter, day ON meter_readings
WHEN OLD.new_meter = 1 AND (NEW.home_id, NEW.meter, NEW.day) IS NOT (OLD.home_id, OLD.meter, OLD.day)
BEGIN SELECT raise(ABORT, 'meter_readings_new'); END;

INSERT INTO settings (name, value) VALUES ('safety_days', '31'), ('repair_days', '14'), ('no_show_minutes', '30'), ('minute', '');

CREATE TRIGGER settings_rooms BEFORE UPDATE ON settings
WHEN NEW.name IN ('safety_days', 'repair_days', 'no_show_minutes')
  AND (NEW.value = '' OR NEW.value GLOB '*[^0-9]*' OR CAST(NEW.value AS INTEGER) NOT BETWEEN 1 AND 365)
BEGIN SELECT raise(ABORT, 'settings_number'); END;
CREATE TRIGGER settings_minute BEFORE UPDATE ON settings
WHEN NEW.name = 'minute' AND NEW.value <> '' AND (NEW.value GLOB '*[^0-9]*' OR CAST(NEW.value AS INTEGER) > 1439)
BEGIN SELECT raise(ABORT, 'settings_minute'); END;
