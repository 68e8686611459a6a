-- Who may sign in, for which homes; settings; imports; and the trail of every change.

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE CONSTRAINT users_username
    CHECK (length(username) BETWEEN 2 AND 40 AND username = lower(username) AND username NOT GLOB '*[^a-z0-9._-]*'),
  name TEXT NOT NULL CONSTRAINT users_name CHECK (trim(name, ' 　') <> ''),
  role TEXT NOT NULL CONSTRAINT users_role CHECK (role IN ('admin', 'official', 'caretaker', 'funder', 'auditor')),
  county TEXT,
  township TEXT,
  home_id INTEGER REFERENCES homes (id),
  donor TEXT,
  active INTEGER NOT NULL DEFAULT 1 CONSTRAINT users_active CHECK (active IN (0, 1)),
  password_hash TEXT NOT NULL CONSTRAINT users_password_hash CHECK (password_hash GLOB '$2b$[0-9][0-9]$*' AND length(password_hash) = 60),
  must_change INTEGER NOT NULL DEFAULT 1 CONSTRAINT users_must_change CHECK (must_change IN (0, 1)),
  key TEXT UNIQUE,
  CONSTRAINT users_caretaker_home CHECK (role <> 'caretaker' OR home_id IS NOT NULL),
  CONSTRAINT users_funder_donor CHECK (role <> 'funder' OR donor IS NOT NULL)
) STRICT;

CREATE TRIGGER users_last_admin BEFORE UPDATE OF role, active ON users
WHEN OLD.role = 'admin' AND OLD.active = 1 AND (NEW.role <> 'admin' OR NEW.active = 0)
  AND NOT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND active = 1 AND id <> OLD.id)
BEGIN SELECT raise(ABORT, 'users_last_admin'); END;
CREATE TRIGGER users_last_admin_deleted BEFORE DELETE ON users
WHEN OLD.role = 'admin' AND OLD.active = 1 AND NOT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND active = 1 AND id <> OLD.id)
BEGIN SELECT raise(ABORT, 'users_last_admin'); END;

-- failed sign-ins by the name that was typed, known or not, so that the answer does not tell which names exist
CREATE TABLE attempts (
  username TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_until TEXT NOT NULL
) STRICT;

-- hash is that of a one-time ticket until the browser has claimed the session, then that of its cookie
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE,
  claimed INTEGER NOT NULL DEFAULT 0 CONSTRAINT sessions_claimed CHECK (claimed IN (0, 1)),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  device TEXT
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TRIGGER users_revoke AFTER UPDATE OF password_hash, active, role ON users
WHEN NEW.password_hash <> OLD.password_hash OR NEW.active = 0 OR NEW.role <> OLD.role
BEGIN UPDATE sessions SET revoked_at = datetime('now') WHERE user_id = NEW.id AND revoked_at IS NULL; END;

-- a later area inserts its own names and adds a trigger for their values
CREATE TABLE settings (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

INSERT INTO settings (name, value) VALUES ('demo', '0'), ('small_group', '5'), ('no_care_days', '3'), ('session_days', '30'), ('today', '');

CREATE TRIGGER settings_number BEFORE UPDATE ON settings
WHEN NEW.name IN ('small_group', 'no_care_days', 'session_days')
  AND (NEW.value GLOB '*[^0-9]*' OR CAST(NEW.value AS INTEGER) NOT BETWEEN 1 AND 365)
BEGIN SELECT raise(ABORT, 'settings_number'); END;
CREATE TRIGGER settings_today BEFORE UPDATE ON settings
WHEN NEW.name = 'today' AND NEW.value <> '' AND NEW.value IS NOT date(NEW.value, '+0 days')
BEGIN SELECT raise(ABORT, 'settings_today'); END;
CREATE TRIGGER settings_demo BEFORE UPDATE ON settings WHEN NEW.name = 'demo' AND NEW.value NOT IN ('0', '1')
BEGIN SELECT raise(ABORT, 'settings_demo'); END;
CREATE TRIGGER settings_kept BEFORE DELETE ON settings BEGIN SELECT raise(ABORT, 'settings_kept'); END;
CREATE TRIGGER settings_name BEFORE UPDATE OF name ON settings WHEN NEW.name <> OLD.name
BEGIN SELECT raise(ABORT, 'settings_kept'); END;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  home_id INTEGER REFERENCES homes (id),
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  user_name TEXT NOT NULL,
  saved INTEGER NOT NULL DEFAULT 0 CONSTRAINT imports_saved CHECK (saved >= 0),
  known INTEGER NOT NULL DEFAULT 0 CONSTRAINT imports_known CHECK (known >= 0),
  refused INTEGER NOT NULL DEFAULT 0 CONSTRAINT imports_refused CHECK (refused >= 0),
  undone_at TEXT
) STRICT;

-- what a heading meant the last time somebody corrected it
CREATE TABLE import_headings (
  id INTEGER PRIMARY KEY,
  relation TEXT NOT NULL,
  heading TEXT NOT NULL,
  column_name TEXT NOT NULL,
  UNIQUE (relation, heading)
) STRICT;

-- one row: who is writing now; set and cleared inside each transaction
CREATE TABLE actor (
  id INTEGER PRIMARY KEY CONSTRAINT actor_one CHECK (id = 1),
  name TEXT NOT NULL
) STRICT;

INSERT INTO actor VALUES (1, 'outside');

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  relation TEXT NOT NULL,
  row_id INTEGER,
  action TEXT NOT NULL CONSTRAINT audit_action CHECK (action IN ('insert', 'update', 'delete', 'reveal', 'export', 'signin', 'refused')),
  before TEXT,
  after TEXT
) STRICT;

CREATE INDEX audit_by_row ON audit (relation, row_id);

CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit_kept'); END;
CREATE TRIGGER audit_kept_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit_kept'); END;
CREATE TRIGGER audit_kept_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'audit_kept'); END;
