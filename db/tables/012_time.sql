-- The time bank (时间银行): whole minutes, never money. Every transfer has two sides, so that all balances sum to zero;
-- nothing is edited or deleted, a reversal corrects. Requests (求助) hold what they will cost until they are done or close.

-- who is kin to whom, also across homes; `kin_relation` is what the relative is to the person
CREATE TABLE relatives (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  relative_id INTEGER NOT NULL REFERENCES persons (id),
  kin_relation TEXT NOT NULL CONSTRAINT relatives_kin_relation
    CHECK (kin_relation IN ('spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'relative')),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT relatives_self CHECK (person_id <> relative_id)
) STRICT;

CREATE UNIQUE INDEX relatives_once ON relatives (min(person_id, relative_id), max(person_id, relative_id));
CREATE INDEX relatives_by_person ON relatives (person_id);
CREATE INDEX relatives_by_relative ON relatives (relative_id);
CREATE INDEX relatives_by_import ON relatives (import_id) WHERE import_id IS NOT NULL;

CREATE TRIGGER relatives_home BEFORE INSERT ON relatives WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'relatives_home'); END;
CREATE TRIGGER relatives_home_changed BEFORE UPDATE OF home_id, person_id ON relatives
WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'relatives_home'); END;

-- The rules of a place, as they stood from the moment they were made: of one home, else of its county, else of all. Never edited:
-- a change is a new row, so that past transfers keep theirs. A home that `inherits` goes by its county again.
CREATE TABLE time_rules (
  id INTEGER PRIMARY KEY,
  county TEXT CONSTRAINT time_rules_county CHECK (trim(county, ' 　') <> ''),
  home_id INTEGER REFERENCES homes (id),
  inherits INTEGER NOT NULL DEFAULT 0 CONSTRAINT time_rules_inherits CHECK (inherits IN (0, 1) AND (inherits = 0 OR home_id IS NOT NULL)),
  round_to INTEGER NOT NULL DEFAULT 0 CONSTRAINT time_rules_round_to CHECK (round_to IN (0, 15, 30, 60)),
  round_how TEXT NOT NULL DEFAULT 'up' CONSTRAINT time_rules_round_how CHECK (round_how IN ('up', 'nearest', 'down')),
  cap_minutes INTEGER DEFAULT 90000 CONSTRAINT time_rules_cap CHECK (cap_minutes BETWEEN 60 AND 6000000),
  floor_minutes INTEGER NOT NULL DEFAULT 0 CONSTRAINT time_rules_floor CHECK (floor_minutes BETWEEN -60000 AND 0),
  least_saved INTEGER NOT NULL DEFAULT 0 CONSTRAINT time_rules_least_saved CHECK (least_saved BETWEEN 0 AND 600000),
  served_age INTEGER NOT NULL DEFAULT 60 CONSTRAINT time_rules_served_age CHECK (served_age BETWEEN 0 AND 100),
  served_kin TEXT NOT NULL DEFAULT 'direct_kin' CONSTRAINT time_rules_served_kin CHECK (served_kin IN ('only_self', 'self_spouse', 'direct_kin')),
  expiry_months INTEGER CONSTRAINT time_rules_expiry CHECK (expiry_months BETWEEN 6 AND 600),
  opening_minutes INTEGER NOT NULL DEFAULT 0 CONSTRAINT time_rules_opening CHECK (opening_minutes BETWEEN 0 AND 60000),
  proof TEXT NOT NULL DEFAULT 'proof_either' CONSTRAINT time_rules_proof CHECK (proof IN ('proof_either', 'proof_receiver', 'proof_door')),
  closing TEXT NOT NULL DEFAULT 'to_spouse' CONSTRAINT time_rules_closing CHECK (closing IN ('to_spouse', 'to_relative', 'to_pool')),
  stale_days INTEGER NOT NULL DEFAULT 2 CONSTRAINT time_rules_stale_days CHECK (stale_days BETWEEN 0 AND 60),
  made_by TEXT,
  made_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT time_rules_place CHECK (county IS NULL OR home_id IS NULL),
  CONSTRAINT time_rules_opening_cap CHECK (opening_minutes <= coalesce(cap_minutes, opening_minutes))
) STRICT;

CREATE INDEX time_rules_by_home ON time_rules (home_id, id);
CREATE INDEX time_rules_by_county ON time_rules (county, id) WHERE home_id IS NULL;

INSERT INTO time_rules (made_by) VALUES ('first');

CREATE TRIGGER time_rules_kept BEFORE UPDATE ON time_rules BEGIN SELECT raise(ABORT, 'time_rules_kept'); END;
CREATE TRIGGER time_rules_kept_deleted BEFORE DELETE ON time_rules BEGIN SELECT raise(ABORT, 'time_rules_kept'); END;
CREATE TRIGGER time_rules_kept_replaced BEFORE INSERT ON time_rules WHEN EXISTS (SELECT 1 FROM time_rules WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'time_rules_kept'); END;

-- one account a person, one a team (团体), one pool and one clearing account a home, one for the system, which issues
CREATE TABLE time_accounts (
  id INTEGER PRIMARY KEY,
  home_id INTEGER REFERENCES homes (id),
  kind TEXT NOT NULL CONSTRAINT time_accounts_kind CHECK (kind IN ('person', 'team', 'pool', 'clearing', 'system')),
  person_id INTEGER REFERENCES persons (id),
  team TEXT CONSTRAINT time_accounts_team CHECK (trim(team, ' 　') <> '' AND length(team) <= 40),
  closing TEXT CONSTRAINT time_accounts_closing CHECK (closing IN ('to_spouse', 'to_relative', 'to_pool')),
  closed_day TEXT CONSTRAINT time_accounts_closed_day CHECK (closed_day IS date(closed_day, '+0 days')),
  key TEXT UNIQUE,
  CONSTRAINT time_accounts_owner CHECK ((kind = 'person') = (person_id IS NOT NULL) AND (kind = 'team') = (team IS NOT NULL)
    AND (kind = 'system') = (home_id IS NULL) AND (kind IN ('person', 'team') OR closed_day IS NULL))
) STRICT;

CREATE UNIQUE INDEX time_accounts_person_id_once ON time_accounts (person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX time_accounts_home_id_once ON time_accounts (home_id, kind) WHERE kind IN ('pool', 'clearing');
CREATE UNIQUE INDEX time_accounts_kind_once ON time_accounts (kind) WHERE kind = 'system';
CREATE UNIQUE INDEX time_accounts_team_once ON time_accounts (home_id, team) WHERE team IS NOT NULL;
CREATE INDEX time_accounts_by_home ON time_accounts (home_id, kind);

-- which kind of transfer goes from what to what; reversals go back the way that something came
CREATE TABLE time_ways (
  kind TEXT NOT NULL,
  giver TEXT NOT NULL,
  receiver TEXT NOT NULL,
  PRIMARY KEY (kind, giver, receiver)
) STRICT, WITHOUT ROWID;

INSERT INTO time_ways VALUES
  ('earn', 'system', 'person'), ('earn', 'system', 'team'), ('earn', 'system', 'pool'), ('overflow', 'system', 'pool'),
  ('redeem', 'person', 'system'), ('gift', 'person', 'person'), ('gift', 'person', 'clearing'), ('gift', 'clearing', 'person'),
  ('donate', 'person', 'pool'), ('donate', 'team', 'pool'), ('grant', 'pool', 'person'), ('opening', 'system', 'person'),
  ('expire', 'person', 'pool'), ('move', 'person', 'clearing'), ('move', 'clearing', 'person'), ('waive', 'system', 'person');

CREATE TRIGGER time_ways_kept BEFORE INSERT ON time_ways BEGIN SELECT raise(ABORT, 'time_ways_kept'); END;
CREATE TRIGGER time_ways_kept_changed BEFORE UPDATE ON time_ways BEGIN SELECT raise(ABORT, 'time_ways_kept'); END;
CREATE TRIGGER time_ways_kept_deleted BEFORE DELETE ON time_ways BEGIN SELECT raise(ABORT, 'time_ways_kept'); END;

-- from how many minutes served on there is one more star (志愿服务星级: 100, 300, 600, 1,000 and 1,500 hours)
CREATE TABLE time_stars (minutes INTEGER PRIMARY KEY) STRICT;

INSERT INTO time_stars VALUES (6000), (18000), (36000), (60000), (90000);

-- `final_id` is the account in another home that a gift is for, `first_id` the leg before this one; `rule_id` is filled in at once
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT transfers_day CHECK (day IS date(day, '+0 days')),
  kind TEXT NOT NULL CONSTRAINT transfers_kind CHECK (kind IN ('earn', 'redeem', 'gift', 'donate', 'grant', 'opening', 'overflow',
    'reversal', 'expire', 'move', 'waive')),
  giver_id INTEGER NOT NULL REFERENCES time_accounts (id),
  receiver_id INTEGER NOT NULL REFERENCES time_accounts (id),
  minutes INTEGER NOT NULL CONSTRAINT transfers_minutes CHECK (minutes BETWEEN 1 AND 6000000),
  service TEXT REFERENCES services (code),
  care_log_id INTEGER, -- no reference: it outlives an entry that is taken out
  request_id INTEGER REFERENCES requests (id),
  reverses_id INTEGER REFERENCES transfers (id),
  first_id INTEGER REFERENCES transfers (id),
  final_id INTEGER REFERENCES time_accounts (id),
  across_home_id INTEGER REFERENCES homes (id),
  rule_id INTEGER REFERENCES time_rules (id),
  note TEXT,
  made_by TEXT,
  made_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  key TEXT UNIQUE,
  month TEXT GENERATED ALWAYS AS (substr(day, 1, 7)) VIRTUAL,
  CONSTRAINT transfers_self CHECK (giver_id <> receiver_id),
  CONSTRAINT transfers_reverses CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
  CONSTRAINT transfers_service CHECK (kind NOT IN ('earn', 'overflow', 'redeem') OR service IS NOT NULL),
  CONSTRAINT transfers_log CHECK (kind IN ('earn', 'overflow', 'redeem', 'grant', 'reversal') OR (care_log_id IS NULL AND request_id IS NULL)),
  CONSTRAINT transfers_note CHECK (kind <> 'reversal' OR care_log_id IS NOT NULL OR trim(coalesce(note, ''), ' 　') <> '')
) STRICT;

CREATE UNIQUE INDEX transfers_reverses_id_once ON transfers (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX transfers_first_id_once ON transfers (first_id) WHERE first_id IS NOT NULL;
CREATE INDEX transfers_by_log ON transfers (care_log_id) WHERE care_log_id IS NOT NULL;
CREATE INDEX transfers_by_request ON transfers (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX transfers_across ON transfers (across_home_id, home_id) WHERE across_home_id IS NOT NULL;
CREATE INDEX transfers_openings ON transfers (receiver_id) WHERE kind = 'opening';

-- each side of a transfer, in the order of its account, with the balance after it: a page of a passbook is a span of `seq`
CREATE TABLE time_entries (
  account_id INTEGER NOT NULL, -- no references here: the trigger that lets a line in has seen both
  seq INTEGER NOT NULL,
  transfer_id INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  PRIMARY KEY (account_id, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX time_entries_transfer_id_once ON time_entries (transfer_id, account_id);

-- the last line of each account, and what it ever earned and redeemed, reversals taken off
CREATE TABLE time_balances (
  account_id INTEGER PRIMARY KEY REFERENCES time_accounts (id),
  entries INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  earned INTEGER NOT NULL,
  redeemed INTEGER NOT NULL
) STRICT;

-- sums by month, which views read instead of the transfers; a reversal takes off what it reverses, in its own month
CREATE TABLE time_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  kind TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  transfers INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE time_people (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  month TEXT NOT NULL,
  account_id INTEGER NOT NULL,
  earned INTEGER NOT NULL,
  redeemed INTEGER NOT NULL,
  PRIMARY KEY (home_id, month, account_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX time_people_by_account ON time_people (account_id, month); -- the year of one passbook
CREATE INDEX time_people_redeemed ON time_people (account_id, month) WHERE redeemed > 0;

-- a request (求助): what somebody needs and when, who asked, whose time pays; without a payer where the work is professional
CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  service TEXT NOT NULL REFERENCES services (code),
  day TEXT NOT NULL CONSTRAINT requests_day CHECK (day IS date(day, '+0 days')),
  start_minute INTEGER NOT NULL CONSTRAINT requests_start CHECK (start_minute BETWEEN 0 AND 1439),
  minutes INTEGER NOT NULL CONSTRAINT requests_minutes CHECK (minutes BETWEEN 5 AND 960),
  asked_by TEXT NOT NULL DEFAULT 'by_elder' CONSTRAINT requests_asked_by CHECK (asked_by IN ('by_elder', 'by_relative', 'by_caretaker')),
  asked_name TEXT,
  asked_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    CONSTRAINT requests_asked_at CHECK (asked_at IS strftime('%Y-%m-%dT%H:%M:%SZ', asked_at, '+0 days')),
  payer_id INTEGER REFERENCES time_accounts (id),
  accepted_at TEXT CONSTRAINT requests_accepted_at CHECK (accepted_at IS strftime('%Y-%m-%dT%H:%M:%SZ', accepted_at, '+0 days')),
  closed TEXT CONSTRAINT requests_closed CHECK (closed IN ('request_done', 'withdrawn')),
  closed_at TEXT CONSTRAINT requests_closed_at CHECK (closed_at IS strftime('%Y-%m-%dT%H:%M:%SZ', closed_at, '+0 days')),
  care_log_id INTEGER,
  last_day TEXT, -- the last on which it can still be done; filled in at once
  note TEXT,
  key TEXT UNIQUE,
  month TEXT GENERATED ALWAYS AS (substr(day, 1, 7)) VIRTUAL,
  CONSTRAINT requests_closing CHECK ((closed IS NULL) = (closed_at IS NULL) AND (closed IS 'request_done') = (care_log_id IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX requests_person_id_once ON requests (person_id, day, start_minute, service) WHERE closed IS NULL;
CREATE INDEX requests_by_home ON requests (home_id, day);
CREATE INDEX requests_asked ON requests (home_id, substr(asked_at, 1, 7), asked_at, accepted_at, closed);
CREATE INDEX requests_by_log ON requests (care_log_id) WHERE care_log_id IS NOT NULL;
CREATE INDEX requests_holding ON requests (payer_id, last_day) WHERE closed IS NULL;

-- A request is a shift of its own, with one open place, from the moment it is asked: whoever takes the place accepts it,
-- and every rule of the roster holds. The duty behind it is one a home and service, not active, so that no week is made of it.
ALTER TABLE duties ADD COLUMN asked INTEGER NOT NULL DEFAULT 0 CONSTRAINT duties_asked CHECK (asked IN (0, 1) AND (asked = 0 OR active = 0));
ALTER TABLE shifts ADD COLUMN request_id INTEGER REFERENCES requests (id);

DROP INDEX shifts_duty_id_once;
CREATE UNIQUE INDEX shifts_duty_id_once ON shifts (duty_id, day) WHERE request_id IS NULL;
CREATE UNIQUE INDEX shifts_request_id_once ON shifts (request_id) WHERE request_id IS NOT NULL;

INSERT INTO time_accounts (kind) VALUES ('system');
INSERT INTO time_accounts (home_id, kind) SELECT id, column1 FROM homes, (VALUES ('pool'), ('clearing'));
INSERT INTO time_balances SELECT id, 0, 0, 0, 0 FROM time_accounts;

CREATE TRIGGER homes_time AFTER INSERT ON homes BEGIN
  INSERT INTO time_accounts (home_id, kind) VALUES (NEW.id, 'pool'), (NEW.id, 'clearing');
END;

-- what a new account begins with
CREATE TRIGGER time_accounts_begin AFTER INSERT ON time_accounts BEGIN
  INSERT INTO time_balances VALUES (NEW.id, 0, 0, 0, 0);
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, rule_id)
    SELECT NEW.home_id, today, 'opening', s.id, NEW.id, t.opening_minutes, t.rule_id
    FROM time_terms t, clock, time_accounts s
    WHERE t.home_id = NEW.home_id AND s.kind = 'system' AND NEW.kind = 'person' AND t.opening_minutes > 0
      AND NOT EXISTS (SELECT 1 FROM time_key_elders WHERE person_id = NEW.person_id);
END;

CREATE TRIGGER time_accounts_new BEFORE INSERT ON time_accounts BEGIN
  SELECT raise(ABORT, 'time_accounts_home') WHERE NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id);
  SELECT raise(ABORT, 'time_accounts_new') WHERE NEW.closed_day IS NOT NULL;
  SELECT raise(ABORT, 'time_accounts_dead') FROM stays, clock WHERE person_id = NEW.person_id AND end_reason = 'death' AND to_day <= today;
  SELECT raise(ABORT, 'time_accounts_kept') FROM time_accounts WHERE id = NEW.id OR key = NEW.key;
  SELECT raise(ABORT, 'time_accounts_person_id_once') FROM time_accounts WHERE person_id = NEW.person_id;
  SELECT raise(ABORT, 'time_accounts_home_id_once') FROM time_accounts WHERE home_id = NEW.home_id AND kind = NEW.kind AND NEW.kind IN ('pool', 'clearing');
  SELECT raise(ABORT, 'time_accounts_kind_once') FROM time_accounts WHERE kind = 'system' AND NEW.kind = 'system';
  SELECT raise(ABORT, 'time_accounts_team_once') FROM time_accounts WHERE home_id = NEW.home_id AND team = NEW.team;
END;
CREATE TRIGGER time_accounts_kept BEFORE UPDATE ON time_accounts
WHEN json_array(NEW.id, NEW.kind, NEW.person_id, NEW.team, NEW.key) <> json_array(OLD.id, OLD.kind, OLD.person_id, OLD.team, OLD.key)
  OR NEW.home_id IS NOT OLD.home_id AND NEW.home_id IS NOT (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'time_accounts_kept'); END;
CREATE TRIGGER time_accounts_kept_deleted BEFORE DELETE ON time_accounts
WHEN OLD.kind NOT IN ('pool', 'clearing') OR EXISTS (SELECT 1 FROM time_entries WHERE account_id = OLD.id)
BEGIN SELECT raise(ABORT, 'time_accounts_kept'); END;
CREATE TRIGGER time_accounts_gone AFTER DELETE ON time_accounts BEGIN DELETE FROM time_balances WHERE account_id = OLD.id; END;
CREATE TRIGGER homes_time_gone BEFORE DELETE ON homes BEGIN DELETE FROM time_accounts WHERE home_id = OLD.id; END;
CREATE TRIGGER time_accounts_dead BEFORE UPDATE OF closed_day ON time_accounts WHEN NEW.closed_day IS NULL AND OLD.closed_day IS NOT NULL
  AND EXISTS (SELECT 1 FROM stays WHERE person_id = NEW.person_id AND end_reason = 'death')
BEGIN SELECT raise(ABORT, 'time_accounts_dead'); END;
CREATE TRIGGER time_accounts_future BEFORE UPDATE OF closed_day ON time_accounts WHEN NEW.closed_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'time_accounts_future'); END;

-- Every rule of a transfer, once: those of its kind, the limits, those of all.

-- earned: never more than what the confirmed entry of the care log earns, by whom it earns it, up to the cap
CREATE TRIGGER transfers_rules_earned BEFORE INSERT ON transfers WHEN NEW.kind IN ('earn', 'overflow') BEGIN
  SELECT CASE WHEN NEW.service IS NOT NULL AND coalesce(max(e.minutes), 0) < NEW.minutes + (
      SELECT coalesce(sum(t.minutes), 0) FROM transfers t WHERE t.care_log_id = NEW.care_log_id AND t.kind IN ('earn', 'overflow')
        AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = t.id))
      THEN CASE WHEN EXISTS (SELECT 1 FROM time_accounts a JOIN time_key_elders k ON k.person_id = a.person_id WHERE a.id = NEW.receiver_id)
        THEN raise(ABORT, 'transfers_key') ELSE raise(ABORT, 'transfers_earned') END
    WHEN max(e.rule_id) <> NEW.rule_id THEN raise(ABORT, 'transfers_rule')
    WHEN NEW.kind = 'earn' AND max(a.kind) = 'person' AND max(b.balance) + NEW.minutes > max(e.cap_minutes) THEN raise(ABORT, 'transfers_cap') END
  FROM time_earnings e JOIN time_accounts a ON a.id = NEW.receiver_id JOIN time_balances b ON b.account_id = a.id
  WHERE e.care_log_id = NEW.care_log_id AND (e.home_id, e.day, e.service) = (NEW.home_id, NEW.day, NEW.service) AND e.request_id IS NEW.request_id
    AND (NEW.kind = 'overflow' OR e.account_id = NEW.receiver_id);
END;
CREATE TRIGGER transfers_rules_opening BEFORE INSERT ON transfers WHEN NEW.kind = 'opening' BEGIN
  SELECT raise(ABORT, 'transfers_key') FROM time_accounts a JOIN time_key_elders k ON k.person_id = a.person_id WHERE a.id = NEW.receiver_id;
  SELECT raise(ABORT, 'transfers_opening') WHERE NEW.minutes IS NOT (SELECT opening_minutes FROM time_terms WHERE home_id = NEW.home_id)
    OR EXISTS (SELECT 1 FROM transfers WHERE receiver_id = NEW.receiver_id AND kind = 'opening');
END;

-- paid: once for each request, by the entry that it was done with, out of the account that it names
CREATE TRIGGER transfers_rules_paid BEFORE INSERT ON transfers WHEN NEW.kind IN ('redeem', 'grant') BEGIN
  SELECT raise(ABORT, 'transfers_redeem') WHERE (NEW.kind = 'redeem' OR NEW.request_id IS NOT NULL OR NEW.care_log_id IS NOT NULL) AND NOT EXISTS (
    SELECT 1 FROM requests q JOIN time_accounts p ON p.id = q.payer_id JOIN request_served v ON v.request_id = q.id AND v.care_log_id = NEW.care_log_id
    WHERE q.id = NEW.request_id AND q.service = NEW.service AND NEW.minutes <= q.minutes AND q.closed IS NOT 'withdrawn'
      AND coalesce(q.care_log_id, NEW.care_log_id) = NEW.care_log_id AND (NEW.kind = 'redeem' OR p.kind = 'pool')
      AND CASE NEW.kind WHEN 'redeem' THEN NEW.giver_id ELSE NEW.receiver_id END
        = CASE p.kind WHEN 'pool' THEN (SELECT id FROM time_accounts WHERE person_id = q.person_id) ELSE p.id END
      AND NOT EXISTS (SELECT 1 FROM transfers t WHERE t.request_id = q.id AND t.kind = NEW.kind
        AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = t.id)));
  SELECT raise(ABORT, 'transfers_grant') FROM time_accounts a WHERE a.id = NEW.receiver_id AND NEW.kind = 'grant' AND a.kind = 'person'
    AND NOT EXISTS (SELECT 1 FROM time_key_elders k WHERE k.person_id = a.person_id) AND NEW.request_id IS NULL;
END;

-- given, also to another home through the clearing accounts, moved along, expired, let go
CREATE TRIGGER transfers_rules_given BEFORE INSERT ON transfers WHEN NEW.kind = 'gift' OR NEW.kind = 'move' OR NEW.kind = 'expire' OR NEW.kind = 'waive' BEGIN
  SELECT raise(ABORT, 'transfers_first_id_once') FROM transfers WHERE first_id = NEW.first_id;
  SELECT raise(ABORT, 'transfers_expire') WHERE NEW.kind = 'expire'
    AND NEW.minutes > coalesce((SELECT minutes FROM time_expiring WHERE account_id = NEW.giver_id), 0);
  SELECT raise(ABORT, 'transfers_waive') WHERE NEW.kind = 'waive'
    AND NEW.minutes IS NOT (SELECT -balance FROM time_balances WHERE account_id = NEW.receiver_id);
  SELECT raise(ABORT, 'transfers_across') FROM time_accounts r WHERE r.id = NEW.receiver_id AND NEW.kind = 'gift' AND (
    (r.kind = 'clearing') <> (NEW.final_id IS NOT NULL) OR NEW.final_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM time_accounts f WHERE f.id = NEW.final_id AND f.kind = 'person' AND f.home_id <> NEW.home_id AND f.home_id = NEW.across_home_id));
  SELECT raise(ABORT, 'transfers_clearing') FROM time_accounts g WHERE g.id = NEW.giver_id AND NEW.kind = 'gift'
    AND (g.kind = 'clearing' OR NEW.first_id IS NOT NULL) AND NOT EXISTS (
      SELECT 1 FROM transfers f WHERE f.id = NEW.first_id AND f.kind = 'gift' AND f.final_id = NEW.receiver_id
        AND f.minutes = NEW.minutes AND f.home_id = NEW.across_home_id);
  SELECT raise(ABORT, 'transfers_relative') FROM time_accounts g, time_accounts r
    WHERE NEW.kind = 'gift' AND NEW.first_id IS NULL AND g.id = NEW.giver_id AND r.id = coalesce(NEW.final_id, NEW.receiver_id) AND g.id <> r.id
      AND NOT EXISTS (SELECT 1 FROM time_kin WHERE person_id = g.person_id AND relative_id = r.person_id);
  SELECT raise(ABORT, 'transfers_move') WHERE NEW.kind = 'move' AND NOT EXISTS (
    SELECT 1 FROM time_accounts a JOIN persons p ON p.id = a.person_id LEFT JOIN transfers f ON f.id = NEW.first_id
    WHERE a.id IN (NEW.giver_id, NEW.receiver_id) AND CASE WHEN NEW.first_id IS NULL THEN p.home_id <> a.home_id AND p.home_id = NEW.across_home_id
      ELSE f.kind = 'move' AND f.minutes = NEW.minutes AND a.id IN (f.giver_id, f.receiver_id)
        AND f.home_id = NEW.across_home_id AND f.across_home_id = NEW.home_id END);
END;

-- taken back: once, the exact opposite; what came from another home only with what left there
CREATE TRIGGER transfers_rules_reversal BEFORE INSERT ON transfers WHEN NEW.kind = 'reversal' OR NEW.reverses_id IS NOT NULL BEGIN
  SELECT raise(ABORT, 'transfers_reverses_id_once') FROM transfers WHERE reverses_id = NEW.reverses_id;
  SELECT raise(ABORT, 'transfers_reversal') WHERE NEW.kind = 'reversal' AND NEW.reverses_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM transfers t WHERE t.id = NEW.reverses_id AND t.kind NOT IN ('reversal', 'move') AND t.home_id = NEW.home_id
      AND t.giver_id = NEW.receiver_id AND t.receiver_id = NEW.giver_id AND t.minutes = NEW.minutes
      AND t.service IS NEW.service AND t.care_log_id IS NEW.care_log_id AND t.request_id IS NEW.request_id
      AND t.across_home_id IS NEW.across_home_id AND NEW.first_id IS NULL AND NEW.final_id IS NULL);
  SELECT raise(ABORT, 'transfers_first') FROM transfers t WHERE t.id = NEW.reverses_id AND t.first_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = t.first_id);
END;

-- No account falls below its floor or rises above its cap, but of who moves and takes all along. What an open request holds is free
-- for nothing but its own payment.
CREATE TRIGGER transfers_rules_limits BEFORE INSERT ON transfers WHEN NEW.kind <> 'earn' AND NEW.kind <> 'overflow' AND NEW.kind <> 'move' BEGIN
  SELECT CASE NEW.kind WHEN 'reversal' THEN raise(ABORT, 'transfers_spent') ELSE raise(ABORT, 'transfers_floor') END
    FROM time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_terms t ON t.home_id = a.home_id
    WHERE a.id = NEW.giver_id AND a.kind IN ('person', 'team', 'pool')
      AND b.balance - NEW.minutes - coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = a.id
        AND (NEW.kind NOT IN ('redeem', 'grant') OR h.request_id IS NOT NEW.request_id)), 0) < iif(a.kind = 'person', t.floor_minutes, 0);
  SELECT CASE NEW.kind WHEN 'reversal' THEN raise(ABORT, 'transfers_cap_back') ELSE raise(ABORT, 'transfers_cap') END
    FROM time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_terms t ON t.home_id = a.home_id
    WHERE a.id = NEW.receiver_id AND a.kind = 'person' AND b.balance + NEW.minutes > t.cap_minutes;
END;

-- What holds for all of them. It stands last since SQLite asks first what was made last, so that the plainest reason is the one given.
CREATE TRIGGER transfers_rules BEFORE INSERT ON transfers BEGIN
  SELECT raise(ABORT, 'transfers_kept') FROM transfers WHERE id = NEW.id;
  SELECT raise(ABORT, 'transfers_kept') FROM transfers WHERE key = NEW.key;
  SELECT raise(ABORT, 'transfers_minutes') WHERE NEW.minutes < 1;
  SELECT raise(ABORT, 'transfers_future') FROM clock WHERE NEW.day IS date(NEW.day, '+0 days') AND NEW.day > today;
  SELECT raise(ABORT, 'transfers_rule') WHERE NEW.rule_id IS NOT NULL AND NEW.kind NOT IN ('earn', 'overflow') AND NEW.rule_id IS NOT (SELECT rule_id FROM time_terms WHERE home_id = NEW.home_id);
  SELECT CASE WHEN g.home_id <> NEW.home_id OR r.home_id <> NEW.home_id
      THEN CASE NEW.kind WHEN 'reversal' THEN raise(ABORT, 'transfers_moved') ELSE raise(ABORT, 'transfers_home') END
    WHEN g.closed_day IS NOT NULL OR r.closed_day IS NOT NULL THEN raise(ABORT, 'transfers_closed')
    WHEN g.kind = 'team' AND NEW.kind NOT IN ('donate', 'reversal') THEN raise(ABORT, 'transfers_team')
    WHEN NOT EXISTS (SELECT 1 FROM time_ways w WHERE (w.kind, w.giver, w.receiver) = (NEW.kind, g.kind, r.kind))
      AND EXISTS (SELECT 1 FROM time_ways w WHERE w.kind = NEW.kind) THEN raise(ABORT, 'transfers_sides') END
  FROM time_accounts g JOIN time_accounts r ON r.id = NEW.receiver_id WHERE g.id = NEW.giver_id AND g.id <> r.id;
END;

CREATE TRIGGER transfers_kept BEFORE UPDATE ON transfers
WHEN OLD.rule_id IS NOT NULL OR NEW.rule_id IS NOT (SELECT rule_id FROM time_terms WHERE home_id = OLD.home_id)
  OR json_array(NEW.id, NEW.home_id, NEW.day, NEW.kind, NEW.giver_id, NEW.receiver_id, NEW.minutes, NEW.service, NEW.care_log_id, NEW.request_id,
      NEW.reverses_id, NEW.first_id, NEW.final_id, NEW.across_home_id, NEW.note, NEW.made_by, NEW.made_at, NEW.key)
    <> json_array(OLD.id, OLD.home_id, OLD.day, OLD.kind, OLD.giver_id, OLD.receiver_id, OLD.minutes, OLD.service, OLD.care_log_id, OLD.request_id,
      OLD.reverses_id, OLD.first_id, OLD.final_id, OLD.across_home_id, OLD.note, OLD.made_by, OLD.made_at, OLD.key)
BEGIN SELECT raise(ABORT, 'transfers_kept'); END;
CREATE TRIGGER transfers_kept_deleted BEFORE DELETE ON transfers BEGIN SELECT raise(ABORT, 'transfers_kept'); END;

-- both sides at once, then the sums
CREATE TRIGGER transfers_post AFTER INSERT ON transfers BEGIN
  INSERT INTO time_entries SELECT account_id, entries + 1, NEW.id, -NEW.minutes, balance - NEW.minutes FROM time_balances WHERE account_id = NEW.giver_id;
  INSERT INTO time_entries SELECT account_id, entries + 1, NEW.id, NEW.minutes, balance + NEW.minutes FROM time_balances WHERE account_id = NEW.receiver_id;
  UPDATE time_balances SET entries = entries + 1, balance = balance - NEW.minutes, redeemed = redeemed + iif(NEW.kind = 'redeem', NEW.minutes, 0),
    earned = earned - CASE NEW.kind WHEN 'reversal' THEN (SELECT iif(kind = 'earn', minutes, 0) FROM transfers WHERE id = NEW.reverses_id) ELSE 0 END
    WHERE account_id = NEW.giver_id;
  UPDATE time_balances SET entries = entries + 1, balance = balance + NEW.minutes, earned = earned + iif(NEW.kind = 'earn', NEW.minutes, 0),
    redeemed = redeemed - CASE NEW.kind WHEN 'reversal' THEN (SELECT iif(kind = 'redeem', minutes, 0) FROM transfers WHERE id = NEW.reverses_id) ELSE 0 END
    WHERE account_id = NEW.receiver_id;
  INSERT INTO time_months VALUES (NEW.home_id, substr(NEW.day, 1, 7), coalesce((SELECT kind FROM transfers WHERE id = NEW.reverses_id), NEW.kind),
      iif(NEW.kind = 'reversal', -NEW.minutes, NEW.minutes), iif(NEW.kind = 'reversal', -1, 1))
    ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes, transfers = transfers + excluded.transfers;
END;
CREATE TRIGGER transfers_people_earned AFTER INSERT ON transfers WHEN NEW.kind = 'earn' BEGIN
  INSERT INTO time_people SELECT NEW.home_id, substr(NEW.day, 1, 7), id, NEW.minutes, 0 FROM time_accounts WHERE id = NEW.receiver_id AND kind = 'person'
    ON CONFLICT DO UPDATE SET earned = earned + excluded.earned;
END;
CREATE TRIGGER transfers_people_redeemed AFTER INSERT ON transfers WHEN NEW.kind = 'redeem' BEGIN
  INSERT INTO time_people SELECT NEW.home_id, substr(NEW.day, 1, 7), id, 0, NEW.minutes FROM time_accounts WHERE id = NEW.giver_id AND kind = 'person'
    ON CONFLICT DO UPDATE SET redeemed = redeemed + excluded.redeemed;
END;
CREATE TRIGGER transfers_people_back AFTER INSERT ON transfers WHEN NEW.kind = 'reversal' BEGIN
  INSERT INTO time_people SELECT NEW.home_id, substr(NEW.day, 1, 7), a.id, iif(t.kind = 'earn', -t.minutes, 0), iif(t.kind = 'redeem', -t.minutes, 0)
    FROM transfers t JOIN time_accounts a ON a.id = iif(t.kind = 'earn', t.receiver_id, t.giver_id)
    WHERE t.id = NEW.reverses_id AND t.kind IN ('earn', 'redeem') AND a.kind = 'person'
    ON CONFLICT DO UPDATE SET earned = earned + excluded.earned, redeemed = redeemed + excluded.redeemed;
END;
CREATE TRIGGER transfers_ruled AFTER INSERT ON transfers WHEN NEW.rule_id IS NULL BEGIN
  UPDATE transfers SET rule_id = (SELECT rule_id FROM time_terms WHERE home_id = NEW.home_id) WHERE id = NEW.id;
END;

-- a gift to another home arrives there in the same moment; what takes it back takes both back
CREATE TRIGGER transfers_arrive AFTER INSERT ON transfers WHEN NEW.kind = 'gift' AND NEW.final_id IS NOT NULL BEGIN
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, first_id, across_home_id, note, made_by)
    SELECT NEW.across_home_id, NEW.day, 'gift', id, NEW.final_id, NEW.minutes, NEW.id, NEW.home_id, NEW.note, NEW.made_by
    FROM time_accounts WHERE home_id = NEW.across_home_id AND kind = 'clearing';
END;
CREATE TRIGGER transfers_return AFTER INSERT ON transfers WHEN NEW.kind = 'reversal' BEGIN
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, reverses_id, across_home_id, note, made_by)
    SELECT home_id, NEW.day, 'reversal', receiver_id, giver_id, minutes, id, across_home_id, NEW.note, NEW.made_by
    FROM transfers WHERE first_id = NEW.reverses_id;
END;

CREATE TRIGGER time_entries_kept BEFORE INSERT ON time_entries WHEN NOT EXISTS (
    SELECT 1 FROM time_balances b JOIN transfers x ON x.id = NEW.transfer_id WHERE b.account_id = NEW.account_id
      AND (NEW.seq, NEW.balance) = (b.entries + 1, b.balance + NEW.minutes)
      AND NEW.minutes = CASE NEW.account_id WHEN x.giver_id THEN -x.minutes WHEN x.receiver_id THEN x.minutes END)
  OR EXISTS (SELECT 1 FROM time_entries WHERE transfer_id = NEW.transfer_id AND account_id = NEW.account_id)
BEGIN SELECT raise(ABORT, 'time_entries_kept'); END;
CREATE TRIGGER time_entries_kept_changed BEFORE UPDATE ON time_entries BEGIN SELECT raise(ABORT, 'time_entries_kept'); END;
CREATE TRIGGER time_entries_kept_deleted BEFORE DELETE ON time_entries BEGIN SELECT raise(ABORT, 'time_entries_kept'); END;
CREATE TRIGGER time_balances_kept BEFORE UPDATE ON time_balances
WHEN NEW.account_id <> OLD.account_id OR NEW.entries <> OLD.entries + 1
  OR NOT EXISTS (SELECT 1 FROM time_entries WHERE account_id = NEW.account_id AND seq = NEW.entries AND balance = NEW.balance)
BEGIN SELECT raise(ABORT, 'time_balances_kept'); END;
CREATE TRIGGER time_balances_kept_new BEFORE INSERT ON time_balances
WHEN (NEW.entries, NEW.balance, NEW.earned, NEW.redeemed) <> (0, 0, 0, 0) OR EXISTS (SELECT 1 FROM time_balances WHERE account_id = NEW.account_id)
BEGIN SELECT raise(ABORT, 'time_balances_kept'); END;
CREATE TRIGGER time_balances_kept_deleted BEFORE DELETE ON time_balances
WHEN OLD.entries <> 0 OR EXISTS (SELECT 1 FROM time_accounts WHERE id = OLD.account_id)
BEGIN SELECT raise(ABORT, 'time_balances_kept'); END;

-- Confirmed care books itself: a row of time_earnings inserted here is booked. What it earns beyond the cap goes to the pool;
-- who pays for it, where somebody asked for it, pays in the same moment, as far as there is something to pay with.
CREATE VIEW time_bookings AS
SELECT care_log_id, home_id, day, service, rule_id, request_id, minutes, person_id, cap_minutes, account_id FROM time_earnings;

CREATE TRIGGER time_bookings_book INSTEAD OF INSERT ON time_bookings BEGIN
  INSERT INTO time_accounts (home_id, kind, person_id) SELECT NEW.home_id, 'person', NEW.person_id WHERE NEW.account_id IS NULL;
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, service, care_log_id, request_id, rule_id)
    SELECT NEW.home_id, NEW.day, 'overflow', s.id, p.id, NEW.minutes - max(0, NEW.cap_minutes - b.balance), NEW.service, NEW.care_log_id, NEW.request_id,
      NEW.rule_id
    FROM time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_accounts s ON s.kind = 'system'
      JOIN time_accounts p ON p.home_id = NEW.home_id AND p.kind = 'pool'
    WHERE a.id = coalesce(NEW.account_id, (SELECT id FROM time_accounts WHERE person_id = NEW.person_id)) AND a.kind = 'person'
      AND NEW.minutes > NEW.cap_minutes - b.balance;
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, service, care_log_id, request_id, rule_id)
    SELECT NEW.home_id, NEW.day, 'earn', s.id, a.id, iif(a.kind = 'person', min(NEW.minutes, coalesce(NEW.cap_minutes - b.balance, NEW.minutes)), NEW.minutes),
      NEW.service, NEW.care_log_id, NEW.request_id, NEW.rule_id
    FROM time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_accounts s ON s.kind = 'system'
    WHERE a.id = coalesce(NEW.account_id, (SELECT id FROM time_accounts WHERE person_id = NEW.person_id))
      AND (a.kind <> 'person' OR NEW.cap_minutes IS NULL OR b.balance < NEW.cap_minutes);
  INSERT INTO time_payments SELECT NEW.care_log_id, NEW.home_id, NEW.day, NEW.service, NEW.rule_id, NEW.request_id, NEW.minutes
    WHERE NEW.request_id IS NOT NULL;
END;

CREATE VIEW time_payments AS
SELECT care_log_id, home_id, day, service, rule_id, request_id, minutes FROM transfers WHERE kind = 'redeem';

CREATE TRIGGER time_payments_book INSTEAD OF INSERT ON time_payments BEGIN
  INSERT INTO time_accounts (home_id, kind, person_id) SELECT q.home_id, 'person', q.person_id FROM requests q JOIN time_accounts p ON p.id = q.payer_id
    WHERE q.id = NEW.request_id AND coalesce(q.care_log_id, NEW.care_log_id) = NEW.care_log_id AND p.kind = 'pool'
      AND NOT EXISTS (SELECT 1 FROM time_accounts WHERE person_id = q.person_id);
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, service, care_log_id, request_id, rule_id)
    SELECT NEW.home_id, NEW.day, 'grant', payer_id, account_id, min(NEW.minutes, minutes), NEW.service, NEW.care_log_id, request_id, NEW.rule_id
    FROM time_payable WHERE request_id = NEW.request_id AND coalesce(care_log_id, NEW.care_log_id) = NEW.care_log_id AND kind = 'pool' AND minutes > 0;
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, service, care_log_id, request_id, rule_id)
    SELECT NEW.home_id, NEW.day, 'redeem', g.receiver_id, g.giver_id, g.minutes, NEW.service, NEW.care_log_id, NEW.request_id, NEW.rule_id
    FROM (
      SELECT g.receiver_id, s.id AS giver_id, g.minutes FROM transfers g JOIN time_accounts s ON s.kind = 'system'
      WHERE g.request_id = NEW.request_id AND g.care_log_id = NEW.care_log_id AND g.kind = 'grant'
        AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = g.id)
      UNION ALL
      SELECT v.account_id, s.id, min(NEW.minutes, v.minutes) FROM time_payable v JOIN time_accounts s ON s.kind = 'system'
      WHERE v.request_id = NEW.request_id AND coalesce(v.care_log_id, NEW.care_log_id) = NEW.care_log_id AND v.kind = 'person' AND v.minutes > 0) g;
END;

-- what an entry booked goes back, the last first, and the request that it was done for is open again, unless the same was asked anew
CREATE VIEW time_unbookings AS SELECT DISTINCT home_id, care_log_id FROM transfers WHERE care_log_id IS NOT NULL;

CREATE TRIGGER time_unbookings_book INSTEAD OF INSERT ON time_unbookings BEGIN
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, service, care_log_id, request_id, reverses_id)
    SELECT home_id, today, 'reversal', receiver_id, giver_id, minutes, service, care_log_id, request_id, id FROM transfers t, clock
    WHERE care_log_id = NEW.care_log_id AND kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = t.id)
    ORDER BY id DESC;
  UPDATE requests SET care_log_id = NULL, (closed, closed_at) = (SELECT iif(n, 'withdrawn', NULL), iif(n, requests.closed_at, NULL)
      FROM (SELECT count(*) AS n FROM requests o WHERE o.closed IS NULL AND (o.person_id, o.day, o.start_minute, o.service)
        = (requests.person_id, requests.day, requests.start_minute, requests.service)))
    WHERE care_log_id = NEW.care_log_id
      AND NOT EXISTS (SELECT 1 FROM request_served v WHERE v.care_log_id = NEW.care_log_id AND v.request_id = requests.id);
END;

CREATE TRIGGER care_logs_time AFTER INSERT ON care_logs WHEN NEW.confirmed <> 'planned_end' AND NEW.undone_at IS NULL BEGIN
  INSERT INTO time_bookings SELECT care_log_id, home_id, day, service, rule_id, request_id, minutes, person_id, cap_minutes, account_id
    FROM time_earnings WHERE care_log_id = NEW.id;
  UPDATE requests SET closed = 'request_done', closed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), care_log_id = NEW.id
    WHERE NEW.shift_id IS NOT NULL AND closed IS NULL AND id = (SELECT request_id FROM request_served WHERE care_log_id = NEW.id);
END;
-- a change of what counts is booked anew; where only the proof is another, what is booked stays, and what was not yet proved is booked
CREATE TRIGGER care_logs_time_changed AFTER UPDATE OF home_id, day, giver_id, giver_name, service, minutes, confirmed, shift_id, undone_at ON care_logs
WHEN (OLD.confirmed <> 'planned_end' OR NEW.confirmed <> 'planned_end')
  AND json_array(NEW.home_id, NEW.day, NEW.giver_id, NEW.giver_name, NEW.service, NEW.minutes, NEW.confirmed, NEW.shift_id, NEW.undone_at)
    <> json_array(OLD.home_id, OLD.day, OLD.giver_id, OLD.giver_name, OLD.service, OLD.minutes, OLD.confirmed, OLD.shift_id, OLD.undone_at) BEGIN
  INSERT INTO time_unbookings SELECT NEW.home_id, NEW.id WHERE NEW.undone_at IS NOT NULL OR NEW.confirmed IS NULL OR NEW.confirmed = 'planned_end'
    OR json_array(NEW.home_id, NEW.day, NEW.giver_id, NEW.giver_name, NEW.service, NEW.minutes, NEW.shift_id)
      <> json_array(OLD.home_id, OLD.day, OLD.giver_id, OLD.giver_name, OLD.service, OLD.minutes, OLD.shift_id);
  INSERT INTO time_bookings SELECT care_log_id, home_id, day, service, rule_id, request_id, minutes, person_id, cap_minutes, account_id
    FROM time_earnings WHERE care_log_id = NEW.id AND NOT EXISTS (SELECT 1 FROM transfers t WHERE t.care_log_id = NEW.id AND t.kind <> 'reversal'
      AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = t.id));
  UPDATE requests SET closed = 'request_done', closed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), care_log_id = NEW.id
    WHERE NEW.shift_id IS NOT NULL AND closed IS NULL AND id = (SELECT request_id FROM request_served WHERE care_log_id = NEW.id);
END;
CREATE TRIGGER care_logs_time_deleted AFTER DELETE ON care_logs WHEN OLD.confirmed <> 'planned_end' BEGIN
  INSERT INTO time_unbookings VALUES (OLD.home_id, OLD.id);
END;
-- what is done for a request is what was asked, for whom it was asked, once
CREATE TRIGGER care_logs_request BEFORE INSERT ON care_logs WHEN NEW.shift_id IS NOT NULL AND NEW.undone_at IS NULL BEGIN
  SELECT CASE WHEN q.person_id IS NOT NEW.receiver_id OR q.service <> NEW.service THEN raise(ABORT, 'care_logs_request')
    WHEN q.closed IS NOT NULL THEN raise(ABORT, 'care_logs_request_done') END
  FROM shifts s JOIN requests q ON q.id = s.request_id WHERE s.id = NEW.shift_id;
END;
CREATE TRIGGER care_logs_request_changed BEFORE UPDATE OF shift_id, receiver_id, service ON care_logs WHEN NEW.shift_id IS NOT NULL AND NEW.undone_at IS NULL BEGIN
  SELECT CASE WHEN q.person_id IS NOT NEW.receiver_id OR q.service <> NEW.service THEN raise(ABORT, 'care_logs_request')
    WHEN q.closed IS NOT NULL AND NEW.shift_id IS NOT OLD.shift_id THEN raise(ABORT, 'care_logs_request_done') END
  FROM shifts s JOIN requests q ON q.id = s.request_id WHERE s.id = NEW.shift_id;
END;

-- who may ask for what, and with whose time
CREATE TRIGGER requests_rules BEFORE INSERT ON requests BEGIN
  SELECT raise(ABORT, 'requests_kept') FROM requests WHERE id = NEW.id OR key = NEW.key;
  SELECT raise(ABORT, 'requests_person_id_once') FROM requests
    WHERE (person_id, day, start_minute, service) = (NEW.person_id, NEW.day, NEW.start_minute, NEW.service) AND closed IS NULL;
  SELECT raise(ABORT, 'requests_new') WHERE NEW.closed IS NOT NULL OR NEW.accepted_at IS NOT NULL;
  SELECT raise(ABORT, 'requests_past') FROM clock WHERE NEW.day < min(today, date(NEW.asked_at, '+8 hours')) AND NEW.day IS date(NEW.day, '+0 days');
  SELECT raise(ABORT, 'requests_home') WHERE NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
    OR NEW.home_id IS NOT coalesce((SELECT coalesce(home_id, 0) FROM time_accounts WHERE id = NEW.payer_id), NEW.home_id);
  SELECT raise(ABORT, 'requests_most') FROM services WHERE code = NEW.service AND NEW.minutes > most_minutes;
  SELECT raise(ABORT, 'requests_gone') FROM clock WHERE EXISTS (
    SELECT 1 FROM stays WHERE person_id = NEW.person_id AND end_reason = 'death' AND to_day <= NEW.day);
  SELECT raise(ABORT, 'requests_payer') FROM services WHERE code = NEW.service AND professional = (NEW.payer_id IS NOT NULL);
  SELECT raise(ABORT, 'requests_team') FROM time_accounts WHERE id = NEW.payer_id AND kind = 'team';
  SELECT raise(ABORT, 'requests_account_closed') FROM time_accounts WHERE id = NEW.payer_id AND (closed_day IS NOT NULL OR kind NOT IN ('person', 'pool'));
  SELECT raise(ABORT, 'requests_pool') FROM time_accounts WHERE id = NEW.payer_id AND kind = 'pool'
    AND NOT EXISTS (SELECT 1 FROM time_key_elders WHERE person_id = NEW.person_id);
  SELECT raise(ABORT, 'requests_age') FROM time_accounts a JOIN time_terms t ON t.home_id = a.home_id JOIN persons p ON p.id = NEW.person_id
    WHERE a.id = NEW.payer_id AND a.kind = 'person' AND coalesce(date(p.birth_day, '+' || t.served_age || ' years') > NEW.day, t.served_age > 0);
  SELECT raise(ABORT, 'requests_kin') FROM time_accounts a JOIN time_terms t ON t.home_id = a.home_id
    WHERE a.id = NEW.payer_id AND a.kind = 'person' AND a.person_id <> NEW.person_id AND NOT EXISTS (
      SELECT 1 FROM time_kin k WHERE k.person_id = a.person_id AND k.relative_id = NEW.person_id
        AND (k.kin_relation = 'spouse' AND t.served_kin <> 'only_self' OR k.direct AND t.served_kin = 'direct_kin'));
  SELECT raise(ABORT, 'requests_saved') FROM time_accounts a JOIN time_terms t ON t.home_id = a.home_id JOIN time_balances b ON b.account_id = a.id
    WHERE a.id = NEW.payer_id AND a.kind = 'person' AND b.earned < t.least_saved
      AND NOT EXISTS (SELECT 1 FROM time_key_elders WHERE person_id = a.person_id);
  SELECT raise(ABORT, 'requests_balance') FROM time_accounts a JOIN time_terms t ON t.home_id = a.home_id JOIN time_balances b ON b.account_id = a.id
    WHERE a.id = NEW.payer_id AND NEW.minutes > 0 AND b.balance - NEW.minutes - coalesce((SELECT sum(minutes) FROM time_holds WHERE account_id = a.id), 0)
      < CASE a.kind WHEN 'person' THEN t.floor_minutes ELSE 0 END;
END;

-- asked: its shift stands on the roster, with one open place
CREATE TRIGGER requests_shift AFTER INSERT ON requests BEGIN
  INSERT INTO duties (home_id, duty, service, start_minute, minutes, level_most, skilled, asked, active)
    SELECT NEW.home_id, '* ' || NEW.service, NEW.service, NEW.start_minute, NEW.minutes, 1, professional, 1, 0 FROM services
    WHERE code = NEW.service AND NOT EXISTS (SELECT 1 FROM duties WHERE home_id = NEW.home_id AND service = NEW.service AND asked = 1);
  INSERT INTO shifts (home_id, duty_id, day, start_minute, minutes, needed, skill, level_most, load, request_id)
    SELECT NEW.home_id, d.id, NEW.day, NEW.start_minute, NEW.minutes, 1, CASE WHEN s.professional THEN s.code END, 1, 100, NEW.id
    FROM duties d JOIN services s ON s.code = d.service WHERE d.home_id = NEW.home_id AND d.service = NEW.service AND d.asked = 1;
  UPDATE requests SET last_day = (SELECT date(NEW.day, '+' || stale_days || ' days') FROM time_terms WHERE home_id = NEW.home_id) WHERE id = NEW.id;
END;

-- taken: whoever is on the shift has accepted it; given back, it is open again
CREATE TRIGGER assignments_request BEFORE INSERT ON assignments BEGIN
  SELECT raise(ABORT, 'requests_self') FROM shifts s JOIN requests q ON q.id = s.request_id WHERE s.id = NEW.shift_id AND q.person_id = NEW.person_id;
  SELECT raise(ABORT, 'requests_same_sex') FROM shifts s JOIN requests q ON q.id = s.request_id JOIN persons e ON e.id = q.person_id
    JOIN persons h ON h.id = NEW.person_id WHERE s.id = NEW.shift_id AND q.service = 'bathing' AND h.sex IS NOT e.sex;
  SELECT raise(ABORT, 'requests_apart') FROM shifts s JOIN requests q ON q.id = s.request_id JOIN conflicts c
    ON (c.person_id, c.other_id) IN (VALUES (NEW.person_id, q.person_id), (q.person_id, NEW.person_id)) WHERE s.id = NEW.shift_id;
END;
CREATE TRIGGER assignments_request_changed BEFORE UPDATE OF shift_id, person_id ON assignments BEGIN
  SELECT raise(ABORT, 'requests_self') FROM shifts s JOIN requests q ON q.id = s.request_id WHERE s.id = NEW.shift_id AND q.person_id = NEW.person_id;
  SELECT raise(ABORT, 'requests_same_sex') FROM shifts s JOIN requests q ON q.id = s.request_id JOIN persons e ON e.id = q.person_id
    JOIN persons h ON h.id = NEW.person_id WHERE s.id = NEW.shift_id AND q.service = 'bathing' AND h.sex IS NOT e.sex;
  SELECT raise(ABORT, 'requests_apart') FROM shifts s JOIN requests q ON q.id = s.request_id JOIN conflicts c
    ON (c.person_id, c.other_id) IN (VALUES (NEW.person_id, q.person_id), (q.person_id, NEW.person_id)) WHERE s.id = NEW.shift_id;
END;
CREATE TRIGGER assignments_accepted AFTER INSERT ON assignments WHEN EXISTS (SELECT 1 FROM shifts WHERE id = NEW.shift_id AND request_id IS NOT NULL) BEGIN
  UPDATE requests SET accepted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
    WHERE id = (SELECT request_id FROM shifts WHERE id = NEW.shift_id) AND accepted_at IS NULL;
END;
CREATE TRIGGER assignments_given_back AFTER DELETE ON assignments WHEN EXISTS (SELECT 1 FROM shifts WHERE id = OLD.shift_id AND request_id IS NOT NULL) BEGIN
  UPDATE requests SET accepted_at = NULL WHERE id = (SELECT request_id FROM shifts WHERE id = OLD.shift_id) AND closed IS NULL
    AND NOT EXISTS (SELECT 1 FROM assignments WHERE shift_id = OLD.shift_id);
END;

CREATE TRIGGER requests_kept BEFORE UPDATE ON requests
WHEN json_array(NEW.id, NEW.home_id, NEW.person_id, NEW.service, NEW.day, NEW.start_minute, NEW.minutes, NEW.asked_at, NEW.payer_id, NEW.key)
    <> json_array(OLD.id, OLD.home_id, OLD.person_id, OLD.service, OLD.day, OLD.start_minute, OLD.minutes, OLD.asked_at, OLD.payer_id, OLD.key)
  OR OLD.last_day IS NOT NULL AND NEW.last_day IS NOT OLD.last_day OR OLD.closed = 'withdrawn'
  OR OLD.closed = 'request_done' AND NEW.closed IS NOT 'request_done' AND EXISTS (
    SELECT 1 FROM request_served v WHERE v.care_log_id = OLD.care_log_id AND v.request_id = OLD.id)
BEGIN SELECT raise(ABORT, 'requests_kept'); END;
CREATE TRIGGER requests_kept_deleted BEFORE DELETE ON requests BEGIN SELECT raise(ABORT, 'requests_kept'); END;
CREATE TRIGGER requests_done BEFORE UPDATE OF closed ON requests WHEN NEW.closed = 'request_done' AND NOT EXISTS (
  SELECT 1 FROM request_served v WHERE v.care_log_id = NEW.care_log_id AND v.request_id = NEW.id)
BEGIN SELECT raise(ABORT, 'requests_done'); END;
-- withdrawn: nobody is to come any more
CREATE TRIGGER requests_withdrawn AFTER UPDATE OF closed ON requests WHEN NEW.closed = 'withdrawn' AND OLD.closed IS NULL BEGIN
  DELETE FROM assignments WHERE shift_id IN (SELECT id FROM shifts, clock WHERE request_id = NEW.id AND day >= today) AND done IS NULL;
  DELETE FROM shifts WHERE request_id = NEW.id AND NOT EXISTS (SELECT 1 FROM assignments WHERE shift_id = shifts.id)
    AND NOT EXISTS (SELECT 1 FROM care_logs WHERE shift_id = shifts.id) AND NOT EXISTS (SELECT 1 FROM overrides WHERE shift_id = shifts.id);
END;

-- Closing: to close an account is to give its day; what is on it goes to the spouse, else the nearest relative, else the pool, as the rule
-- of the home (or `closing` of the account) says; a debt is waived, since nobody inherits one.
CREATE TRIGGER time_accounts_close BEFORE UPDATE OF closed_day ON time_accounts WHEN OLD.closed_day IS NULL AND NEW.closed_day IS NOT NULL BEGIN
  UPDATE requests SET closed = 'withdrawn', closed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
    WHERE closed IS NULL AND (payer_id = NEW.id OR person_id = NEW.person_id);
  INSERT INTO time_accounts (home_id, kind, person_id) SELECT h.heir_home_id, 'person', h.heir_id FROM time_heirs h JOIN time_balances b ON b.account_id = NEW.id
    WHERE h.account_id = NEW.id AND h.closing = coalesce(NEW.closing, h.rule_closing) AND h.heir_account_id IS NULL AND b.balance > 0;
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, final_id, across_home_id, note)
    SELECT NEW.home_id, today, 'gift', NEW.id, iif(h.heir_home_id = NEW.home_id, h.heir_account_id, c.id), min(b.balance, h.room),
      iif(h.heir_home_id = NEW.home_id, NULL, h.heir_account_id), iif(h.heir_home_id = NEW.home_id, NULL, h.heir_home_id), 'account_closed'
    FROM clock, time_heirs h JOIN time_balances b ON b.account_id = NEW.id JOIN time_accounts c ON c.home_id = NEW.home_id AND c.kind = 'clearing'
    WHERE h.account_id = NEW.id AND h.closing = coalesce(NEW.closing, h.rule_closing) AND min(b.balance, h.room) > 0;
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, note)
    SELECT NEW.home_id, today, 'donate', NEW.id, p.id, b.balance, 'account_closed' FROM clock, time_balances b JOIN time_accounts p ON p.home_id = NEW.home_id AND p.kind = 'pool'
    WHERE b.account_id = NEW.id AND b.balance > 0;
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, note)
    SELECT NEW.home_id, today, 'waive', s.id, NEW.id, -b.balance, 'account_closed' FROM clock, time_balances b JOIN time_accounts s ON s.kind = 'system'
    WHERE b.account_id = NEW.id AND b.balance < 0;
END;

CREATE TRIGGER stays_time_died AFTER UPDATE OF end_reason ON stays WHEN NEW.end_reason = 'death' AND OLD.end_reason IS NOT 'death' BEGIN
  UPDATE time_accounts SET closed_day = NEW.to_day WHERE person_id = NEW.person_id AND closed_day IS NULL;
  UPDATE requests SET closed = 'withdrawn', closed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE closed IS NULL AND person_id = NEW.person_id;
END;
CREATE TRIGGER stays_time_died_new AFTER INSERT ON stays WHEN NEW.end_reason = 'death' BEGIN
  UPDATE time_accounts SET closed_day = NEW.to_day WHERE person_id = NEW.person_id AND closed_day IS NULL;
  UPDATE requests SET closed = 'withdrawn', closed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE closed IS NULL AND person_id = NEW.person_id;
END;

-- who moves to another home takes along what is on the account, through the clearing accounts of both
CREATE TRIGGER persons_time_moved AFTER UPDATE OF home_id ON persons WHEN NEW.home_id <> OLD.home_id BEGIN
  UPDATE requests SET closed = 'withdrawn', closed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
    WHERE closed IS NULL AND (person_id = NEW.id OR payer_id = (SELECT id FROM time_accounts WHERE person_id = NEW.id));
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, across_home_id)
    SELECT OLD.home_id, today, 'move', iif(b.balance > 0, a.id, c.id), iif(b.balance > 0, c.id, a.id), abs(b.balance), NEW.home_id
    FROM clock, time_accounts a JOIN time_balances b ON b.account_id = a.id JOIN time_accounts c ON c.home_id = OLD.home_id AND c.kind = 'clearing'
    WHERE a.person_id = NEW.id AND b.balance <> 0 AND a.closed_day IS NULL;
  UPDATE time_accounts SET home_id = NEW.home_id WHERE person_id = NEW.id;
  INSERT INTO transfers (home_id, day, kind, giver_id, receiver_id, minutes, first_id, across_home_id)
    SELECT NEW.home_id, today, 'move', iif(f.giver_id = a.id, c.id, a.id), iif(f.giver_id = a.id, a.id, c.id), f.minutes, f.id, OLD.home_id
    FROM clock, time_accounts a JOIN time_entries e ON e.account_id = a.id AND e.seq = (SELECT entries FROM time_balances WHERE account_id = a.id)
      JOIN transfers f ON f.id = e.transfer_id AND f.kind = 'move' AND f.home_id = OLD.home_id AND f.first_id IS NULL
      JOIN time_accounts c ON c.home_id = NEW.home_id AND c.kind = 'clearing'
    WHERE a.person_id = NEW.id AND a.closed_day IS NULL;
  UPDATE relatives SET home_id = NEW.home_id WHERE person_id = NEW.id;
END;

-- a request's shift stays as it was asked, for as long as it is not withdrawn; what is changed about duties does not reach it
CREATE TRIGGER shifts_request BEFORE UPDATE OF home_id, duty_id, day, start_minute, minutes, needed, skill, level_most, request_id ON shifts
WHEN coalesce(OLD.request_id, NEW.request_id) IS NOT NULL AND json_array(NEW.home_id, NEW.duty_id, NEW.day, NEW.start_minute, NEW.minutes, NEW.needed,
    NEW.skill, NEW.level_most, NEW.request_id) <> json_array(OLD.home_id, OLD.duty_id, OLD.day, OLD.start_minute, OLD.minutes, OLD.needed, OLD.skill,
    OLD.level_most, OLD.request_id)
BEGIN SELECT raise(ABORT, 'shifts_request'); END;
CREATE TRIGGER shifts_request_deleted BEFORE DELETE ON shifts WHEN EXISTS (SELECT 1 FROM requests WHERE id = OLD.request_id AND closed IS NOT 'withdrawn')
BEGIN SELECT raise(ABORT, 'shifts_request'); END;

DROP TRIGGER duties_followed;
CREATE TRIGGER duties_followed AFTER UPDATE OF service, start_minute, minutes, needed, skilled, level_most, load, night ON duties WHEN NEW.asked = 0 BEGIN
  UPDATE shifts SET start_minute = NEW.start_minute, minutes = NEW.minutes, needed = NEW.needed, level_most = NEW.level_most,
    load = NEW.load, night = NEW.night, skill = CASE WHEN NEW.skilled THEN NEW.service END
  WHERE duty_id = NEW.id AND day >= (SELECT today FROM clock) AND id NOT IN (SELECT shift_id FROM assignments)
    AND NOT EXISTS (SELECT 1 FROM duty_days d WHERE d.home_id = NEW.home_id AND coalesce(d.duty_id, NEW.id) = NEW.id AND shifts.day BETWEEN d.first_day AND d.last_day);
END;
DROP TRIGGER duty_days_followed;
CREATE TRIGGER duty_days_followed AFTER INSERT ON duty_days BEGIN
  UPDATE shifts SET needed = NEW.needed WHERE NEW.needed > 0 AND home_id = NEW.home_id AND duty_id = coalesce(NEW.duty_id, duty_id) AND request_id IS NULL
    AND day BETWEEN NEW.first_day AND NEW.last_day AND day >= (SELECT today FROM clock) AND id NOT IN (SELECT shift_id FROM assignments);
  DELETE FROM shifts WHERE NEW.needed = 0 AND home_id = NEW.home_id AND duty_id = coalesce(NEW.duty_id, duty_id) AND request_id IS NULL
    AND day BETWEEN NEW.first_day AND NEW.last_day AND day >= (SELECT today FROM clock)
    AND id NOT IN (SELECT shift_id FROM assignments) AND id NOT IN (SELECT shift_id FROM overrides);
END;
