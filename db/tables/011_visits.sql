-- Long-lived pairs (结对), visits (探访, 巡访) with their five blocks, what a bad answer opens (转介), and extreme weather.

CREATE TABLE pairs (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  volunteer_id INTEGER NOT NULL REFERENCES persons (id),
  elder_id INTEGER NOT NULL REFERENCES persons (id),
  from_day TEXT NOT NULL CONSTRAINT pairs_from_day CHECK (from_day IS date(from_day, '+0 days')),
  to_day TEXT CONSTRAINT pairs_to_day CHECK (to_day IS date(to_day, '+0 days')),
  end_reason TEXT CONSTRAINT pairs_end_reason CHECK (end_reason IN ('moved_away', 'unwell', 'unwilling', 'no_time', 'death', 'pair_other')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT pairs_self CHECK (volunteer_id <> elder_id),
  CONSTRAINT pairs_order CHECK (to_day >= from_day),
  CONSTRAINT pairs_ended CHECK ((to_day IS NULL) = (end_reason IS NULL))
) STRICT;

CREATE INDEX pairs_by_volunteer ON pairs (volunteer_id, from_day);
CREATE INDEX pairs_by_elder ON pairs (elder_id, from_day);
CREATE INDEX pairs_by_home ON pairs (home_id, to_day);

CREATE TRIGGER pairs_future BEFORE INSERT ON pairs
WHEN max(NEW.from_day, coalesce(NEW.to_day, '')) > (SELECT today FROM clock)
  AND NEW.from_day IS date(NEW.from_day, '+0 days') AND NEW.to_day IS date(NEW.to_day, '+0 days')
BEGIN SELECT raise(ABORT, 'pairs_future'); END;
CREATE TRIGGER pairs_future_changed BEFORE UPDATE OF to_day ON pairs
WHEN NEW.to_day IS date(NEW.to_day, '+0 days') AND NEW.to_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'pairs_future'); END;
CREATE TRIGGER pairs_home BEFORE INSERT ON pairs
WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.volunteer_id)
  OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.elder_id)
BEGIN SELECT raise(ABORT, 'pairs_home'); END;
-- the healthy help the ill, and among the healthy the younger help the older
CREATE TRIGGER pairs_able BEFORE INSERT ON pairs
WHEN (SELECT self_care FROM persons WHERE id = NEW.volunteer_id) IN ('partial', 'none')
BEGIN SELECT raise(ABORT, 'pairs_able'); END;
CREATE TRIGGER pairs_younger BEFORE INSERT ON pairs
WHEN NEW.volunteer_id <> NEW.elder_id AND (SELECT v.birth_day < e.birth_day AND coalesce(e.self_care, 'able') = 'able'
  FROM persons v, persons e WHERE v.id = NEW.volunteer_id AND e.id = NEW.elder_id)
BEGIN SELECT raise(ABORT, 'pairs_younger'); END;
CREATE TRIGGER pairs_left BEFORE INSERT ON pairs WHEN NEW.to_day IS NULL AND EXISTS (
  SELECT 1 FROM persons p CROSS JOIN clock c WHERE p.id IN (NEW.volunteer_id, NEW.elder_id) AND (
    EXISTS (SELECT 1 FROM stays WHERE person_id = p.id AND end_reason = 'death' AND to_day <= c.today)
    OR p.id = NEW.elder_id AND EXISTS (SELECT 1 FROM stays WHERE person_id = p.id AND to_day <= c.today)
      AND NOT EXISTS (SELECT 1 FROM stays WHERE person_id = p.id AND (to_day IS NULL OR to_day > c.today))))
BEGIN SELECT raise(ABORT, 'pairs_left'); END;
CREATE TRIGGER pairs_twice BEFORE INSERT ON pairs WHEN EXISTS (
  SELECT 1 FROM pairs WHERE volunteer_id = NEW.volunteer_id AND elder_id = NEW.elder_id
    AND from_day < coalesce(NEW.to_day, '9999') AND coalesce(to_day, '9999') > NEW.from_day)
BEGIN SELECT raise(ABORT, 'pairs_twice'); END;
-- looked at on the first day, and on each later day on which another pair begins
CREATE TRIGGER pairs_most BEFORE INSERT ON pairs WHEN EXISTS (
  SELECT 1 FROM (
    SELECT NEW.from_day AS day UNION ALL
    SELECT from_day FROM pairs WHERE volunteer_id = NEW.volunteer_id AND from_day > NEW.from_day AND from_day < coalesce(NEW.to_day, '9999')
  ) d
  WHERE NEW.from_day < coalesce(NEW.to_day, '9999')
    AND (SELECT count(*) FROM pairs WHERE volunteer_id = NEW.volunteer_id AND from_day <= d.day AND coalesce(to_day, '9999') > d.day)
      >= (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'pair_elders'))
BEGIN SELECT raise(ABORT, 'pairs_most'); END;
-- who belongs to a pair stays; it can only end, once
CREATE TRIGGER pairs_kept BEFORE UPDATE ON pairs
WHEN (NEW.volunteer_id, NEW.elder_id, NEW.from_day, NEW.home_id) <> (OLD.volunteer_id, OLD.elder_id, OLD.from_day, OLD.home_id)
  OR OLD.to_day IS NOT NULL AND (NEW.to_day, NEW.end_reason) IS NOT (OLD.to_day, OLD.end_reason)
BEGIN SELECT raise(ABORT, 'pairs_kept'); END;
CREATE TRIGGER pairs_kept_deleted BEFORE DELETE ON pairs WHEN OLD.import_id IS NULL
BEGIN SELECT raise(ABORT, 'pairs_kept'); END;

-- what a visitor may have seen, by block, so that nothing has to be typed
CREATE TABLE signs (
  code TEXT PRIMARY KEY,
  block TEXT NOT NULL CONSTRAINT signs_block CHECK (block IN ('block_health', 'block_living', 'block_family', 'block_safety', 'block_wishes'))
) STRICT;

INSERT INTO signs (code, block) VALUES
  ('sign_pain', 'block_health'), ('sign_fall', 'block_health'), ('sign_sleep', 'block_health'), ('sign_low', 'block_health'),
  ('sign_forgets', 'block_health'), ('sign_medicine', 'block_health'),
  ('sign_food', 'block_living'), ('sign_clothes', 'block_living'), ('sign_housing', 'block_living'), ('sign_benefits', 'block_living'),
  ('sign_no_call', 'block_family'), ('sign_no_help', 'block_family'), ('sign_quarrel', 'block_family'),
  ('sign_roof', 'block_safety'), ('sign_water', 'block_safety'), ('sign_wires', 'block_safety'), ('sign_gas', 'block_safety'),
  ('sign_heating', 'block_safety'), ('sign_slippery', 'block_safety'),
  ('wish_talk', 'block_wishes'), ('wish_outing', 'block_wishes'), ('wish_doctor', 'block_wishes'), ('wish_family', 'block_wishes'),
  ('wish_meal', 'block_wishes'), ('wish_haircut', 'block_wishes'), ('wish_repair', 'block_wishes');

CREATE TABLE visits (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT visits_day CHECK (day IS date(day, '+0 days')),
  start_minute INTEGER CONSTRAINT visits_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL DEFAULT 15 CONSTRAINT visits_minutes CHECK (minutes BETWEEN 1 AND 180),
  visitor_id INTEGER REFERENCES persons (id),
  visitor_name TEXT CONSTRAINT visits_visitor_name CHECK (trim(visitor_name, ' 　') <> ''),
  channel TEXT NOT NULL DEFAULT 'at_door'
    CONSTRAINT visits_channel CHECK (channel IN ('at_door', 'by_call', 'third_party', 'neighbours_told', 'alarm', 'hotline')),
  block_health TEXT CONSTRAINT visits_block_health CHECK (block_health IN ('fine', 'concern', 'bad')),
  block_living TEXT CONSTRAINT visits_block_living CHECK (block_living IN ('fine', 'concern', 'bad')),
  block_family TEXT CONSTRAINT visits_block_family CHECK (block_family IN ('fine', 'concern', 'bad')),
  block_safety TEXT CONSTRAINT visits_block_safety CHECK (block_safety IN ('fine', 'concern', 'bad')),
  block_wishes TEXT CONSTRAINT visits_block_wishes CHECK (block_wishes IN ('fine', 'concern', 'bad')),
  signs TEXT NOT NULL DEFAULT '[]' CONSTRAINT visits_signs CHECK (json_valid(signs) AND json_type(signs) = 'array'),
  note TEXT,
  log_id INTEGER UNIQUE REFERENCES care_logs (id) ON DELETE CASCADE,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT visits_visitor CHECK ((visitor_id IS NULL) <> (visitor_name IS NULL)),
  CONSTRAINT visits_self CHECK (visitor_id <> person_id),
  CONSTRAINT visits_something CHECK (coalesce(block_health, block_living, block_family, block_safety, block_wishes) IS NOT NULL),
  CONSTRAINT visits_whole CHECK (channel <> 'at_door' OR block_health IS NOT NULL AND block_living IS NOT NULL
    AND block_family IS NOT NULL AND block_safety IS NOT NULL AND block_wishes IS NOT NULL)
) STRICT;

CREATE INDEX visits_by_person ON visits (person_id, day);
CREATE INDEX visits_by_home ON visits (home_id, day);
CREATE INDEX visits_unlogged ON visits (person_id, day) WHERE log_id IS NULL; -- what the care log does not count
CREATE INDEX visits_by_visitor ON visits (visitor_id, day) WHERE log_id IS NULL;

CREATE TRIGGER visits_future BEFORE INSERT ON visits WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'visits_future'); END;
CREATE TRIGGER visits_future_changed BEFORE UPDATE OF day ON visits WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'visits_future'); END;
CREATE TRIGGER visits_home BEFORE INSERT ON visits
WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
  OR NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.visitor_id)
BEGIN SELECT raise(ABORT, 'visits_home'); END;
CREATE TRIGGER visits_left BEFORE INSERT ON visits
WHEN EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND to_day <= NEW.day)
  AND NOT EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND from_day <= NEW.day AND (to_day IS NULL OR to_day > NEW.day))
BEGIN SELECT raise(ABORT, 'visits_left'); END;
CREATE TRIGGER visits_left_changed BEFORE UPDATE OF day ON visits
WHEN NEW.day <> OLD.day AND EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND to_day <= NEW.day)
  AND NOT EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND from_day <= NEW.day AND (to_day IS NULL OR to_day > NEW.day))
BEGIN SELECT raise(ABORT, 'visits_left'); END;
CREATE TRIGGER visits_sign_known BEFORE INSERT ON visits
WHEN json_valid(NEW.signs) AND EXISTS (SELECT 1 FROM json_each(NEW.signs) WHERE value IS NULL OR value NOT IN (SELECT code FROM signs))
BEGIN SELECT raise(ABORT, 'visits_sign_known'); END;
CREATE TRIGGER visits_sign_known_changed BEFORE UPDATE OF signs ON visits
WHEN json_valid(NEW.signs) AND EXISTS (SELECT 1 FROM json_each(NEW.signs) WHERE value IS NULL OR value NOT IN (SELECT code FROM signs))
BEGIN SELECT raise(ABORT, 'visits_sign_known'); END;
-- who visited whom, and how, stays: what was wrong from the start is taken out and written anew
CREATE TRIGGER visits_kept BEFORE UPDATE OF home_id, person_id, visitor_id, visitor_name, channel, log_id ON visits
WHEN (NEW.home_id, NEW.person_id, NEW.channel) <> (OLD.home_id, OLD.person_id, OLD.channel)
  OR (NEW.visitor_id, NEW.visitor_name) IS NOT (OLD.visitor_id, OLD.visitor_name)
  OR OLD.log_id IS NOT NULL AND NEW.log_id IS NOT OLD.log_id
BEGIN SELECT raise(ABORT, 'visits_kept'); END;

-- a matter that somebody has to see to (转介): opened by a bad answer or by hand, open until it is closed
CREATE TABLE referrals (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  visit_id INTEGER REFERENCES visits (id) ON DELETE SET NULL,
  about TEXT NOT NULL CONSTRAINT referrals_about
    CHECK (about IN ('block_health', 'block_living', 'block_family', 'block_safety', 'block_wishes', 'other_matter')),
  day TEXT NOT NULL CONSTRAINT referrals_day CHECK (day IS date(day, '+0 days')),
  owner TEXT NOT NULL CONSTRAINT referrals_owner CHECK (owner IN ('caretaker', 'head', 'committee', 'doctor', 'relatives', 'township')),
  due_by TEXT NOT NULL CONSTRAINT referrals_due_by CHECK (due_by IS date(due_by, '+0 days')),
  closed_day TEXT CONSTRAINT referrals_closed_day CHECK (closed_day IS date(closed_day, '+0 days')),
  outcome TEXT CONSTRAINT referrals_outcome CHECK (outcome IN ('solved', 'handed_on', 'declined', 'not_needed')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT referrals_due_order CHECK (due_by >= day),
  CONSTRAINT referrals_order CHECK (closed_day >= day),
  CONSTRAINT referrals_closing CHECK ((closed_day IS NULL) = (outcome IS NULL))
) STRICT;

-- one matter of one person is open once: a second bad answer finds it open
CREATE UNIQUE INDEX referrals_person_id_once ON referrals (person_id, about) WHERE closed_day IS NULL AND about <> 'other_matter';
CREATE INDEX referrals_by_home ON referrals (home_id, closed_day, due_by);
CREATE INDEX referrals_by_person ON referrals (person_id, closed_day);
CREATE INDEX referrals_by_visit ON referrals (visit_id);

CREATE TRIGGER referrals_future BEFORE INSERT ON referrals
WHEN max(NEW.day, coalesce(NEW.closed_day, '')) > (SELECT today FROM clock)
  AND NEW.day IS date(NEW.day, '+0 days') AND NEW.closed_day IS date(NEW.closed_day, '+0 days')
BEGIN SELECT raise(ABORT, 'referrals_future'); END;
CREATE TRIGGER referrals_future_changed BEFORE UPDATE OF day, closed_day ON referrals
WHEN max(NEW.day, coalesce(NEW.closed_day, '')) > (SELECT today FROM clock)
  AND NEW.day IS date(NEW.day, '+0 days') AND NEW.closed_day IS date(NEW.closed_day, '+0 days')
BEGIN SELECT raise(ABORT, 'referrals_future'); END;
CREATE TRIGGER referrals_home BEFORE INSERT ON referrals WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'referrals_home'); END;
CREATE TRIGGER referrals_home_changed BEFORE UPDATE OF home_id, person_id ON referrals
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'referrals_home'); END;
CREATE TRIGGER referrals_visit BEFORE INSERT ON referrals WHEN NEW.person_id <> (SELECT person_id FROM visits WHERE id = NEW.visit_id)
BEGIN SELECT raise(ABORT, 'referrals_visit'); END;
CREATE TRIGGER referrals_visit_changed BEFORE UPDATE OF visit_id, person_id ON referrals
WHEN NEW.person_id <> (SELECT person_id FROM visits WHERE id = NEW.visit_id)
BEGIN SELECT raise(ABORT, 'referrals_visit'); END;
CREATE TRIGGER referrals_kept BEFORE UPDATE OF home_id, person_id, about, day, owner, due_by, closed_day, outcome ON referrals
WHEN OLD.closed_day IS NOT NULL AND (NEW.home_id, NEW.person_id, NEW.about, NEW.day, NEW.owner, NEW.due_by, NEW.closed_day, NEW.outcome)
  IS NOT (OLD.home_id, OLD.person_id, OLD.about, OLD.day, OLD.owner, OLD.due_by, OLD.closed_day, OLD.outcome)
BEGIN SELECT raise(ABORT, 'referrals_kept'); END;
CREATE TRIGGER referrals_kept_deleted BEFORE DELETE ON referrals WHEN OLD.import_id IS NULL
BEGIN SELECT raise(ABORT, 'referrals_kept'); END;

-- a visit at the door or by telephone by somebody of the register is care: it takes over the visit that the care log
-- has of that day by the same two, or books one with the same key; so it counts once
CREATE TRIGGER visits_logged AFTER INSERT ON visits
WHEN NEW.log_id IS NULL AND NEW.visitor_id IS NOT NULL AND NEW.channel IN ('at_door', 'by_call') BEGIN
  UPDATE visits SET log_id = (
    SELECT id FROM care_logs l WHERE l.receiver_id = NEW.person_id AND l.day = NEW.day AND l.service = 'visit' AND l.giver_id = NEW.visitor_id
      AND l.undone_at IS NULL
      AND (NEW.start_minute IS NULL OR l.start_minute IS NULL OR l.start_minute = NEW.start_minute)
      AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.log_id = l.id)
    ORDER BY l.id LIMIT 1) WHERE id = NEW.id;
  INSERT INTO care_logs (home_id, day, giver_id, receiver_id, service, start_minute, minutes, late, recorded_by, recorded_at, import_id, key)
    SELECT v.home_id, v.day, v.visitor_id, v.person_id, 'visit', v.start_minute, v.minutes, v.key IS NOT NULL AND v.day < c.today,
      CASE WHEN v.key IS NOT NULL THEN a.name END, CASE WHEN v.key IS NOT NULL THEN strftime('%Y-%m-%dT%H:%M:%SZ', 'now') END, v.import_id, v.key
    FROM visits v CROSS JOIN clock c CROSS JOIN actor a WHERE v.id = NEW.id AND v.log_id IS NULL;
  UPDATE visits SET log_id = last_insert_rowid() WHERE id = NEW.id AND log_id IS NULL;
END;
CREATE TRIGGER visits_logged_changed AFTER UPDATE OF day, start_minute, minutes ON visits WHEN NEW.log_id IS NOT NULL BEGIN
  UPDATE care_logs SET day = NEW.day, start_minute = NEW.start_minute, minutes = NEW.minutes WHERE id = NEW.log_id;
END;
CREATE TRIGGER visits_logged_deleted AFTER DELETE ON visits WHEN OLD.log_id IS NOT NULL BEGIN
  DELETE FROM care_logs WHERE id = OLD.log_id;
END;

-- one answer of a visit, so that a new visit and a corrected one open the same
CREATE VIEW visit_answers AS
SELECT id AS visit_id, home_id, person_id, day, import_id, 'block_health' AS about, 'doctor' AS owner, block_health AS answer FROM visits
UNION ALL SELECT id, home_id, person_id, day, import_id, 'block_living', 'committee', block_living FROM visits
UNION ALL SELECT id, home_id, person_id, day, import_id, 'block_family', 'committee', block_family FROM visits
UNION ALL SELECT id, home_id, person_id, day, import_id, 'block_safety', 'head', block_safety FROM visits
UNION ALL SELECT id, home_id, person_id, day, import_id, 'block_wishes', 'caretaker', block_wishes FROM visits;

CREATE TRIGGER visit_answers_referred INSTEAD OF UPDATE ON visit_answers WHEN OLD.answer = 'bad' BEGIN
  INSERT INTO referrals (home_id, person_id, visit_id, about, day, owner, due_by, import_id)
    SELECT OLD.home_id, OLD.person_id, OLD.visit_id, OLD.about, OLD.day, OLD.owner, date(OLD.day, '+' || value || ' days'), OLD.import_id
    FROM settings WHERE name = 'referral_days'
      AND NOT EXISTS (SELECT 1 FROM referrals WHERE person_id = OLD.person_id AND about = OLD.about AND closed_day IS NULL)
      AND NOT EXISTS (SELECT 1 FROM referrals WHERE visit_id = OLD.visit_id AND about = OLD.about);
END;
CREATE TRIGGER visits_referred AFTER INSERT ON visits
WHEN 'bad' IN (NEW.block_health, NEW.block_living, NEW.block_family, NEW.block_safety, NEW.block_wishes) BEGIN
  UPDATE visit_answers SET answer = answer WHERE visit_id = NEW.id;
END;
CREATE TRIGGER visits_referred_changed AFTER UPDATE OF block_health, block_living, block_family, block_safety, block_wishes ON visits
WHEN 'bad' IN (NEW.block_health, NEW.block_living, NEW.block_family, NEW.block_safety, NEW.block_wishes) BEGIN
  UPDATE visit_answers SET answer = answer WHERE visit_id = NEW.id;
END;

-- a spell of extreme weather in a home: for so many days so many contacts a week are asked
CREATE TABLE weather (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  hazard TEXT NOT NULL CONSTRAINT weather_hazard CHECK (hazard IN ('heat', 'cold', 'storm', 'snow')),
  first_day TEXT NOT NULL CONSTRAINT weather_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT NOT NULL CONSTRAINT weather_last_day CHECK (last_day IS date(last_day, '+0 days')),
  contacts INTEGER NOT NULL DEFAULT 7 CONSTRAINT weather_contacts CHECK (contacts BETWEEN 1 AND 21), -- a week
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT weather_order CHECK (last_day >= first_day),
  CONSTRAINT weather_long CHECK (julianday(last_day) - julianday(first_day) < 31)
) STRICT;

CREATE INDEX weather_by_home ON weather (home_id, last_day);

CREATE TRIGGER weather_apart BEFORE INSERT ON weather WHEN EXISTS (
  SELECT 1 FROM weather WHERE home_id = NEW.home_id AND hazard = NEW.hazard AND first_day <= NEW.last_day AND last_day >= NEW.first_day)
BEGIN SELECT raise(ABORT, 'weather_apart'); END;
CREATE TRIGGER weather_apart_changed BEFORE UPDATE OF home_id, hazard, first_day, last_day ON weather WHEN EXISTS (
  SELECT 1 FROM weather WHERE home_id = NEW.home_id AND hazard = NEW.hazard AND id <> NEW.id
    AND first_day <= NEW.last_day AND last_day >= NEW.first_day)
BEGIN SELECT raise(ABORT, 'weather_apart'); END;

-- whoever moves or dies leaves their pairs; what is open about them goes along, or ends with them
CREATE TRIGGER persons_moved_pairs BEFORE UPDATE OF home_id ON persons WHEN NEW.home_id <> OLD.home_id BEGIN
  UPDATE pairs SET to_day = (SELECT today FROM clock), end_reason = 'moved_away' WHERE to_day IS NULL AND OLD.id IN (volunteer_id, elder_id);
END;
CREATE TRIGGER persons_moved_referrals AFTER UPDATE OF home_id ON persons WHEN NEW.home_id <> OLD.home_id BEGIN
  UPDATE referrals SET home_id = NEW.home_id WHERE person_id = NEW.id AND closed_day IS NULL;
END;
CREATE TRIGGER stays_ended_pairs AFTER UPDATE OF to_day, end_reason ON stays WHEN NEW.to_day IS NOT NULL AND NEW.end_reason IS NOT NULL BEGIN
  UPDATE pairs SET to_day = max(from_day, min(NEW.to_day, (SELECT today FROM clock))),
    end_reason = CASE NEW.end_reason WHEN 'death' THEN 'death' ELSE 'moved_away' END
    WHERE to_day IS NULL AND (elder_id = NEW.person_id OR volunteer_id = NEW.person_id);
  UPDATE referrals SET closed_day = max(day, min(NEW.to_day, (SELECT today FROM clock))), outcome = 'not_needed'
    WHERE person_id = NEW.person_id AND closed_day IS NULL AND NEW.end_reason = 'death';
END;

INSERT INTO settings (name, value) VALUES ('pair_elders', '5'), ('pair_contacts', '2'), ('visit_days_change', '1'), ('referral_days', '3'),
  ('weather_contacts', '7');

CREATE TRIGGER settings_visits BEFORE UPDATE ON settings
WHEN NEW.name IN ('pair_elders', 'pair_contacts', 'visit_days_change', 'referral_days')
    AND (NEW.value GLOB '*[^0-9]*' OR CAST(NEW.value AS INTEGER) NOT BETWEEN 1 AND 365)
BEGIN SELECT raise(ABORT, 'settings_number'); END;
CREATE TRIGGER settings_weather BEFORE UPDATE ON settings
WHEN NEW.name = 'weather_contacts' AND (NEW.value GLOB '*[^0-9]*' OR CAST(NEW.value AS INTEGER) NOT BETWEEN 1 AND 21)
BEGIN SELECT raise(ABORT, 'settings_contacts'); END;
