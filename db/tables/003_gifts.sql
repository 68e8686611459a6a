-- The register of gifts (捐赠台账): money in whole fen, or goods with a quantity.

CREATE TABLE gifts (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT gifts_day CHECK (day IS date(day, '+0 days')),
  donor TEXT,
  source TEXT NOT NULL CONSTRAINT gifts_source CHECK (source IN
    ('fiscal', 'lottery', 'collective', 'enterprise', 'charity', 'individual', 'family', 'filial')),
  amount_fen INTEGER CONSTRAINT gifts_amount CHECK (amount_fen BETWEEN 1 AND 100000000000),
  item TEXT,
  quantity REAL CONSTRAINT gifts_quantity CHECK (quantity > 0),
  purpose TEXT CONSTRAINT gifts_purpose CHECK (purpose IN
    ('building', 'equipment', 'repairs', 'running', 'beds', 'meals', 'utilities', 'posts', 'insurance', 'activities', 'emergency')),
  handler TEXT,
  receipt_no TEXT,
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT gifts_something CHECK (amount_fen IS NOT NULL OR item IS NOT NULL),
  CONSTRAINT gifts_quantity_item CHECK (quantity IS NULL OR item IS NOT NULL),
  CONSTRAINT gifts_lottery CHECK (source <> 'lottery' OR purpose IN ('repairs', 'equipment'))
) STRICT;

CREATE INDEX gifts_by_home ON gifts (home_id, day);
CREATE INDEX gifts_by_donor ON gifts (donor);

CREATE TRIGGER gifts_future BEFORE INSERT ON gifts WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'gifts_future'); END;
CREATE TRIGGER gifts_future_changed BEFORE UPDATE OF day ON gifts WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'gifts_future'); END;
