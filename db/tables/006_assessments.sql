-- Assessments of ability: GB/T 42195-2022 (26 items, 90 points) and the older Barthel index (10 items, 100 points).
-- More points are better. Initial level, adjustments and final level are kept apart: see the view assessment_results.

CREATE TABLE assessment_items (
  id INTEGER PRIMARY KEY,
  instrument TEXT NOT NULL CONSTRAINT assessment_items_instrument CHECK (instrument IN ('gb42195', 'barthel')),
  part TEXT NOT NULL,
  code TEXT NOT NULL,
  highest INTEGER NOT NULL,
  step INTEGER NOT NULL,
  scale TEXT NOT NULL -- which words its scores have
) STRICT;

CREATE UNIQUE INDEX assessment_items_instrument_once ON assessment_items (instrument, code);

INSERT INTO assessment_items (instrument, part, code, highest, step, scale) VALUES
  ('gb42195', 'self_care_ability', 'eating', 4, 1, 'help'), ('gb42195', 'self_care_ability', 'grooming', 4, 1, 'help'),
  ('gb42195', 'self_care_ability', 'washing', 4, 1, 'help'), ('gb42195', 'self_care_ability', 'dressing_upper', 4, 1, 'help'),
  ('gb42195', 'self_care_ability', 'dressing_lower', 4, 1, 'help'), ('gb42195', 'self_care_ability', 'bladder', 4, 1, 'hold'),
  ('gb42195', 'self_care_ability', 'bowel', 4, 1, 'hold'), ('gb42195', 'self_care_ability', 'toilet', 4, 1, 'help'),
  ('gb42195', 'movement', 'turning', 4, 1, 'help'), ('gb42195', 'movement', 'transfer', 4, 1, 'help'),
  ('gb42195', 'movement', 'level_walking', 4, 1, 'help'), ('gb42195', 'movement', 'stairs', 3, 1, 'stairs'),
  ('gb42195', 'mind', 'time_orientation', 4, 1, 'clear'), ('gb42195', 'mind', 'space_orientation', 4, 1, 'clear'),
  ('gb42195', 'mind', 'person_orientation', 4, 1, 'clear'), ('gb42195', 'mind', 'memory', 4, 1, 'clear'),
  ('gb42195', 'mind', 'understanding', 4, 1, 'clear'), ('gb42195', 'mind', 'expression', 4, 1, 'clear'),
  ('gb42195', 'mind', 'aggression', 1, 1, 'seldom'), ('gb42195', 'mind', 'depression', 1, 1, 'seldom'), ('gb42195', 'mind', 'consciousness', 2, 1, 'awake'),
  ('gb42195', 'taking_part', 'sight', 2, 1, 'sense'), ('gb42195', 'taking_part', 'hearing', 2, 1, 'sense'),
  ('gb42195', 'taking_part', 'daily_affairs', 4, 1, 'help'), ('gb42195', 'taking_part', 'transport', 3, 1, 'outing'),
  ('gb42195', 'taking_part', 'social', 4, 1, 'social'),
  ('barthel', 'daily_living', 'eating', 10, 5, 'share10'), ('barthel', 'daily_living', 'washing', 5, 5, 'share5'),
  ('barthel', 'daily_living', 'grooming', 5, 5, 'share5'), ('barthel', 'daily_living', 'dressing', 10, 5, 'share10'),
  ('barthel', 'daily_living', 'bowel', 10, 5, 'share10'), ('barthel', 'daily_living', 'bladder', 10, 5, 'share10'),
  ('barthel', 'daily_living', 'toilet', 10, 5, 'share10'), ('barthel', 'daily_living', 'transfer', 15, 5, 'share15'),
  ('barthel', 'daily_living', 'level_walking', 15, 5, 'share15'), ('barthel', 'daily_living', 'stairs', 10, 5, 'share10');

CREATE TABLE assessment_levels (
  id INTEGER PRIMARY KEY,
  instrument TEXT NOT NULL,
  level INTEGER NOT NULL,
  least INTEGER NOT NULL,
  most INTEGER NOT NULL
) STRICT;

INSERT INTO assessment_levels (instrument, level, least, most) VALUES
  ('gb42195', 0, 90, 90), ('gb42195', 1, 66, 89), ('gb42195', 2, 46, 65), ('gb42195', 3, 30, 45), ('gb42195', 4, 0, 29),
  ('barthel', 0, 100, 100), ('barthel', 1, 65, 99), ('barthel', 2, 45, 64), ('barthel', 3, 0, 44);

CREATE TABLE assessments (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  day TEXT NOT NULL CONSTRAINT assessments_day CHECK (day IS date(day, '+0 days')),
  instrument TEXT NOT NULL DEFAULT 'gb42195' CONSTRAINT assessments_instrument CHECK (instrument IN ('gb42195', 'barthel')),
  version TEXT NOT NULL DEFAULT '2022',
  reason TEXT NOT NULL DEFAULT 'regular'
    CONSTRAINT assessments_reason CHECK (reason IN ('first', 'regular', 'immediate', 'review', 'other')),
  assessor TEXT,
  coma INTEGER NOT NULL DEFAULT 0 CONSTRAINT assessments_coma CHECK (coma IN (0, 1)),
  diagnosis INTEGER NOT NULL DEFAULT 0 CONSTRAINT assessments_diagnosis CHECK (diagnosis IN (0, 1)),
  risk_events INTEGER NOT NULL DEFAULT 0 CONSTRAINT assessments_risk_events CHECK (risk_events BETWEEN 0 AND 99),
  total INTEGER NOT NULL DEFAULT 0, -- both kept by triggers
  answered INTEGER NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0 CONSTRAINT assessments_finished CHECK (finished IN (0, 1)),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE INDEX assessments_by_person ON assessments (person_id, day);
CREATE INDEX assessments_by_home ON assessments (home_id, day);
CREATE UNIQUE INDEX assessments_person_id_once ON assessments (person_id, instrument) WHERE finished = 0;

CREATE TABLE assessment_scores (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  score INTEGER NOT NULL CONSTRAINT assessment_scores_low CHECK (score >= 0),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX assessment_scores_assessment_id_once ON assessment_scores (assessment_id, item);

CREATE TRIGGER assessments_future BEFORE INSERT ON assessments
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'assessments_future'); END;
CREATE TRIGGER assessments_future_changed BEFORE UPDATE OF day ON assessments
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'assessments_future'); END;
CREATE TRIGGER assessments_home BEFORE INSERT ON assessments WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'assessments_home'); END;
CREATE TRIGGER assessments_home_changed BEFORE UPDATE OF home_id, person_id ON assessments
WHEN (NEW.home_id <> OLD.home_id OR NEW.person_id <> OLD.person_id) AND NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'assessments_home'); END;

CREATE TRIGGER assessments_new BEFORE INSERT ON assessments WHEN NEW.finished = 1
BEGIN SELECT raise(ABORT, 'assessments_complete'); END;
CREATE TRIGGER assessments_complete BEFORE UPDATE OF finished ON assessments WHEN NEW.finished = 1
  AND NEW.answered < (SELECT count(*) FROM assessment_items WHERE instrument = NEW.instrument)
BEGIN SELECT raise(ABORT, 'assessments_complete'); END;
CREATE TRIGGER assessments_kept BEFORE UPDATE ON assessments WHEN OLD.finished = 1
BEGIN SELECT raise(ABORT, 'assessments_kept'); END;
CREATE TRIGGER assessments_kept_deleted BEFORE DELETE ON assessments WHEN OLD.finished = 1 AND OLD.import_id IS NULL
BEGIN SELECT raise(ABORT, 'assessments_kept'); END;
CREATE TRIGGER assessments_instrument_kept BEFORE UPDATE OF instrument ON assessments WHEN NEW.instrument <> OLD.instrument
BEGIN SELECT raise(ABORT, 'assessments_instrument_kept'); END;

CREATE TRIGGER assessment_scores_item BEFORE INSERT ON assessment_scores WHEN NOT EXISTS (
  SELECT 1 FROM assessments a JOIN assessment_items i ON i.instrument = a.instrument AND i.code = NEW.item WHERE a.id = NEW.assessment_id)
BEGIN SELECT raise(ABORT, 'assessment_scores_item'); END;
CREATE TRIGGER assessment_scores_home BEFORE INSERT ON assessment_scores
WHEN NEW.home_id <> (SELECT home_id FROM assessments WHERE id = NEW.assessment_id)
BEGIN SELECT raise(ABORT, 'assessments_home'); END;
CREATE TRIGGER assessment_scores_home_changed BEFORE UPDATE OF home_id ON assessment_scores
WHEN NEW.home_id <> (SELECT home_id FROM assessments WHERE id = NEW.assessment_id)
BEGIN SELECT raise(ABORT, 'assessments_home'); END;
CREATE TRIGGER assessment_scores_high BEFORE INSERT ON assessment_scores WHEN EXISTS (
  SELECT 1 FROM assessments a JOIN assessment_items i ON i.instrument = a.instrument AND i.code = NEW.item
  WHERE a.id = NEW.assessment_id AND (NEW.score > i.highest OR NEW.score % i.step <> 0))
BEGIN SELECT raise(ABORT, 'assessment_scores_high'); END;
CREATE TRIGGER assessment_scores_high_changed BEFORE UPDATE ON assessment_scores WHEN EXISTS (
  SELECT 1 FROM assessments a JOIN assessment_items i ON i.instrument = a.instrument AND i.code = NEW.item
  WHERE a.id = NEW.assessment_id AND (NEW.score > i.highest OR NEW.score % i.step <> 0))
BEGIN SELECT raise(ABORT, 'assessment_scores_high'); END;
CREATE TRIGGER assessment_scores_kept BEFORE INSERT ON assessment_scores
WHEN (SELECT finished FROM assessments WHERE id = NEW.assessment_id) = 1
BEGIN SELECT raise(ABORT, 'assessments_kept'); END;
CREATE TRIGGER assessment_scores_kept_changed BEFORE UPDATE ON assessment_scores
WHEN (SELECT finished FROM assessments WHERE id = OLD.assessment_id) = 1 OR NEW.assessment_id <> OLD.assessment_id OR NEW.item <> OLD.item
BEGIN SELECT raise(ABORT, 'assessments_kept'); END;
CREATE TRIGGER assessment_scores_kept_deleted BEFORE DELETE ON assessment_scores
WHEN (SELECT finished AND import_id IS NULL FROM assessments WHERE id = OLD.assessment_id)
BEGIN SELECT raise(ABORT, 'assessments_kept'); END;

CREATE TRIGGER assessment_scores_sum AFTER INSERT ON assessment_scores BEGIN
  UPDATE assessments SET total = total + NEW.score, answered = answered + 1 WHERE id = NEW.assessment_id;
END;
CREATE TRIGGER assessment_scores_sum_changed AFTER UPDATE OF score ON assessment_scores BEGIN
  UPDATE assessments SET total = total + NEW.score - OLD.score WHERE id = NEW.assessment_id;
END;
CREATE TRIGGER assessment_scores_sum_deleted AFTER DELETE ON assessment_scores BEGIN
  UPDATE assessments SET total = total - OLD.score, answered = answered - 1 WHERE id = OLD.assessment_id AND finished = 0;
END;

-- what was decided about somebody whose level no longer fits the home's rule of admission: one decision an assessment
CREATE TABLE level_decisions (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  assessment_id INTEGER NOT NULL REFERENCES assessments (id),
  outcome TEXT NOT NULL CONSTRAINT level_decisions_outcome CHECK (outcome IN ('remain', 'refer')),
  day TEXT NOT NULL CONSTRAINT level_decisions_day CHECK (day IS date(day, '+0 days')),
  decided_by TEXT NOT NULL CONSTRAINT level_decisions_decided_by CHECK (trim(decided_by, ' 　') <> ''),
  reason TEXT NOT NULL CONSTRAINT level_decisions_reason CHECK (trim(reason, ' 　') <> ''),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX level_decisions_assessment_id_once ON level_decisions (assessment_id);

CREATE TRIGGER level_decisions_home BEFORE INSERT ON level_decisions
WHEN NEW.home_id <> (SELECT home_id FROM assessments WHERE id = NEW.assessment_id)
BEGIN SELECT raise(ABORT, 'level_decisions_home'); END;
CREATE TRIGGER level_decisions_future BEFORE INSERT ON level_decisions
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'level_decisions_future'); END;
CREATE TRIGGER level_decisions_early BEFORE INSERT ON level_decisions
WHEN NEW.day < (SELECT day FROM assessments WHERE id = NEW.assessment_id AND finished = 1)
  OR (SELECT finished FROM assessments WHERE id = NEW.assessment_id) = 0
BEGIN SELECT raise(ABORT, 'level_decisions_early'); END;
CREATE TRIGGER level_decisions_kept BEFORE UPDATE ON level_decisions BEGIN SELECT raise(ABORT, 'level_decisions_kept'); END;
CREATE TRIGGER level_decisions_kept_deleted BEFORE DELETE ON level_decisions
WHEN (SELECT import_id FROM assessments WHERE id = OLD.assessment_id) IS NULL
BEGIN SELECT raise(ABORT, 'level_decisions_kept'); END;
