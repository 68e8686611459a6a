-- The months of the calendar, and what the overview reads by month of all homes instead of rooms, days, services and bookings.

-- days are counted from 1 January 1900, a Monday: `a` is the first one of a month, `b` the day after its last; `since` the month eleven before
CREATE TABLE calendar (
  month TEXT PRIMARY KEY,
  first_day TEXT NOT NULL,
  next_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  since TEXT NOT NULL,
  a INTEGER NOT NULL,
  b INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO calendar
WITH RECURSIVE each (first_day) AS (VALUES ('1970-01-01') UNION ALL SELECT date(first_day, '+1 month') FROM each WHERE first_day < '2169-12-01')
SELECT substr(first_day, 1, 7), first_day, date(first_day, '+1 month'), date(first_day, '+1 month', '-1 day'), substr(date(first_day, '-11 months'), 1, 7),
  CAST(julianday(first_day) - 2415020.5 AS INTEGER), CAST(julianday(first_day, '+1 month') - 2415020.5 AS INTEGER)
FROM each;

CREATE INDEX round_months_by_month ON round_months (month, kind, home_id, done);

-- care over all services
CREATE TABLE care_totals (
  month TEXT NOT NULL,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  minutes INTEGER NOT NULL,
  logs INTEGER NOT NULL,
  PRIMARY KEY (month, home_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER care_bookings_totals INSTEAD OF INSERT ON care_bookings BEGIN
  INSERT INTO care_totals VALUES (substr(NEW.day, 1, 7), NEW.home_id, NEW.sign * NEW.minutes, NEW.sign)
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, logs = logs + excluded.logs;
  DELETE FROM care_totals WHERE NEW.sign < 0 AND month = substr(NEW.day, 1, 7) AND home_id = NEW.home_id AND logs = 0;
END;

INSERT INTO care_totals SELECT month, home_id, sum(minutes), sum(logs) FROM care_months GROUP BY 1, 2;

-- sessions over all rooms; `gatherings` are those in rooms for coming together
CREATE TABLE use_totals (
  month TEXT NOT NULL,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  days INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  gatherings INTEGER NOT NULL,
  PRIMARY KEY (month, home_id)
) STRICT, WITHOUT ROWID;

-- what a room's month adds to the sums; sign -1 takes it out again
CREATE VIEW use_bookings AS SELECT home_id, month, room_id, days, minutes, heads, sessions, 1 AS sign FROM room_months;

CREATE TRIGGER use_bookings_summed INSTEAD OF INSERT ON use_bookings BEGIN
  INSERT INTO use_totals SELECT NEW.month, NEW.home_id, NEW.sign * NEW.days, NEW.sign * NEW.minutes, NEW.sign * NEW.heads,
      NEW.sign * NEW.sessions * (kind IN ('activity_room', 'games_room', 'outdoor')) FROM rooms WHERE id = NEW.room_id
    ON CONFLICT DO UPDATE SET days = days + excluded.days, minutes = minutes + excluded.minutes, heads = heads + excluded.heads,
      gatherings = gatherings + excluded.gatherings;
  DELETE FROM use_totals WHERE NEW.sign < 0 AND month = NEW.month AND home_id = NEW.home_id AND days = 0;
END;
CREATE TRIGGER room_months_totals AFTER INSERT ON room_months BEGIN
  INSERT INTO use_bookings VALUES (NEW.home_id, NEW.month, NEW.room_id, NEW.days, NEW.minutes, NEW.heads, NEW.sessions, 1);
END;
CREATE TRIGGER room_months_totals_changed AFTER UPDATE ON room_months BEGIN
  INSERT INTO use_bookings VALUES (NEW.home_id, NEW.month, NEW.room_id, NEW.days - OLD.days, NEW.minutes - OLD.minutes, NEW.heads - OLD.heads,
    NEW.sessions - OLD.sessions, 1);
END;
CREATE TRIGGER room_months_totals_deleted AFTER DELETE ON room_months BEGIN
  INSERT INTO use_bookings VALUES (OLD.home_id, OLD.month, OLD.room_id, OLD.days, OLD.minutes, OLD.heads, OLD.sessions, -1);
END;
CREATE TRIGGER rooms_kind_totals AFTER UPDATE OF kind ON rooms
WHEN (NEW.kind IN ('activity_room', 'games_room', 'outdoor')) <> (OLD.kind IN ('activity_room', 'games_room', 'outdoor')) BEGIN
  UPDATE use_totals SET gatherings = gatherings + iif(NEW.kind IN ('activity_room', 'games_room', 'outdoor'), 1, -1) * (
      SELECT sessions FROM room_months y WHERE y.home_id = NEW.home_id AND y.month = use_totals.month AND y.room_id = NEW.id)
    WHERE home_id = NEW.home_id AND month IN (SELECT y.month FROM room_months y WHERE y.home_id = NEW.home_id AND y.room_id = NEW.id);
END;

INSERT INTO use_totals SELECT y.month, y.home_id, sum(y.days), sum(y.minutes), sum(y.heads), sum(y.sessions * (r.kind IN ('activity_room', 'games_room', 'outdoor')))
FROM room_months y JOIN rooms r ON r.id = y.room_id GROUP BY 1, 2;

-- days on which a home was really open, and how many of those fall on its weekdays
CREATE TABLE open_totals (
  month TEXT NOT NULL,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  days INTEGER NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (month, home_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW open_bookings AS
SELECT o.month, o.home_id, sum(o.days) AS days, sum(o.days * (instr(h.weekdays, w.code) > 0)) AS due
FROM open_months o JOIN homes h ON h.id = o.home_id JOIN weekdays w ON w.id = o.weekday GROUP BY o.month, o.home_id;

-- a month asked anew
CREATE TRIGGER open_bookings_summed INSTEAD OF INSERT ON open_bookings BEGIN
  DELETE FROM open_totals WHERE month = NEW.month AND home_id = NEW.home_id;
  INSERT INTO open_totals SELECT o.month, o.home_id, sum(o.days), sum(o.days * (instr(h.weekdays, w.code) > 0))
    FROM homes h CROSS JOIN open_months o ON o.home_id = h.id AND o.month = NEW.month CROSS JOIN weekdays w ON w.id = o.weekday
    WHERE h.id = NEW.home_id GROUP BY o.month, o.home_id;
END;
CREATE TRIGGER open_months_totals AFTER INSERT ON open_months BEGIN INSERT INTO open_bookings (month, home_id) VALUES (NEW.month, NEW.home_id); END;
CREATE TRIGGER open_months_totals_changed AFTER UPDATE ON open_months BEGIN INSERT INTO open_bookings (month, home_id) VALUES (NEW.month, NEW.home_id); END;
CREATE TRIGGER open_months_totals_deleted AFTER DELETE ON open_months BEGIN INSERT INTO open_bookings (month, home_id) VALUES (OLD.month, OLD.home_id); END;
CREATE TRIGGER homes_weekdays_totals AFTER UPDATE OF weekdays ON homes WHEN NEW.weekdays <> OLD.weekdays BEGIN
  INSERT INTO open_bookings (month, home_id) SELECT DISTINCT month, home_id FROM open_months WHERE home_id = NEW.id;
END;

INSERT INTO open_totals SELECT month, home_id, days, due FROM open_bookings;

-- rooms but bedrooms as they are now, without those that stand idle or are given up, by the weekdays on which they are open: for how many
-- minutes of such a day, all of them together
CREATE TABLE room_weeks (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  weekdays TEXT NOT NULL,
  rooms INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  PRIMARY KEY (home_id, weekdays)
) STRICT, WITHOUT ROWID;

-- how many rooms of any kind a home has, how many of them stand idle, and the last day on which a room came or was given up, began or ceased to
-- stand idle, or had other hours: in a month that begins after it all was as it is now
CREATE TABLE home_rooms (
  home_id INTEGER PRIMARY KEY REFERENCES homes (id),
  rooms INTEGER NOT NULL,
  idle INTEGER NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE VIEW home_rooms_anew AS
SELECT home_id, sum(last_day IS NULL) AS rooms, sum(last_day IS NULL AND idle_since IS NOT NULL) AS idle, max(max(coalesce(first_day, ''),
  coalesce(date(last_day, '+1 day'), ''), coalesce((SELECT max(from_day) FROM room_hours x WHERE x.room_id = r.id AND from_day > '1900-01-01'), ''),
  coalesce((SELECT max(max(first_day, coalesce(until_day, ''))) FROM idle_spells i WHERE i.room_id = r.id), ''))) AS changed
FROM rooms r GROUP BY home_id;

-- a home asked anew
CREATE TRIGGER home_rooms_asked INSTEAD OF INSERT ON home_rooms_anew BEGIN
  DELETE FROM home_rooms WHERE home_id = NEW.home_id;
  INSERT INTO home_rooms SELECT * FROM home_rooms_anew WHERE home_id = NEW.home_id;
  DELETE FROM room_weeks WHERE home_id = NEW.home_id;
  INSERT INTO room_weeks SELECT home_id, weekdays, count(*), sum(closes_minute - opens_minute) FROM rooms
    WHERE home_id = NEW.home_id AND kind <> 'bedroom' AND idle_since IS NULL AND last_day IS NULL GROUP BY weekdays;
END;
CREATE TRIGGER rooms_counted AFTER INSERT ON rooms BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (NEW.home_id); END;
CREATE TRIGGER rooms_counted_changed AFTER UPDATE OF kind, weekdays, opens_minute, closes_minute, first_day, last_day, idle_since ON rooms
BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (NEW.home_id); END;
CREATE TRIGGER rooms_counted_gone AFTER DELETE ON rooms BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (OLD.home_id); END;
CREATE TRIGGER room_hours_counted AFTER INSERT ON room_hours WHEN NEW.from_day > '1900-01-01' BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (NEW.home_id); END;
CREATE TRIGGER room_hours_counted_gone AFTER DELETE ON room_hours BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (OLD.home_id); END;
CREATE TRIGGER idle_spells_counted AFTER INSERT ON idle_spells BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (NEW.home_id); END;
CREATE TRIGGER idle_spells_counted_changed AFTER UPDATE ON idle_spells BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (NEW.home_id); END;
CREATE TRIGGER idle_spells_counted_gone AFTER DELETE ON idle_spells BEGIN INSERT INTO home_rooms_anew (home_id) VALUES (OLD.home_id); END;

INSERT INTO home_rooms SELECT * FROM home_rooms_anew;
INSERT INTO room_weeks SELECT home_id, weekdays, count(*), sum(closes_minute - opens_minute) FROM rooms
WHERE kind <> 'bedroom' AND idle_since IS NULL AND last_day IS NULL GROUP BY home_id, weekdays;

-- all there was until the end of a month, of the months in which there was anything: money, who lived there, and the days that their coming
-- adds and their going takes off (as in stay_sums): people * day - days are all days lived until a day
CREATE TABLE home_sofar (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  received_fen INTEGER NOT NULL,
  spent_fen INTEGER NOT NULL,
  people INTEGER NOT NULL,
  days INTEGER NOT NULL,
  bookings INTEGER NOT NULL, -- of this month alone
  PRIMARY KEY (home_id, month)
) STRICT, WITHOUT ROWID;

-- one booking; `times` -1 takes it out again
CREATE VIEW sofar_bookings AS
SELECT home_id, substr(day, 1, 7) AS month, amount_fen * (kind = 'gift') AS received_fen, -amount_fen * (kind = 'spending') AS spent_fen,
  0 AS people, 0 AS days, 1 AS times FROM fund_entries
UNION ALL
SELECT home_id, substr(day, 1, 7), 0, 0, count, count * CAST(julianday(day) - 2415020.5 AS INTEGER), times FROM stay_bookings;

CREATE TRIGGER sofar_bookings_summed INSTEAD OF INSERT ON sofar_bookings BEGIN
  INSERT INTO home_sofar SELECT NEW.home_id, NEW.month, coalesce(y.received_fen, 0), coalesce(y.spent_fen, 0), coalesce(y.people, 0), coalesce(y.days, 0), 0
    FROM (SELECT 1) LEFT JOIN (SELECT * FROM home_sofar WHERE home_id = NEW.home_id AND month <= NEW.month ORDER BY month DESC LIMIT 1) y
    WHERE y.month IS NOT NEW.month;
  UPDATE home_sofar SET received_fen = received_fen + NEW.times * NEW.received_fen, spent_fen = spent_fen + NEW.times * NEW.spent_fen,
      people = people + NEW.times * NEW.people, days = days + NEW.times * NEW.days, bookings = bookings + NEW.times * (month = NEW.month)
    WHERE home_id = NEW.home_id AND month >= NEW.month;
  DELETE FROM home_sofar WHERE NEW.times < 0 AND home_id = NEW.home_id AND month = NEW.month AND bookings = 0;
END;
CREATE TRIGGER fund_entries_sofar AFTER INSERT ON fund_entries BEGIN
  INSERT INTO sofar_bookings VALUES (NEW.home_id, substr(NEW.day, 1, 7), NEW.amount_fen * (NEW.kind = 'gift'), -NEW.amount_fen * (NEW.kind = 'spending'), 0, 0, 1);
END;
CREATE TRIGGER fund_entries_sofar_deleted AFTER DELETE ON fund_entries BEGIN
  INSERT INTO sofar_bookings VALUES (OLD.home_id, substr(OLD.day, 1, 7), OLD.amount_fen * (OLD.kind = 'gift'), -OLD.amount_fen * (OLD.kind = 'spending'), 0, 0, -1);
END;
CREATE TRIGGER stay_bookings_sofar INSTEAD OF INSERT ON stay_bookings WHEN NEW.day IS NOT NULL BEGIN
  INSERT INTO sofar_bookings VALUES (NEW.home_id, substr(NEW.day, 1, 7), 0, 0, NEW.count, NEW.count * CAST(julianday(NEW.day) - 2415020.5 AS INTEGER), NEW.times);
END;

INSERT INTO home_sofar SELECT home_id, month, sum(received_fen) OVER sofar, sum(spent_fen) OVER sofar, sum(people) OVER sofar, sum(days) OVER sofar, bookings
FROM (
  SELECT home_id, month, sum(received_fen) AS received_fen, sum(spent_fen) AS spent_fen, sum(people) AS people, sum(days) AS days, sum(times) AS bookings
  FROM sofar_bookings GROUP BY home_id, month
) WINDOW sofar AS (PARTITION BY home_id ORDER BY month);

-- how many of each category live in a home after the last night of a month in which one of them came or went
CREATE TABLE kind_months (
  category TEXT NOT NULL REFERENCES categories (code),
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  living INTEGER NOT NULL,
  bookings INTEGER NOT NULL, -- of this month alone
  PRIMARY KEY (category, home_id, month)
) STRICT, WITHOUT ROWID;

-- somebody of these categories comes (1) or goes (-1) on a day; `times` -1 takes that out again
CREATE VIEW kind_bookings AS
SELECT s.home_id, p.categories, s.from_day AS day, 1 AS count, 1 AS times FROM stays s JOIN persons p ON p.id = s.person_id
UNION ALL
SELECT s.home_id, p.categories, s.to_day, -1, 1 FROM stays s JOIN persons p ON p.id = s.person_id WHERE s.to_day IS NOT NULL;

CREATE TRIGGER kind_bookings_summed INSTEAD OF INSERT ON kind_bookings WHEN NEW.day IS NOT NULL AND NEW.categories <> '[]' BEGIN
  INSERT INTO kind_months SELECT c.code, NEW.home_id, substr(NEW.day, 1, 7), coalesce((SELECT living FROM kind_months
      WHERE category = c.code AND home_id = NEW.home_id AND month < substr(NEW.day, 1, 7) ORDER BY month DESC LIMIT 1), 0), 0
    FROM categories c WHERE c.code IN (SELECT value FROM json_each(NEW.categories)) ON CONFLICT DO NOTHING;
  UPDATE kind_months SET living = living + NEW.count * NEW.times, bookings = bookings + NEW.times * (month = substr(NEW.day, 1, 7))
    WHERE category IN (SELECT value FROM json_each(NEW.categories)) AND home_id = NEW.home_id AND month >= substr(NEW.day, 1, 7);
  DELETE FROM kind_months WHERE NEW.times < 0 AND category IN (SELECT value FROM json_each(NEW.categories)) AND home_id = NEW.home_id
    AND month = substr(NEW.day, 1, 7) AND bookings = 0;
END;

-- who lives where from when until when (9999 where that is open), by sex and day of birth as one number, 0 where nobody knows it
CREATE TABLE lives (
  sex TEXT NOT NULL,
  born INTEGER NOT NULL,
  stay_id INTEGER NOT NULL,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  PRIMARY KEY (sex, born, stay_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW lives_anew AS
SELECT coalesce(p.sex, 'unknown') AS sex, coalesce(CAST(replace(p.birth_day, '-', '') AS INTEGER), 0) AS born, s.id AS stay_id, s.home_id, s.from_day,
  coalesce(s.to_day, '9999') AS until_day
FROM stays s CROSS JOIN persons p ON p.id = s.person_id;

-- a stay asked anew, which was kept under this sex and birth
CREATE TRIGGER lives_asked INSTEAD OF INSERT ON lives_anew BEGIN
  DELETE FROM lives WHERE sex = NEW.sex AND born = NEW.born AND stay_id = NEW.stay_id;
  INSERT INTO lives SELECT * FROM lives_anew WHERE stay_id = NEW.stay_id;
END;
CREATE TRIGGER stays_lives AFTER INSERT ON stays BEGIN
  INSERT INTO lives SELECT * FROM lives_anew WHERE stay_id = NEW.id;
  INSERT INTO kind_bookings SELECT NEW.home_id, categories, NEW.from_day, 1, 1 FROM persons WHERE id = NEW.person_id;
  INSERT INTO kind_bookings SELECT NEW.home_id, categories, NEW.to_day, -1, 1 FROM persons WHERE id = NEW.person_id;
END;
CREATE TRIGGER stays_lives_changed AFTER UPDATE OF home_id, person_id, from_day, to_day ON stays BEGIN
  INSERT INTO lives_anew (sex, born, stay_id) SELECT coalesce(sex, 'unknown'), coalesce(CAST(replace(birth_day, '-', '') AS INTEGER), 0), OLD.id
    FROM persons WHERE id = OLD.person_id;
  INSERT INTO kind_bookings SELECT OLD.home_id, categories, OLD.from_day, 1, -1 FROM persons WHERE id = OLD.person_id;
  INSERT INTO kind_bookings SELECT OLD.home_id, categories, OLD.to_day, -1, -1 FROM persons WHERE id = OLD.person_id;
  INSERT INTO kind_bookings SELECT NEW.home_id, categories, NEW.from_day, 1, 1 FROM persons WHERE id = NEW.person_id;
  INSERT INTO kind_bookings SELECT NEW.home_id, categories, NEW.to_day, -1, 1 FROM persons WHERE id = NEW.person_id;
END;
CREATE TRIGGER stays_lives_gone AFTER DELETE ON stays BEGIN
  INSERT INTO lives_anew (sex, born, stay_id) SELECT coalesce(sex, 'unknown'), coalesce(CAST(replace(birth_day, '-', '') AS INTEGER), 0), OLD.id
    FROM persons WHERE id = OLD.person_id;
  INSERT INTO kind_bookings SELECT OLD.home_id, categories, OLD.from_day, 1, -1 FROM persons WHERE id = OLD.person_id;
  INSERT INTO kind_bookings SELECT OLD.home_id, categories, OLD.to_day, -1, -1 FROM persons WHERE id = OLD.person_id;
END;
CREATE TRIGGER persons_lives AFTER UPDATE OF sex, birth_day ON persons WHEN (NEW.sex, NEW.birth_day) IS NOT (OLD.sex, OLD.birth_day) BEGIN
  INSERT INTO lives_anew (sex, born, stay_id) SELECT coalesce(OLD.sex, 'unknown'), coalesce(CAST(replace(OLD.birth_day, '-', '') AS INTEGER), 0), id
    FROM stays WHERE person_id = NEW.id;
END;
CREATE TRIGGER persons_kinds AFTER UPDATE OF categories ON persons WHEN NEW.categories <> OLD.categories BEGIN
  INSERT INTO kind_bookings SELECT home_id, OLD.categories, from_day, 1, -1 FROM stays WHERE person_id = NEW.id;
  INSERT INTO kind_bookings SELECT home_id, OLD.categories, to_day, -1, -1 FROM stays WHERE person_id = NEW.id;
  INSERT INTO kind_bookings SELECT home_id, NEW.categories, from_day, 1, 1 FROM stays WHERE person_id = NEW.id;
  INSERT INTO kind_bookings SELECT home_id, NEW.categories, to_day, -1, 1 FROM stays WHERE person_id = NEW.id;
END;

INSERT INTO kind_months
SELECT category, home_id, month, sum(more) OVER (PARTITION BY category, home_id ORDER BY month), bookings
FROM (
  SELECT c.code AS category, k.home_id, substr(k.day, 1, 7) AS month, sum(k.count) AS more, count(*) AS bookings
  FROM kind_bookings k JOIN categories c ON c.code IN (SELECT value FROM json_each(k.categories)) GROUP BY 1, 2, 3
);

INSERT INTO lives SELECT * FROM lives_anew;

-- the groups of the age chart: at least so old, below so old; who was born in the year 0 is over 1000
CREATE TABLE age_groups (
  age_band TEXT NOT NULL,
  sex TEXT NOT NULL,
  least INTEGER NOT NULL,
  below INTEGER NOT NULL,
  PRIMARY KEY (age_band, sex)
) STRICT, WITHOUT ROWID;

INSERT INTO age_groups SELECT b.column1, s.column1, b.column2, b.column3 FROM (VALUES ('<60', -1000, 60), ('60-64', 60, 65), ('65-69', 65, 70),
  ('70-74', 70, 75), ('75-79', 75, 80), ('80-84', 80, 85), ('85-89', 85, 90), ('90+', 90, 1000), ('?', 1000, 9999)) b,
  (VALUES ('female'), ('male'), ('unknown')) s;
