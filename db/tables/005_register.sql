-- What a register holds beyond name and birth: kin, what people can give, consents and agreements; the way to a place.

CREATE TABLE times (code TEXT PRIMARY KEY) STRICT;

INSERT INTO times (code) VALUES ('morning'), ('afternoon'), ('evening'), ('night'), ('weekend');

ALTER TABLE services ADD COLUMN asked INTEGER NOT NULL DEFAULT 1 CONSTRAINT services_asked CHECK (asked IN (0, 1));
UPDATE services SET asked = 0 WHERE code IN ('nightwatch', 'cooking'); -- duties of a home, no need of one person

ALTER TABLE persons ADD COLUMN former_name TEXT;
ALTER TABLE persons ADD COLUMN hint TEXT CONSTRAINT persons_hint CHECK (length(hint) BETWEEN 1 AND 20);
ALTER TABLE persons ADD COLUMN kin_relation TEXT
  CONSTRAINT persons_kin_relation CHECK (kin_relation IN ('spouse', 'son', 'daughter', 'sibling', 'grandchild', 'relative'));
ALTER TABLE persons ADD COLUMN emergency_name TEXT;
ALTER TABLE persons ADD COLUMN emergency_phone TEXT
  CONSTRAINT persons_emergency_phone CHECK (emergency_phone NOT GLOB '*[^0-9+ -]*' AND length(emergency_phone) BETWEEN 5 AND 20);
ALTER TABLE persons ADD COLUMN volunteer INTEGER NOT NULL DEFAULT 0 CONSTRAINT persons_volunteer CHECK (volunteer IN (0, 1));
ALTER TABLE persons ADD COLUMN post TEXT CONSTRAINT persons_post CHECK (post IN ('head', 'caretaker', 'cook', 'committee', 'staff'));
ALTER TABLE persons ADD COLUMN gives TEXT NOT NULL DEFAULT '[]'
  CONSTRAINT persons_gives CHECK (json_valid(gives) AND json_type(gives) = 'array');
ALTER TABLE persons ADD COLUMN availability TEXT NOT NULL DEFAULT '[]'
  CONSTRAINT persons_availability CHECK (json_valid(availability) AND json_type(availability) = 'array');
ALTER TABLE persons ADD COLUMN risk_tier TEXT NOT NULL DEFAULT 'general'
  CONSTRAINT persons_risk_tier CHECK (risk_tier IN ('high', 'key', 'general'));
ALTER TABLE persons ADD COLUMN pinyin TEXT; -- of the names: whole and initials, for finding
ALTER TABLE persons ADD COLUMN found_by TEXT GENERATED ALWAYS AS (replace(lower(name), ' ', '') || ' ' || replace(lower(coalesce(former_name, '')), ' ', '') || ' '
  || coalesce(pinyin, '') || ' ' || replace(replace(coalesce(phone, ''), ' ', ''), '-', '')) VIRTUAL;

CREATE INDEX persons_found ON persons (home_id, name, found_by); -- a search reads the register from here, in its order

CREATE INDEX homes_by_name ON homes (name); -- homes of one name, for their labels

CREATE INDEX care_people_by_person ON care_people (person); -- one person's months, whatever the county holds

CREATE TRIGGER persons_gives_known BEFORE INSERT ON persons
WHEN json_valid(NEW.gives) AND EXISTS (SELECT 1 FROM json_each(NEW.gives) WHERE value IS NULL OR value NOT IN (SELECT code FROM services))
BEGIN SELECT raise(ABORT, 'persons_gives_known'); END;
CREATE TRIGGER persons_gives_known_changed BEFORE UPDATE OF gives ON persons
WHEN json_valid(NEW.gives) AND EXISTS (SELECT 1 FROM json_each(NEW.gives) WHERE value IS NULL OR value NOT IN (SELECT code FROM services))
BEGIN SELECT raise(ABORT, 'persons_gives_known'); END;
CREATE TRIGGER persons_availability_known BEFORE INSERT ON persons WHEN json_valid(NEW.availability)
  AND EXISTS (SELECT 1 FROM json_each(NEW.availability) WHERE value IS NULL OR value NOT IN (SELECT code FROM times))
BEGIN SELECT raise(ABORT, 'persons_availability_known'); END;
CREATE TRIGGER persons_availability_known_changed BEFORE UPDATE OF availability ON persons WHEN json_valid(NEW.availability)
  AND EXISTS (SELECT 1 FROM json_each(NEW.availability) WHERE value IS NULL OR value NOT IN (SELECT code FROM times))
BEGIN SELECT raise(ABORT, 'persons_availability_known'); END;

CREATE TRIGGER persons_old BEFORE INSERT ON persons WHEN NEW.birth_day > '1900-01-01'
  AND NEW.birth_day <= (SELECT date(today, '-121 years') FROM clock)
BEGIN SELECT raise(ABORT, 'persons_old'); END;
CREATE TRIGGER persons_old_changed BEFORE UPDATE OF birth_day ON persons WHEN NEW.birth_day > '1900-01-01'
  AND NEW.birth_day <= (SELECT date(today, '-121 years') FROM clock)
BEGIN SELECT raise(ABORT, 'persons_old'); END;

-- consent to the use of sensitive data (个人信息保护法): each purpose on its own, until withdrawn
CREATE TABLE consents (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  purpose TEXT NOT NULL CONSTRAINT consents_purpose CHECK (purpose IN ('register', 'health', 'photo', 'publication')),
  day TEXT NOT NULL CONSTRAINT consents_day CHECK (day IS date(day, '+0 days')),
  signer TEXT NOT NULL CONSTRAINT consents_signer CHECK (signer IN ('self', 'guardian')),
  signer_name TEXT,
  withdrawn_day TEXT CONSTRAINT consents_withdrawn_day CHECK (withdrawn_day IS date(withdrawn_day, '+0 days')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT consents_guardian CHECK (signer = 'self' OR trim(coalesce(signer_name, ''), ' 　') <> ''),
  CONSTRAINT consents_order CHECK (withdrawn_day >= day)
) STRICT;

CREATE UNIQUE INDEX consents_person_id_once ON consents (person_id, purpose) WHERE withdrawn_day IS NULL;
CREATE INDEX consents_by_home ON consents (home_id, purpose);
CREATE INDEX consents_by_person ON consents (person_id, purpose, day);

CREATE TRIGGER consents_future BEFORE INSERT ON consents
WHEN max(NEW.day, coalesce(NEW.withdrawn_day, '')) > (SELECT today FROM clock)
  AND NEW.day IS date(NEW.day, '+0 days') AND NEW.withdrawn_day IS date(NEW.withdrawn_day, '+0 days')
BEGIN SELECT raise(ABORT, 'consents_future'); END;
CREATE TRIGGER consents_future_changed BEFORE UPDATE OF day, withdrawn_day ON consents
WHEN max(NEW.day, coalesce(NEW.withdrawn_day, '')) > (SELECT today FROM clock)
  AND NEW.day IS date(NEW.day, '+0 days') AND NEW.withdrawn_day IS date(NEW.withdrawn_day, '+0 days')
BEGIN SELECT raise(ABORT, 'consents_future'); END;
CREATE TRIGGER consents_home BEFORE INSERT ON consents WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'consents_home'); END;
CREATE TRIGGER consents_home_changed BEFORE UPDATE OF home_id, person_id ON consents
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'consents_home'); END;

-- the agreement (协议) between home, elder and relative
CREATE TABLE agreements (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT agreements_day CHECK (day IS date(day, '+0 days')),
  until_day TEXT NOT NULL CONSTRAINT agreements_until_day CHECK (until_day IS date(until_day, '+0 days')),
  relative TEXT,
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT agreements_order CHECK (until_day > day)
) STRICT;

CREATE INDEX agreements_by_person ON agreements (person_id, until_day);

CREATE TRIGGER agreements_future BEFORE INSERT ON agreements
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'agreements_future'); END;
CREATE TRIGGER agreements_future_changed BEFORE UPDATE OF day ON agreements
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'agreements_future'); END;
CREATE TRIGGER agreements_home BEFORE INSERT ON agreements WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'agreements_home'); END;
CREATE TRIGGER agreements_home_changed BEFORE UPDATE OF home_id, person_id ON agreements
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'agreements_home'); END;

-- one small picture a person, as base64; the audit trail notes it without the picture
CREATE TABLE photos (
  id INTEGER PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  image TEXT NOT NULL CONSTRAINT photos_image CHECK (length(image) BETWEEN 1 AND 200000)
) STRICT;

CREATE TRIGGER photos_consent BEFORE INSERT ON photos
WHEN NOT EXISTS (SELECT 1 FROM consents WHERE person_id = NEW.id AND purpose = 'photo' AND withdrawn_day IS NULL)
BEGIN SELECT raise(ABORT, 'photos_consent'); END;
CREATE TRIGGER photos_consent_changed BEFORE UPDATE OF id, image ON photos
WHEN NOT EXISTS (SELECT 1 FROM consents WHERE person_id = NEW.id AND purpose = 'photo' AND withdrawn_day IS NULL)
BEGIN SELECT raise(ABORT, 'photos_consent'); END;
CREATE TRIGGER photos_home BEFORE INSERT ON photos WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'photos_home'); END;
CREATE TRIGGER photos_home_changed BEFORE UPDATE OF home_id, id ON photos
WHEN (NEW.home_id <> OLD.home_id OR NEW.id <> OLD.id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'photos_home'); END;
CREATE TRIGGER consents_photo_withdrawn AFTER UPDATE OF withdrawn_day ON consents WHEN NEW.purpose = 'photo' AND NEW.withdrawn_day IS NOT NULL
BEGIN DELETE FROM photos WHERE id = NEW.person_id; END;

-- who asked for a place, and who decided (入住申请, 轮候)
CREATE TABLE applications (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT applications_day CHECK (day IS date(day, '+0 days')),
  place TEXT NOT NULL DEFAULT 'bed' CONSTRAINT applications_place CHECK (place IN ('bed', 'day_place')),
  reason TEXT,
  closed TEXT CONSTRAINT applications_closed CHECK (closed IN ('admitted', 'refused', 'withdrawn')),
  closed_day TEXT CONSTRAINT applications_closed_day CHECK (closed_day IS date(closed_day, '+0 days')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT applications_closing CHECK ((closed IS NULL) = (closed_day IS NULL)),
  CONSTRAINT applications_order CHECK (closed_day >= day)
) STRICT;

CREATE UNIQUE INDEX applications_person_id_once ON applications (person_id) WHERE closed IS NULL;
CREATE INDEX applications_by_home ON applications (home_id, closed, day);

CREATE TRIGGER applications_future BEFORE INSERT ON applications
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'applications_future'); END;
CREATE TRIGGER applications_future_changed BEFORE UPDATE OF day ON applications
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'applications_future'); END;
CREATE TRIGGER applications_home BEFORE INSERT ON applications WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'applications_home'); END;
CREATE TRIGGER applications_home_changed BEFORE UPDATE OF home_id, person_id ON applications
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'applications_home'); END;
CREATE TRIGGER applications_day_home BEFORE INSERT ON applications
WHEN NEW.place = 'bed' AND (SELECT kind FROM homes WHERE id = NEW.home_id) = 'day'
BEGIN SELECT raise(ABORT, 'applications_day_home'); END;
CREATE TRIGGER applications_day_home_changed BEFORE UPDATE OF place, home_id ON applications
WHEN NEW.place = 'bed' AND (SELECT kind FROM homes WHERE id = NEW.home_id) = 'day'
BEGIN SELECT raise(ABORT, 'applications_day_home'); END;
CREATE TRIGGER applications_resident BEFORE INSERT ON applications WHEN NEW.closed IS NULL AND EXISTS (
  SELECT 1 FROM stays s, clock WHERE s.person_id = NEW.person_id AND (s.to_day IS NULL OR s.to_day > today)
    AND coalesce(s.place, CASE (SELECT kind FROM homes WHERE id = s.home_id) WHEN 'day' THEN 'day_place' ELSE 'bed' END) = NEW.place)
BEGIN SELECT raise(ABORT, 'applications_resident'); END;
CREATE TRIGGER applications_dead BEFORE INSERT ON applications
WHEN EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND end_reason = 'death' AND to_day <= NEW.day)
BEGIN SELECT raise(ABORT, 'applications_dead'); END;

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  application_id INTEGER NOT NULL REFERENCES applications (id),
  step TEXT NOT NULL CONSTRAINT decisions_step CHECK (step IN ('village', 'township')),
  outcome TEXT NOT NULL CONSTRAINT decisions_outcome CHECK (outcome IN ('approved', 'refused')),
  day TEXT NOT NULL CONSTRAINT decisions_day CHECK (day IS date(day, '+0 days')),
  decided_by TEXT NOT NULL CONSTRAINT decisions_decided_by CHECK (trim(decided_by, ' 　') <> ''),
  reason TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT decisions_reason CHECK (outcome = 'approved' OR trim(coalesce(reason, ''), ' 　') <> '')
) STRICT;

CREATE UNIQUE INDEX decisions_application_id_once ON decisions (application_id, step);

CREATE TRIGGER decisions_home BEFORE INSERT ON decisions WHEN NEW.home_id <> (SELECT home_id FROM applications WHERE id = NEW.application_id)
BEGIN SELECT raise(ABORT, 'decisions_home'); END;
CREATE TRIGGER decisions_future BEFORE INSERT ON decisions
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'decisions_future'); END;
CREATE TRIGGER decisions_order BEFORE INSERT ON decisions WHEN NEW.day IS date(NEW.day, '+0 days')
  AND (NEW.day < (SELECT day FROM applications WHERE id = NEW.application_id)
    OR NEW.step = 'township' AND NEW.day < (SELECT day FROM decisions WHERE application_id = NEW.application_id AND step = 'village'))
BEGIN SELECT raise(ABORT, 'decisions_order'); END;
CREATE TRIGGER decisions_village_first BEFORE INSERT ON decisions WHEN NEW.step = 'township'
  AND NOT EXISTS (SELECT 1 FROM decisions WHERE application_id = NEW.application_id AND step = 'village')
BEGIN SELECT raise(ABORT, 'decisions_village_first'); END;
-- what is brought in tells of decisions after the fact, and only such as led where the application ended
CREATE TRIGGER decisions_closed BEFORE INSERT ON decisions
WHEN (SELECT closed <> 'refused' AND NEW.outcome = 'refused' OR NEW.import_id IS NULL
  FROM applications WHERE id = NEW.application_id AND closed IS NOT NULL)
BEGIN SELECT raise(ABORT, 'decisions_closed'); END;
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions_kept'); END;
CREATE TRIGGER decisions_kept_deleted BEFORE DELETE ON decisions
WHEN (SELECT import_id FROM applications WHERE id = OLD.application_id) IS NULL
BEGIN SELECT raise(ABORT, 'decisions_kept'); END;
CREATE TRIGGER decisions_refused AFTER INSERT ON decisions WHEN NEW.outcome = 'refused' BEGIN
  UPDATE applications SET closed = 'refused', closed_day = NEW.day WHERE id = NEW.application_id AND closed IS NULL;
END;

ALTER TABLE stays ADD COLUMN place TEXT CONSTRAINT stays_place CHECK (place IN ('bed', 'day_place'));
ALTER TABLE stays ADD COLUMN bed TEXT CONSTRAINT stays_bed CHECK (length(bed) BETWEEN 1 AND 10);
ALTER TABLE stays ADD COLUMN decided_by TEXT;
ALTER TABLE stays ADD COLUMN end_decided_by TEXT;
ALTER TABLE stays ADD COLUMN end_note TEXT;
ALTER TABLE stays ADD COLUMN application_id INTEGER REFERENCES applications (id);

CREATE TRIGGER stays_bed_taken BEFORE INSERT ON stays WHEN NEW.bed IS NOT NULL AND EXISTS (
  SELECT 1 FROM stays WHERE home_id = NEW.home_id AND room IS NEW.room AND bed = NEW.bed
    AND from_day < coalesce(NEW.to_day, '9999') AND coalesce(to_day, '9999') > NEW.from_day)
BEGIN SELECT raise(ABORT, 'stays_bed_taken'); END;
CREATE TRIGGER stays_bed_taken_changed BEFORE UPDATE ON stays WHEN NEW.bed IS NOT NULL AND EXISTS (
  SELECT 1 FROM stays WHERE home_id = NEW.home_id AND room IS NEW.room AND bed = NEW.bed AND id <> NEW.id
    AND from_day < coalesce(NEW.to_day, '9999') AND coalesce(to_day, '9999') > NEW.from_day)
BEGIN SELECT raise(ABORT, 'stays_bed_taken'); END;

CREATE TRIGGER stays_day_home BEFORE INSERT ON stays
WHEN (NEW.bed IS NOT NULL OR NEW.place = 'bed') AND (NEW.place = 'day_place' OR (SELECT kind FROM homes WHERE id = NEW.home_id) = 'day')
BEGIN SELECT raise(ABORT, 'stays_day_home'); END;
CREATE TRIGGER stays_day_home_changed BEFORE UPDATE ON stays
WHEN (NEW.bed IS NOT NULL OR NEW.place = 'bed') AND (NEW.place = 'day_place' OR (SELECT kind FROM homes WHERE id = NEW.home_id) = 'day')
BEGIN SELECT raise(ABORT, 'stays_day_home'); END;

CREATE TRIGGER stays_left BEFORE UPDATE OF to_day ON stays
WHEN OLD.to_day IS NULL AND NEW.to_day IS NOT NULL AND (NEW.end_reason IS NULL OR trim(coalesce(NEW.end_decided_by, ''), ' 　') = '')
BEGIN SELECT raise(ABORT, 'stays_left'); END;

-- what has happened is not in the future; whoever sleeps there tonight for the last time leaves tomorrow
CREATE TRIGGER stays_end_future BEFORE INSERT ON stays WHEN NEW.end_reason IS NOT NULL
  AND NEW.to_day IS date(NEW.to_day, '+0 days') AND NEW.to_day > (SELECT date(today, '+1 day') FROM clock)
BEGIN SELECT raise(ABORT, 'stays_end_future'); END;
CREATE TRIGGER stays_end_future_changed BEFORE UPDATE OF to_day, end_reason ON stays WHEN NEW.end_reason IS NOT NULL
  AND NEW.to_day IS date(NEW.to_day, '+0 days') AND NEW.to_day > (SELECT date(today, '+1 day') FROM clock)
BEGIN SELECT raise(ABORT, 'stays_end_future'); END;
CREATE TRIGGER stays_dead BEFORE INSERT ON stays
WHEN EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND end_reason = 'death' AND to_day <= NEW.from_day)
BEGIN SELECT raise(ABORT, 'stays_dead'); END;

-- by an application: the person, home and place of it, approved, and only while a place is free
CREATE TRIGGER stays_application BEFORE INSERT ON stays WHEN NEW.application_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM applications WHERE id = NEW.application_id AND person_id = NEW.person_id AND home_id = NEW.home_id AND place = NEW.place)
BEGIN SELECT raise(ABORT, 'stays_application'); END;
CREATE TRIGGER stays_application_changed BEFORE UPDATE OF application_id ON stays WHEN NEW.application_id IS NOT OLD.application_id
BEGIN SELECT raise(ABORT, 'stays_application'); END;
CREATE TRIGGER stays_approved BEFORE INSERT ON stays WHEN NEW.application_id IS NOT NULL
  AND (SELECT state FROM application_states WHERE application_id = NEW.application_id) IS NOT 'approved'
BEGIN SELECT raise(ABORT, 'stays_approved'); END;
CREATE TRIGGER stays_no_place BEFORE INSERT ON stays WHEN NEW.application_id IS NOT NULL
  AND (SELECT CASE NEW.place WHEN 'day_place' THEN day_places ELSE beds END FROM homes WHERE id = NEW.home_id) <= (
    SELECT count(*) FROM stays s JOIN homes h ON h.id = s.home_id
    WHERE s.home_id = NEW.home_id AND s.from_day <= NEW.from_day AND (s.to_day IS NULL OR s.to_day > NEW.from_day)
      AND coalesce(s.place, CASE h.kind WHEN 'day' THEN 'day_place' ELSE 'bed' END) = NEW.place)
BEGIN SELECT raise(ABORT, 'stays_no_place'); END;
CREATE TRIGGER stays_admitted AFTER INSERT ON stays WHEN NEW.application_id IS NOT NULL BEGIN
  UPDATE applications SET closed = 'admitted', closed_day = NEW.from_day WHERE id = NEW.application_id;
END;

-- how an application was closed follows from what happened, and stays so
CREATE TRIGGER applications_outcome BEFORE UPDATE OF closed ON applications
WHEN NEW.closed = 'admitted' AND NOT EXISTS (SELECT 1 FROM stays WHERE application_id = NEW.id)
  OR NEW.closed = 'refused' AND NOT EXISTS (SELECT 1 FROM decisions WHERE application_id = NEW.id AND outcome = 'refused')
BEGIN SELECT raise(ABORT, 'applications_outcome'); END;
CREATE TRIGGER applications_kept BEFORE UPDATE ON applications WHEN OLD.closed IS NOT NULL
BEGIN SELECT raise(ABORT, 'applications_kept'); END;

-- whoever moves to another home takes the photo and the standing consents along; whoever moves or dies no longer waits
CREATE TRIGGER persons_moved AFTER UPDATE OF home_id ON persons WHEN NEW.home_id <> OLD.home_id BEGIN
  UPDATE photos SET home_id = NEW.home_id WHERE id = NEW.id;
  UPDATE consents SET home_id = NEW.home_id WHERE person_id = NEW.id AND withdrawn_day IS NULL;
  UPDATE applications SET closed = 'withdrawn', closed_day = (SELECT today FROM clock) WHERE person_id = NEW.id AND closed IS NULL;
END;
CREATE TRIGGER stays_died AFTER UPDATE OF end_reason ON stays WHEN NEW.end_reason = 'death' BEGIN
  UPDATE applications SET closed = 'withdrawn', closed_day = max(day, NEW.to_day) WHERE person_id = NEW.person_id AND closed IS NULL;
END;
