-- Homes, the people who belong to them, and who lives there when.

CREATE TABLE homes (
  id INTEGER PRIMARY KEY,
  county TEXT,
  township TEXT,
  village TEXT,
  name TEXT NOT NULL CONSTRAINT homes_name CHECK (trim(name, ' 　') <> ''),
  kind TEXT NOT NULL DEFAULT 'residential' CONSTRAINT homes_kind CHECK (kind IN ('residential', 'day')),
  beds INTEGER NOT NULL DEFAULT 0 CONSTRAINT homes_beds CHECK (beds BETWEEN 0 AND 999),
  day_places INTEGER NOT NULL DEFAULT 0 CONSTRAINT homes_day_places CHECK (day_places BETWEEN 0 AND 999),
  min_age INTEGER NOT NULL DEFAULT 60 CONSTRAINT homes_min_age CHECK (min_age BETWEEN 0 AND 100),
  stars INTEGER CONSTRAINT homes_stars CHECK (stars BETWEEN 0 AND 3),
  opened TEXT CONSTRAINT homes_opened CHECK (opened IS date(opened, '+0 days')),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT homes_day_no_beds CHECK (kind = 'residential' OR beds = 0)
) STRICT;

CREATE UNIQUE INDEX homes_once ON homes (coalesce(county, ''), coalesce(township, ''), coalesce(village, ''), name);

CREATE TABLE services (
  code TEXT PRIMARY KEY,
  professional INTEGER NOT NULL CONSTRAINT services_professional CHECK (professional IN (0, 1))
) STRICT;

INSERT INTO services (code, professional) VALUES
  ('meal', 0), ('bathing', 1), ('cleaning', 0), ('walking', 0), ('urgent', 0), ('medical', 1), ('comfort', 0),
  ('company', 0), ('shopping', 0), ('haircut', 0), ('laundry', 0), ('visit', 0), ('culture', 0), ('learning', 0),
  ('nightwatch', 0), ('cooking', 0);

CREATE TABLE categories (code TEXT PRIMARY KEY) STRICT;

INSERT INTO categories (code) VALUES
  ('alone'), ('empty_nest'), ('left_behind'), ('destitute'), ('low_income'), ('near_low_income'), ('lost_child'),
  ('bereft'), ('veteran'), ('severe_disability'), ('family_planning'), ('disabled'), ('part_disabled');

CREATE TABLE persons (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  name TEXT NOT NULL CONSTRAINT persons_name CHECK (trim(name, ' 　') <> '' AND length(name) <= 60),
  sex TEXT CONSTRAINT persons_sex CHECK (sex IN ('female', 'male')),
  birth_day TEXT CONSTRAINT persons_birth_day CHECK (birth_day IS date(birth_day, '+0 days') AND birth_day > '1900-01-01'),
  birth_estimated INTEGER NOT NULL DEFAULT 0 CONSTRAINT persons_birth_estimated CHECK (birth_estimated IN (0, 1)),
  id_sealed TEXT,
  id_print TEXT UNIQUE,
  id_mask TEXT,
  phone TEXT CONSTRAINT persons_phone CHECK (phone NOT GLOB '*[^0-9+ -]*' AND length(phone) BETWEEN 5 AND 20),
  self_care TEXT CONSTRAINT persons_self_care CHECK (self_care IN ('able', 'partial', 'none')),
  categories TEXT NOT NULL DEFAULT '[]'
    CONSTRAINT persons_categories CHECK (json_valid(categories) AND json_type(categories) = 'array'),
  skills TEXT,
  kin_name TEXT,
  kin_phone TEXT CONSTRAINT persons_kin_phone CHECK (kin_phone NOT GLOB '*[^0-9+ -]*' AND length(kin_phone) BETWEEN 5 AND 20),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT persons_id_whole CHECK ((id_sealed IS NULL) = (id_print IS NULL) AND (id_sealed IS NULL) = (id_mask IS NULL))
) STRICT;

CREATE INDEX persons_by_home ON persons (home_id, name);

CREATE TRIGGER persons_born BEFORE INSERT ON persons WHEN NEW.birth_day IS date(NEW.birth_day, '+0 days') AND NEW.birth_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'persons_born'); END;
CREATE TRIGGER persons_born_changed BEFORE UPDATE OF birth_day ON persons WHEN NEW.birth_day IS date(NEW.birth_day, '+0 days') AND NEW.birth_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'persons_born'); END;

CREATE TRIGGER persons_category_known BEFORE INSERT ON persons
WHEN json_valid(NEW.categories) AND EXISTS (SELECT 1 FROM json_each(NEW.categories) WHERE value IS NULL OR value NOT IN (SELECT code FROM categories))
BEGIN SELECT raise(ABORT, 'persons_category_known'); END;
CREATE TRIGGER persons_category_known_changed BEFORE UPDATE OF categories ON persons
WHEN json_valid(NEW.categories) AND EXISTS (SELECT 1 FROM json_each(NEW.categories) WHERE value IS NULL OR value NOT IN (SELECT code FROM categories))
BEGIN SELECT raise(ABORT, 'persons_category_known'); END;

CREATE TABLE stays (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  room TEXT,
  from_day TEXT NOT NULL CONSTRAINT stays_from_day CHECK (from_day IS date(from_day, '+0 days')),
  to_day TEXT CONSTRAINT stays_to_day CHECK (to_day IS date(to_day, '+0 days')),
  end_reason TEXT CONSTRAINT stays_end_reason CHECK (end_reason IN ('left', 'transfer', 'death')),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT stays_order CHECK (to_day > from_day),
  CONSTRAINT stays_ended CHECK (end_reason IS NULL OR to_day IS NOT NULL)
) STRICT;

CREATE INDEX stays_by_person ON stays (person_id, from_day);
CREATE INDEX stays_by_home ON stays (home_id, from_day, to_day);

CREATE TRIGGER stays_overlap BEFORE INSERT ON stays
WHEN EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id
  AND from_day < coalesce(NEW.to_day, '9999') AND coalesce(to_day, '9999') > NEW.from_day)
BEGIN SELECT raise(ABORT, 'stays_overlap'); END;
CREATE TRIGGER stays_overlap_changed BEFORE UPDATE ON stays
WHEN EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND id <> NEW.id
  AND from_day < coalesce(NEW.to_day, '9999') AND coalesce(to_day, '9999') > NEW.from_day)
BEGIN SELECT raise(ABORT, 'stays_overlap'); END;

CREATE TRIGGER stays_person_home BEFORE INSERT ON stays
WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'stays_person_home'); END;
CREATE TRIGGER stays_person_home_changed BEFORE UPDATE OF home_id, person_id ON stays
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id)
  AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'stays_person_home'); END;

CREATE TRIGGER persons_home BEFORE UPDATE OF home_id ON persons
WHEN NEW.home_id <> OLD.home_id
  AND EXISTS (SELECT 1 FROM stays, clock WHERE person_id = OLD.id AND home_id = OLD.home_id AND (to_day IS NULL OR to_day > today))
BEGIN SELECT raise(ABORT, 'persons_home'); END;
