-- How rooms are used: who may book them (clubs), bookings, sessions with their heads, classes and who comes to them.

-- a group of villagers that books rooms, up to so many minutes a week
CREATE TABLE clubs (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  club TEXT NOT NULL CONSTRAINT clubs_club CHECK (trim(club, ' 　') <> '' AND length(club) <= 20),
  week_minutes INTEGER NOT NULL DEFAULT 600 CONSTRAINT clubs_week_minutes CHECK (week_minutes BETWEEN 0 AND 10080),
  active INTEGER NOT NULL DEFAULT 1 CONSTRAINT clubs_active CHECK (active IN (0, 1)),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX clubs_home_id_once ON clubs (home_id, club);

-- a class, a lecture, a dance: led by somebody of the home, or by a guest who is only named
CREATE TABLE activities (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  activity TEXT NOT NULL CONSTRAINT activities_activity CHECK (trim(activity, ' 　') <> '' AND length(activity) <= 20),
  kind TEXT NOT NULL DEFAULT 'class' CONSTRAINT activities_kind CHECK (kind IN ('class', 'lecture', 'performance', 'exercise', 'games',
    'handicraft', 'celebration', 'other_activity')),
  service TEXT NOT NULL DEFAULT 'culture' REFERENCES services (code), -- the need that it answers
  leader_id INTEGER REFERENCES persons (id),
  guest TEXT,
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  weekday TEXT NOT NULL REFERENCES weekdays (code),
  start_minute INTEGER NOT NULL CONSTRAINT activities_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL DEFAULT 60 CONSTRAINT activities_minutes CHECK (minutes BETWEEN 5 AND 960),
  places INTEGER NOT NULL DEFAULT 10 CONSTRAINT activities_places CHECK (places BETWEEN 1 AND 500),
  first_day TEXT NOT NULL CONSTRAINT activities_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT CONSTRAINT activities_last_day CHECK (last_day IS date(last_day, '+0 days')),
  stopped_at TEXT CONSTRAINT activities_stopped_at CHECK (stopped_at IS strftime('%Y-%m-%dT%H:%M:%SZ', stopped_at, '+0 days')),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT activities_leader CHECK (leader_id IS NULL OR guest IS NULL),
  CONSTRAINT activities_order CHECK (last_day >= first_day),
  CONSTRAINT activities_midnight CHECK (start_minute + minutes <= 1440)
) STRICT;

CREATE UNIQUE INDEX activities_home_id_once ON activities (home_id, activity, first_day);

CREATE TRIGGER activities_home BEFORE INSERT ON activities
WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id) OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.leader_id)
BEGIN SELECT raise(ABORT, 'activities_home'); END;
CREATE TRIGGER activities_home_changed BEFORE UPDATE OF home_id, room_id, leader_id ON activities
WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id)
  OR (NEW.leader_id IS NOT OLD.leader_id AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.leader_id))
BEGIN SELECT raise(ABORT, 'activities_home'); END;
CREATE TRIGGER activities_capacity BEFORE INSERT ON activities WHEN NEW.places > (SELECT capacity FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'activities_capacity'); END;
CREATE TRIGGER activities_capacity_changed BEFORE UPDATE OF places, room_id ON activities
WHEN NEW.places > (SELECT capacity FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'activities_capacity'); END;

-- who wants to come; beyond the places somebody waits, in the order of asking
CREATE TABLE enrolments (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  activity_id INTEGER NOT NULL REFERENCES activities (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT enrolments_day CHECK (day IS date(day, '+0 days')),
  left_day TEXT CONSTRAINT enrolments_left_day CHECK (left_day IS date(left_day, '+0 days')),
  key TEXT UNIQUE,
  CONSTRAINT enrolments_order CHECK (left_day >= day)
) STRICT;

CREATE UNIQUE INDEX enrolments_activity_id_once ON enrolments (activity_id, person_id) WHERE left_day IS NULL;
CREATE INDEX enrolments_by_person ON enrolments (person_id);

CREATE TRIGGER enrolments_home BEFORE INSERT ON enrolments
WHEN NEW.home_id <> (SELECT home_id FROM activities WHERE id = NEW.activity_id) OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'enrolments_home'); END;
CREATE TRIGGER enrolments_leader BEFORE INSERT ON enrolments WHEN NEW.person_id = (SELECT leader_id FROM activities WHERE id = NEW.activity_id)
BEGIN SELECT raise(ABORT, 'enrolments_leader'); END;
CREATE TRIGGER enrolments_over BEFORE INSERT ON enrolments
WHEN EXISTS (SELECT 1 FROM activities WHERE id = NEW.activity_id AND (last_day < NEW.day OR date(stopped_at, '+8 hours') <= NEW.day))
BEGIN SELECT raise(ABORT, 'enrolments_over'); END;
CREATE TRIGGER enrolments_kept BEFORE UPDATE ON enrolments
WHEN (NEW.home_id, NEW.activity_id, NEW.person_id, NEW.day) IS NOT (OLD.home_id, OLD.activity_id, OLD.person_id, OLD.day) OR OLD.left_day IS NOT NULL
BEGIN SELECT raise(ABORT, 'enrolments_kept'); END;

-- a room for a time. What was booked is never altered: it is cancelled and booked anew.
-- One to which nobody came is let go when it is next looked at: `no_show_minutes` after its start, without a session, it holds nothing.
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  day TEXT NOT NULL CONSTRAINT bookings_day CHECK (day IS date(day, '+0 days')),
  start_minute INTEGER NOT NULL CONSTRAINT bookings_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CONSTRAINT bookings_minutes CHECK (minutes BETWEEN 5 AND 1440),
  club_id INTEGER REFERENCES clubs (id),
  activity_id INTEGER REFERENCES activities (id),
  people INTEGER CONSTRAINT bookings_people CHECK (people >= 1),
  series TEXT, -- what was booked together bears the same
  note TEXT,
  booked_by TEXT,
  cancelled_at TEXT CONSTRAINT bookings_cancelled_at CHECK (cancelled_at IS strftime('%Y-%m-%dT%H:%M:%SZ', cancelled_at, '+0 days')),
  cancelled_by TEXT,
  key TEXT UNIQUE,
  monday TEXT GENERATED ALWAYS AS (date(day, 'weekday 0', '-6 days')) STORED,
  month TEXT GENERATED ALWAYS AS (substr(day, 1, 7)) STORED,
  CONSTRAINT bookings_midnight CHECK (start_minute + minutes <= 1440),
  CONSTRAINT bookings_cancelled CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL))
) STRICT;

CREATE INDEX bookings_by_room ON bookings (room_id, day);
CREATE INDEX bookings_by_home ON bookings (home_id, day);
CREATE INDEX bookings_by_club ON bookings (club_id, monday) WHERE club_id IS NOT NULL;

-- what happened in a room: begun it stands until its planned end, unless somebody says when it ended
CREATE TABLE room_sessions (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  booking_id INTEGER REFERENCES bookings (id),
  activity_id INTEGER REFERENCES activities (id),
  day TEXT NOT NULL CONSTRAINT room_sessions_day CHECK (day IS date(day, '+0 days')),
  start_minute INTEGER NOT NULL CONSTRAINT room_sessions_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CONSTRAINT room_sessions_minutes CHECK (minutes BETWEEN 1 AND 1440),
  others INTEGER NOT NULL DEFAULT 0 CONSTRAINT room_sessions_others CHECK (others >= 0), -- counted without a name
  named INTEGER NOT NULL DEFAULT 0, -- whose face was touched
  log_id INTEGER REFERENCES care_logs (id), -- what the leader gave
  recorded_by TEXT,
  recorded_at TEXT CONSTRAINT room_sessions_recorded_at CHECK (recorded_at IS strftime('%Y-%m-%dT%H:%M:%SZ', recorded_at, '+0 days')), -- when it was begun
  ended_at TEXT CONSTRAINT room_sessions_ended_at CHECK (ended_at IS strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, '+0 days')),
  undone_at TEXT CONSTRAINT room_sessions_undone_at CHECK (undone_at IS strftime('%Y-%m-%dT%H:%M:%SZ', undone_at, '+0 days')),
  undone_by TEXT,
  key TEXT UNIQUE,
  heads INTEGER GENERATED ALWAYS AS (others + named) STORED,
  month TEXT GENERATED ALWAYS AS (substr(day, 1, 7)) STORED,
  CONSTRAINT room_sessions_midnight CHECK (start_minute + minutes <= 1440),
  CONSTRAINT room_sessions_undone CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;

CREATE UNIQUE INDEX room_sessions_booking_id_once ON room_sessions (booking_id) WHERE undone_at IS NULL;
CREATE INDEX room_sessions_by_room ON room_sessions (room_id, day);
CREATE INDEX room_sessions_by_home ON room_sessions (home_id, day);
CREATE INDEX room_sessions_by_activity ON room_sessions (activity_id, day) WHERE activity_id IS NOT NULL;

CREATE TABLE attendances (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  session_id INTEGER NOT NULL REFERENCES room_sessions (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX attendances_session_id_once ON attendances (session_id, person_id);
CREATE INDEX attendances_by_person ON attendances (person_id, session_id);

-- a booking's rules, each asked once, since a booking is never altered
CREATE TRIGGER bookings_home BEFORE INSERT ON bookings
WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id) OR NEW.home_id <> (SELECT home_id FROM clubs WHERE id = NEW.club_id)
  OR NEW.home_id <> (SELECT home_id FROM activities WHERE id = NEW.activity_id)
BEGIN SELECT raise(ABORT, 'bookings_home'); END;
CREATE TRIGGER bookings_room BEFORE INSERT ON bookings WHEN EXISTS (SELECT 1 FROM rooms WHERE id = NEW.room_id
  AND (kind IN ('bedroom', 'idle_room') OR idle_since <= NEW.day OR last_day < NEW.day OR first_day > NEW.day))
BEGIN SELECT raise(ABORT, 'bookings_room'); END;
CREATE TRIGGER bookings_hours BEFORE INSERT ON bookings WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.start_minute BETWEEN 0 AND 1439
  AND NEW.minutes BETWEEN 5 AND 1440 AND NEW.start_minute + NEW.minutes <= 1440 AND EXISTS (
  SELECT 1 FROM (SELECT * FROM room_hours WHERE room_id = NEW.room_id AND from_day <= NEW.day ORDER BY from_day DESC LIMIT 1) h
  WHERE NEW.start_minute < opens_minute OR NEW.start_minute + NEW.minutes > closes_minute OR NOT EXISTS (
    SELECT 1 FROM json_each(h.weekdays) JOIN weekdays w ON w.code = value WHERE w.id = strftime('%w', NEW.day, '-1 day') + 1))
BEGIN SELECT raise(ABORT, 'bookings_hours'); END;
CREATE TRIGGER bookings_closed BEFORE INSERT ON bookings WHEN EXISTS (SELECT 1 FROM closures WHERE home_id = NEW.home_id
  AND last_day >= NEW.day AND first_day <= NEW.day AND (room_id IS NULL OR room_id = NEW.room_id))
BEGIN SELECT raise(ABORT, 'bookings_closed'); END;
CREATE TRIGGER bookings_capacity BEFORE INSERT ON bookings WHEN NEW.people > (SELECT capacity FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'bookings_capacity'); END;
CREATE TRIGGER bookings_club BEFORE INSERT ON bookings WHEN (SELECT active FROM clubs WHERE id = NEW.club_id) = 0
BEGIN SELECT raise(ABORT, 'bookings_club'); END;
CREATE TRIGGER bookings_activity BEFORE INSERT ON bookings
WHEN EXISTS (SELECT 1 FROM activities WHERE id = NEW.activity_id AND (last_day < NEW.day OR stopped_at IS NOT NULL))
BEGIN SELECT raise(ABORT, 'bookings_activity'); END;
CREATE TRIGGER bookings_quota BEFORE INSERT ON bookings
WHEN NEW.club_id IS NOT NULL AND NEW.minutes + coalesce((SELECT sum(minutes) FROM bookings WHERE club_id = NEW.club_id
  AND monday = date(NEW.day, 'weekday 0', '-6 days') AND cancelled_at IS NULL), 0) > (SELECT week_minutes FROM clubs WHERE id = NEW.club_id)
BEGIN SELECT raise(ABORT, 'bookings_quota'); END;
-- what holds a room: a booking that nobody has begun and that is not let go; a session while it lasts, also where it ended early
CREATE TRIGGER bookings_overlap BEFORE INSERT ON bookings WHEN NEW.cancelled_at IS NULL AND (EXISTS (
  SELECT 1 FROM clock CROSS JOIN bookings b WHERE b.room_id = NEW.room_id AND b.day = NEW.day AND b.cancelled_at IS NULL
    AND b.start_minute < NEW.start_minute + NEW.minutes AND b.start_minute + b.minutes > NEW.start_minute
    AND (b.day > today OR b.start_minute + (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'no_show_minutes') > iif(b.day = today, minute, 2880))
    AND NOT EXISTS (SELECT 1 FROM room_sessions s WHERE s.booking_id = b.id AND s.undone_at IS NULL))
  OR EXISTS (SELECT 1 FROM room_sessions WHERE room_id = NEW.room_id AND day = NEW.day AND undone_at IS NULL
    AND start_minute < NEW.start_minute + NEW.minutes AND start_minute + minutes > NEW.start_minute))
BEGIN SELECT raise(ABORT, 'bookings_overlap'); END;
CREATE TRIGGER bookings_kept BEFORE UPDATE ON bookings
WHEN (NEW.id, NEW.key, NEW.home_id, NEW.room_id, NEW.day, NEW.start_minute, NEW.minutes, NEW.club_id, NEW.activity_id, NEW.people, NEW.series)
  IS NOT (OLD.id, OLD.key, OLD.home_id, OLD.room_id, OLD.day, OLD.start_minute, OLD.minutes, OLD.club_id, OLD.activity_id, OLD.people, OLD.series)
  OR OLD.cancelled_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'bookings_kept'); END;
CREATE TRIGGER bookings_begun BEFORE UPDATE OF cancelled_at ON bookings
WHEN NEW.cancelled_at IS NOT NULL AND EXISTS (SELECT 1 FROM room_sessions WHERE booking_id = NEW.id AND undone_at IS NULL)
BEGIN SELECT raise(ABORT, 'bookings_begun'); END;

CREATE TRIGGER room_sessions_home BEFORE INSERT ON room_sessions
WHEN NEW.home_id <> (SELECT home_id FROM rooms WHERE id = NEW.room_id) OR NEW.home_id <> (SELECT home_id FROM activities WHERE id = NEW.activity_id)
  OR EXISTS (SELECT 1 FROM bookings b WHERE b.id = NEW.booking_id AND (b.room_id, b.day) IS NOT (NEW.room_id, NEW.day))
BEGIN SELECT raise(ABORT, 'room_sessions_home'); END;
CREATE TRIGGER room_sessions_cancelled BEFORE INSERT ON room_sessions WHEN (SELECT cancelled_at FROM bookings WHERE id = NEW.booking_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'room_sessions_cancelled'); END;
CREATE TRIGGER room_sessions_future BEFORE INSERT ON room_sessions WHEN NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'room_sessions_future'); END;
CREATE TRIGGER room_sessions_room BEFORE INSERT ON room_sessions WHEN EXISTS (SELECT 1 FROM rooms WHERE id = NEW.room_id
  AND (kind IN ('bedroom', 'idle_room') OR idle_since <= NEW.day OR last_day < NEW.day OR first_day > NEW.day))
BEGIN SELECT raise(ABORT, 'room_sessions_room'); END;
CREATE TRIGGER room_sessions_booked BEFORE INSERT ON room_sessions WHEN NEW.undone_at IS NULL AND EXISTS (
  SELECT 1 FROM clock CROSS JOIN bookings b WHERE b.room_id = NEW.room_id AND b.day = NEW.day AND b.day = today AND b.cancelled_at IS NULL
    AND b.id IS NOT NEW.booking_id AND b.start_minute < NEW.start_minute + NEW.minutes AND b.start_minute + b.minutes > NEW.start_minute
    AND b.start_minute + (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'no_show_minutes') > minute
    AND NOT EXISTS (SELECT 1 FROM room_sessions s WHERE s.booking_id = b.id AND s.undone_at IS NULL))
BEGIN SELECT raise(ABORT, 'room_sessions_booked'); END;
CREATE TRIGGER room_sessions_overlap BEFORE INSERT ON room_sessions WHEN NEW.undone_at IS NULL AND EXISTS (
  SELECT 1 FROM room_sessions WHERE room_id = NEW.room_id AND day = NEW.day AND undone_at IS NULL
    AND start_minute < NEW.start_minute + NEW.minutes AND start_minute + minutes > NEW.start_minute)
BEGIN SELECT raise(ABORT, 'room_sessions_overlap'); END;
CREATE TRIGGER room_sessions_overlap_changed BEFORE UPDATE OF start_minute, minutes ON room_sessions WHEN NEW.undone_at IS NULL AND EXISTS (
  SELECT 1 FROM room_sessions WHERE room_id = NEW.room_id AND day = NEW.day AND undone_at IS NULL AND id <> NEW.id
    AND start_minute < NEW.start_minute + NEW.minutes AND start_minute + minutes > NEW.start_minute)
BEGIN SELECT raise(ABORT, 'room_sessions_overlap'); END;
CREATE TRIGGER room_sessions_capacity BEFORE INSERT ON room_sessions WHEN NEW.others > (SELECT capacity FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'room_sessions_capacity'); END;
CREATE TRIGGER room_sessions_capacity_changed BEFORE UPDATE OF others ON room_sessions WHEN NEW.others > OLD.others
  AND NEW.others + (SELECT count(*) FROM attendances WHERE session_id = NEW.id) > (SELECT capacity FROM rooms WHERE id = NEW.room_id)
BEGIN SELECT raise(ABORT, 'room_sessions_capacity'); END;
CREATE TRIGGER attendances_capacity BEFORE INSERT ON attendances WHEN EXISTS (
  SELECT 1 FROM room_sessions s JOIN rooms r ON r.id = s.room_id WHERE s.id = NEW.session_id
    AND s.others + (SELECT count(*) FROM attendances WHERE session_id = s.id) >= r.capacity)
BEGIN SELECT raise(ABORT, 'room_sessions_capacity'); END;
CREATE TRIGGER room_sessions_kept BEFORE UPDATE ON room_sessions WHEN OLD.undone_at IS NOT NULL
  OR (NEW.id, NEW.key, NEW.home_id, NEW.room_id, NEW.booking_id, NEW.activity_id, NEW.day, NEW.recorded_at, NEW.recorded_by)
    IS NOT (OLD.id, OLD.key, OLD.home_id, OLD.room_id, OLD.booking_id, OLD.activity_id, OLD.day, OLD.recorded_at, OLD.recorded_by)
BEGIN SELECT raise(ABORT, 'room_sessions_kept'); END;
CREATE TRIGGER room_sessions_undo_late BEFORE UPDATE OF undone_at ON room_sessions WHEN OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL
  AND coalesce(OLD.recorded_at, '') < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-10 minutes')
BEGIN SELECT raise(ABORT, 'room_sessions_undo_late'); END;
CREATE TRIGGER room_sessions_end_late BEFORE UPDATE OF ended_at ON room_sessions WHEN NEW.ended_at IS NOT OLD.ended_at
  AND OLD.ended_at < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-10 minutes')
BEGIN SELECT raise(ABORT, 'room_sessions_end_late'); END;
-- REPLACE takes a row out without a word: nothing that is kept may go like this
CREATE TRIGGER bookings_kept_replaced BEFORE INSERT ON bookings WHEN EXISTS (SELECT 1 FROM bookings WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'bookings_kept'); END;
CREATE TRIGGER room_sessions_kept_replaced BEFORE INSERT ON room_sessions WHEN EXISTS (SELECT 1 FROM room_sessions WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'room_sessions_kept'); END;
CREATE TRIGGER room_sessions_booking_id_replaced BEFORE INSERT ON room_sessions WHEN NEW.undone_at IS NULL
  AND EXISTS (SELECT 1 FROM room_sessions WHERE booking_id = NEW.booking_id AND undone_at IS NULL)
BEGIN SELECT raise(ABORT, 'room_sessions_booking_id_once'); END;
CREATE TRIGGER room_sessions_kept_deleted BEFORE DELETE ON room_sessions BEGIN SELECT raise(ABORT, 'room_sessions_kept'); END;
CREATE TRIGGER attendances_home BEFORE INSERT ON attendances
WHEN NEW.home_id <> (SELECT home_id FROM room_sessions WHERE id = NEW.session_id) OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'attendances_home'); END;
CREATE TRIGGER attendances_undone BEFORE INSERT ON attendances WHEN (SELECT undone_at FROM room_sessions WHERE id = NEW.session_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'room_sessions_kept'); END;
CREATE TRIGGER attendances_kept BEFORE UPDATE ON attendances BEGIN SELECT raise(ABORT, 'attendances_kept'); END;

CREATE TRIGGER room_sessions_named BEFORE INSERT ON room_sessions WHEN NEW.named <> 0 BEGIN SELECT raise(ABORT, 'room_sessions_named'); END;
CREATE TRIGGER room_sessions_named_changed BEFORE UPDATE OF named ON room_sessions
WHEN NEW.named <> (SELECT count(*) FROM attendances WHERE session_id = NEW.id)
BEGIN SELECT raise(ABORT, 'room_sessions_named'); END;
CREATE TRIGGER attendances_counted AFTER INSERT ON attendances BEGIN
  UPDATE room_sessions SET named = (SELECT count(*) FROM attendances WHERE session_id = NEW.session_id) WHERE id = NEW.session_id;
END;
CREATE TRIGGER attendances_counted_deleted AFTER DELETE ON attendances BEGIN
  UPDATE room_sessions SET named = (SELECT count(*) FROM attendances WHERE session_id = OLD.session_id) WHERE id = OLD.session_id;
END;
