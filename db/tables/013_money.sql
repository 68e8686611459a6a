-- Money from the donor to what it bought: funds, a ledger of whole fen in which every entry is money of one gift, spending that
-- two people sign, papers with numbers that have no gap, and what is published of it (公示). Ledgers only grow: what was wrong
-- is reversed, once, and says what it reverses.

CREATE TABLE purposes (code TEXT PRIMARY KEY) STRICT;

INSERT INTO purposes (code) VALUES ('building'), ('equipment'), ('repairs'), ('running'), ('beds'), ('meals'), ('utilities'), ('posts'),
  ('insurance'), ('activities'), ('emergency');

-- a fund: general, or restricted to its purposes and days (专款专用); one that a gift made for itself is named by the gift's purpose
CREATE TABLE funds (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id) ON DELETE CASCADE,
  fund TEXT NOT NULL CONSTRAINT funds_fund CHECK (trim(fund, ' 　') <> '' AND length(fund) <= 40),
  kind TEXT NOT NULL DEFAULT 'restricted' CONSTRAINT funds_kind CHECK (kind IN ('general', 'restricted')),
  purposes TEXT NOT NULL DEFAULT '[]' CONSTRAINT funds_purposes CHECK (json_valid(purposes) AND json_type(purposes) = 'array'),
  from_day TEXT CONSTRAINT funds_from_day CHECK (from_day IS date(from_day, '+0 days')),
  until_day TEXT CONSTRAINT funds_until_day CHECK (until_day IS date(until_day, '+0 days')), -- the last day
  document_no TEXT,
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT funds_restricted CHECK ((kind = 'restricted') = (json_array_length(purposes) > 0)),
  CONSTRAINT funds_order CHECK (until_day >= from_day)
) STRICT;

CREATE UNIQUE INDEX funds_home_id_once ON funds (home_id, fund);

CREATE TRIGGER funds_purpose_known BEFORE INSERT ON funds
WHEN json_valid(NEW.purposes) AND EXISTS (SELECT 1 FROM json_each(NEW.purposes) WHERE value IS NULL OR value NOT IN (SELECT code FROM purposes))
BEGIN SELECT raise(ABORT, 'funds_purpose_known'); END;
CREATE TRIGGER funds_purpose_known_changed BEFORE UPDATE OF purposes ON funds
WHEN json_valid(NEW.purposes) AND EXISTS (SELECT 1 FROM json_each(NEW.purposes) WHERE value IS NULL OR value NOT IN (SELECT code FROM purposes))
BEGIN SELECT raise(ABORT, 'funds_purpose_known'); END;
-- what was agreed stays once there was money: another use is a move, with the donor's consent
CREATE TRIGGER funds_kept BEFORE UPDATE OF home_id, kind, purposes, from_day, until_day ON funds
WHEN (NEW.home_id, NEW.kind, NEW.purposes, NEW.from_day, NEW.until_day) IS NOT (OLD.home_id, OLD.kind, OLD.purposes, OLD.from_day, OLD.until_day)
  AND EXISTS (SELECT 1 FROM fund_entries WHERE fund_id = OLD.id)
BEGIN SELECT raise(ABORT, 'funds_kept'); END;

-- what a grant asks for, and by when
CREATE TABLE fund_terms (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  fund_id INTEGER NOT NULL REFERENCES funds (id),
  term TEXT NOT NULL CONSTRAINT fund_terms_term CHECK (trim(term, ' 　') <> '' AND length(term) <= 200),
  due_by TEXT NOT NULL CONSTRAINT fund_terms_due_by CHECK (due_by IS date(due_by, '+0 days')),
  met_day TEXT CONSTRAINT fund_terms_met_day CHECK (met_day IS date(met_day, '+0 days')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE INDEX fund_terms_by_fund ON fund_terms (fund_id);

CREATE TRIGGER fund_terms_home BEFORE INSERT ON fund_terms WHEN NEW.home_id <> (SELECT home_id FROM funds WHERE id = NEW.fund_id)
BEGIN SELECT raise(ABORT, 'fund_terms_home'); END;
CREATE TRIGGER fund_terms_home_changed BEFORE UPDATE OF home_id, fund_id ON fund_terms
WHEN NEW.home_id <> (SELECT home_id FROM funds WHERE id = NEW.fund_id)
BEGIN SELECT raise(ABORT, 'fund_terms_home'); END;
CREATE TRIGGER fund_terms_future BEFORE INSERT ON fund_terms
WHEN NEW.met_day IS date(NEW.met_day, '+0 days') AND NEW.met_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'fund_terms_future'); END;
CREATE TRIGGER fund_terms_future_changed BEFORE UPDATE OF met_day ON fund_terms
WHEN NEW.met_day IS date(NEW.met_day, '+0 days') AND NEW.met_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'fund_terms_future'); END;

-- who gives, as the register of gifts names them: `donor` is what links an account, its gifts and this
CREATE TABLE funders (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  donor TEXT NOT NULL CONSTRAINT funders_donor CHECK (trim(donor, ' 　') <> ''),
  kind TEXT NOT NULL DEFAULT 'organisation' CONSTRAINT funders_kind CHECK (kind IN ('organisation', 'natural_person')),
  contact TEXT,
  phone TEXT CONSTRAINT funders_phone CHECK (phone NOT GLOB '*[^0-9+ -]*' AND length(phone) BETWEEN 5 AND 20),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX funders_home_id_once ON funders (home_id, donor);

-- promised, and in which instalments; what came of it are gifts that name it
CREATE TABLE pledges (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT pledges_day CHECK (day IS date(day, '+0 days')),
  donor TEXT NOT NULL CONSTRAINT pledges_donor CHECK (trim(donor, ' 　') <> ''),
  source TEXT NOT NULL CONSTRAINT pledges_source CHECK (source IN
    ('fiscal', 'lottery', 'collective', 'enterprise', 'charity', 'individual', 'family', 'filial')),
  purpose TEXT REFERENCES purposes (code),
  amount_fen INTEGER NOT NULL CONSTRAINT pledges_amount CHECK (amount_fen BETWEEN 1 AND 100000000000),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT pledges_lottery CHECK (source <> 'lottery' OR purpose IN ('repairs', 'equipment'))
) STRICT;

CREATE INDEX pledges_by_home ON pledges (home_id, day);
CREATE INDEX pledges_by_donor ON pledges (donor);

CREATE TABLE pledge_parts (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  pledge_id INTEGER NOT NULL REFERENCES pledges (id) ON DELETE CASCADE,
  due_by TEXT NOT NULL CONSTRAINT pledge_parts_due_by CHECK (due_by IS date(due_by, '+0 days')),
  amount_fen INTEGER NOT NULL CONSTRAINT pledge_parts_amount CHECK (amount_fen > 0),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE INDEX pledge_parts_by_pledge ON pledge_parts (pledge_id, due_by);

CREATE TRIGGER pledge_parts_home BEFORE INSERT ON pledge_parts WHEN NEW.home_id <> (SELECT home_id FROM pledges WHERE id = NEW.pledge_id)
BEGIN SELECT raise(ABORT, 'pledge_parts_home'); END;
CREATE TRIGGER pledge_parts_home_changed BEFORE UPDATE OF home_id, pledge_id ON pledge_parts
WHEN NEW.home_id <> (SELECT home_id FROM pledges WHERE id = NEW.pledge_id)
BEGIN SELECT raise(ABORT, 'pledge_parts_home'); END;
CREATE TRIGGER pledge_parts_over AFTER INSERT ON pledge_parts WHEN
  (SELECT sum(amount_fen) FROM pledge_parts WHERE pledge_id = NEW.pledge_id) > (SELECT amount_fen FROM pledges WHERE id = NEW.pledge_id)
BEGIN SELECT raise(ABORT, 'pledge_parts_over'); END;
CREATE TRIGGER pledge_parts_over_changed AFTER UPDATE OF amount_fen, pledge_id ON pledge_parts WHEN
  (SELECT sum(amount_fen) FROM pledge_parts WHERE pledge_id = NEW.pledge_id) > (SELECT amount_fen FROM pledges WHERE id = NEW.pledge_id)
BEGIN SELECT raise(ABORT, 'pledge_parts_over'); END;
CREATE TRIGGER pledges_parts_over BEFORE UPDATE OF amount_fen ON pledges
WHEN NEW.amount_fen < (SELECT sum(amount_fen) FROM pledge_parts WHERE pledge_id = NEW.id)
BEGIN SELECT raise(ABORT, 'pledge_parts_over'); END;

-- without a fund of its own a gift goes to the fund of its purpose, else to the general one; `anonymous` is not named in public
ALTER TABLE gifts ADD COLUMN fund_id INTEGER REFERENCES funds (id);
ALTER TABLE gifts ADD COLUMN pledge_id INTEGER REFERENCES pledges (id);
ALTER TABLE gifts ADD COLUMN anonymous INTEGER NOT NULL DEFAULT 0 CONSTRAINT gifts_anonymous CHECK (anonymous IN (0, 1));

CREATE INDEX gifts_by_pledge ON gifts (pledge_id) WHERE pledge_id IS NOT NULL;
CREATE INDEX gifts_by_receipt ON gifts (home_id, receipt_no) WHERE receipt_no IS NOT NULL;

CREATE TRIGGER gifts_receipt_once BEFORE INSERT ON gifts
WHEN EXISTS (SELECT 1 FROM gifts WHERE home_id = NEW.home_id AND receipt_no = NEW.receipt_no)
BEGIN SELECT raise(ABORT, 'gifts_receipt_once'); END;
CREATE TRIGGER gifts_receipt_once_changed BEFORE UPDATE OF home_id, receipt_no ON gifts
WHEN (NEW.home_id, NEW.receipt_no) IS NOT (OLD.home_id, OLD.receipt_no)
  AND EXISTS (SELECT 1 FROM gifts WHERE home_id = NEW.home_id AND receipt_no = NEW.receipt_no AND id <> NEW.id)
BEGIN SELECT raise(ABORT, 'gifts_receipt_once'); END;
CREATE TRIGGER gifts_pledge BEFORE INSERT ON gifts WHEN NEW.pledge_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND home_id = NEW.home_id AND donor IS NEW.donor)
BEGIN SELECT raise(ABORT, 'gifts_pledge'); END;
CREATE TRIGGER gifts_pledge_changed BEFORE UPDATE OF pledge_id, home_id, donor ON gifts WHEN NEW.pledge_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND home_id = NEW.home_id AND donor IS NEW.donor)
BEGIN SELECT raise(ABORT, 'gifts_pledge'); END;
-- a fund may bind a gift more than its purpose does, never less
CREATE TRIGGER gifts_fund BEFORE INSERT ON gifts WHEN NEW.fund_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM funds WHERE id = NEW.fund_id AND home_id = NEW.home_id AND coalesce(until_day, '9999') >= NEW.day
    AND (NEW.purpose IS NULL OR purposes = json_array(NEW.purpose)))
BEGIN SELECT raise(ABORT, 'gifts_fund'); END;
CREATE TRIGGER gifts_fund_changed BEFORE UPDATE OF fund_id, home_id, day, purpose ON gifts WHEN NEW.fund_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM funds WHERE id = NEW.fund_id AND home_id = NEW.home_id AND coalesce(until_day, '9999') >= NEW.day
    AND (NEW.purpose IS NULL OR purposes = json_array(NEW.purpose)))
BEGIN SELECT raise(ABORT, 'gifts_fund'); END;

-- the ledger: money of a gift comes into a fund, is spent, moved to another fund or given back. `lot_day` is the day since which this
-- money lies in the fund, so that none is spent before it came; an entry that reverses another is of the same kind
CREATE TABLE fund_entries (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  fund_id INTEGER NOT NULL REFERENCES funds (id),
  gift_id INTEGER NOT NULL REFERENCES gifts (id) ON DELETE CASCADE,
  lot_day TEXT NOT NULL,
  day TEXT NOT NULL CONSTRAINT fund_entries_day CHECK (day >= lot_day),
  kind TEXT NOT NULL CONSTRAINT fund_entries_kind CHECK (kind IN ('gift', 'spending', 'moved', 'refund')),
  amount_fen INTEGER NOT NULL CONSTRAINT fund_entries_amount CHECK (amount_fen <> 0),
  source TEXT NOT NULL,
  purpose TEXT NOT NULL DEFAULT '', -- of a spending
  spending_id INTEGER REFERENCES spendings (id),
  move_id INTEGER REFERENCES moves (id),
  reversal_id INTEGER REFERENCES reversals (id),
  reverses_id INTEGER UNIQUE REFERENCES fund_entries (id),
  CONSTRAINT fund_entries_of CHECK ((kind = 'spending') = (spending_id IS NOT NULL) AND (kind IN ('moved', 'refund')) = (move_id IS NOT NULL)),
  CONSTRAINT fund_entries_side CHECK (reverses_id IS NOT NULL OR kind = 'moved' OR (kind = 'gift') = (amount_fen > 0))
) STRICT;

CREATE INDEX fund_entries_by_home ON fund_entries (home_id, day);
CREATE INDEX fund_entries_by_gift ON fund_entries (gift_id);
CREATE INDEX fund_entries_by_fund ON fund_entries (fund_id);
CREATE INDEX fund_entries_by_spending ON fund_entries (spending_id) WHERE spending_id IS NOT NULL;
CREATE INDEX fund_entries_by_move ON fund_entries (move_id) WHERE move_id IS NOT NULL;

CREATE TRIGGER fund_entries_kept BEFORE UPDATE ON fund_entries BEGIN SELECT raise(ABORT, 'fund_entries_kept'); END;
CREATE TRIGGER fund_entries_kept_deleted BEFORE DELETE ON fund_entries -- unless its gift goes, unspent, as it came
WHEN EXISTS (SELECT 1 FROM gifts WHERE id = OLD.gift_id)
BEGIN SELECT raise(ABORT, 'fund_entries_kept'); END;
CREATE TRIGGER fund_entries_kept_replaced BEFORE INSERT ON fund_entries WHEN EXISTS (SELECT 1 FROM fund_entries WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'fund_entries_kept'); END;
CREATE TRIGGER fund_entries_over BEFORE INSERT ON fund_entries
WHEN NEW.amount_fen < 0 AND NOT EXISTS (SELECT 1 FROM gift_lots WHERE fund_id = NEW.fund_id AND gift_id = NEW.gift_id
  AND lot_day = NEW.lot_day AND left_fen >= -NEW.amount_fen)
BEGIN SELECT raise(ABORT, 'fund_entries_over'); END;
CREATE TRIGGER fund_entries_reverses BEFORE INSERT ON fund_entries
WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fund_entries e WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL
  AND (e.fund_id, e.gift_id, e.kind, e.amount_fen) = (NEW.fund_id, NEW.gift_id, NEW.kind, -NEW.amount_fen))
BEGIN SELECT raise(ABORT, 'fund_entries_reverses'); END;

-- what came into a fund of a gift on a day, and how much of it is left
CREATE TABLE gift_lots (
  fund_id INTEGER NOT NULL REFERENCES funds (id),
  gift_id INTEGER NOT NULL REFERENCES gifts (id) ON DELETE CASCADE,
  lot_day TEXT NOT NULL,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  put_fen INTEGER NOT NULL,
  left_fen INTEGER NOT NULL,
  PRIMARY KEY (fund_id, gift_id, lot_day),
  CONSTRAINT gift_lots_left CHECK (left_fen BETWEEN 0 AND put_fen)
) STRICT, WITHOUT ROWID;

CREATE INDEX gift_lots_open ON gift_lots (fund_id, lot_day) WHERE left_fen > 0;
CREATE INDEX gift_lots_by_gift ON gift_lots (gift_id);

CREATE TRIGGER fund_entries_put AFTER INSERT ON fund_entries WHEN NEW.amount_fen > 0 BEGIN
  INSERT INTO gift_lots VALUES (NEW.fund_id, NEW.gift_id, NEW.lot_day, NEW.home_id, NEW.amount_fen, NEW.amount_fen)
    ON CONFLICT DO UPDATE SET put_fen = put_fen + excluded.put_fen, left_fen = left_fen + excluded.left_fen;
END;
CREATE TRIGGER fund_entries_drawn AFTER INSERT ON fund_entries WHEN NEW.amount_fen < 0 BEGIN
  UPDATE gift_lots SET left_fen = left_fen + NEW.amount_fen, put_fen = put_fen + NEW.amount_fen * (NEW.kind = 'gift')
    WHERE fund_id = NEW.fund_id AND gift_id = NEW.gift_id AND lot_day = NEW.lot_day;
END;

CREATE TABLE fund_months (
  home_id INTEGER NOT NULL REFERENCES homes (id),
  fund_id INTEGER NOT NULL REFERENCES funds (id),
  month TEXT NOT NULL,
  source TEXT NOT NULL,
  purpose TEXT NOT NULL, -- of what was spent
  received_fen INTEGER NOT NULL,
  spent_fen INTEGER NOT NULL,
  moved_fen INTEGER NOT NULL,
  returned_fen INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (home_id, fund_id, month, source, purpose)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER fund_entries_summed AFTER INSERT ON fund_entries BEGIN
  INSERT INTO fund_months VALUES (NEW.home_id, NEW.fund_id, substr(NEW.day, 1, 7), NEW.source, NEW.purpose,
      NEW.amount_fen * (NEW.kind = 'gift'), -NEW.amount_fen * (NEW.kind = 'spending'), NEW.amount_fen * (NEW.kind = 'moved'),
      -NEW.amount_fen * (NEW.kind = 'refund'), 1)
    ON CONFLICT DO UPDATE SET received_fen = received_fen + excluded.received_fen, spent_fen = spent_fen + excluded.spent_fen,
      moved_fen = moved_fen + excluded.moved_fen, returned_fen = returned_fen + excluded.returned_fen, entries = entries + 1;
END;
CREATE TRIGGER fund_entries_summed_deleted AFTER DELETE ON fund_entries BEGIN
  UPDATE fund_months SET received_fen = received_fen - OLD.amount_fen * (OLD.kind = 'gift'), entries = entries - 1
    WHERE (home_id, fund_id, month, source, purpose) = (OLD.home_id, OLD.fund_id, substr(OLD.day, 1, 7), OLD.source, OLD.purpose);
  DELETE FROM fund_months WHERE entries = 0 AND home_id = OLD.home_id AND fund_id = OLD.fund_id AND month = substr(OLD.day, 1, 7);
END;

-- a gift of money comes into its fund, which is made where there is none
CREATE VIEW gift_postings AS
SELECT id AS gift_id, home_id, day, source, amount_fen, fund_id,
  CASE WHEN source = 'lottery' THEN iif(purpose = 'repairs', 'lottery_repairs', 'lottery_equipment') ELSE coalesce(purpose, 'general') END AS fund,
  CASE WHEN purpose IS NULL THEN '[]' ELSE json_array(purpose) END AS purposes
FROM gifts WHERE amount_fen IS NOT NULL;

CREATE TRIGGER gift_postings_posted INSTEAD OF INSERT ON gift_postings BEGIN
  INSERT INTO funds (home_id, fund, kind, purposes)
    SELECT NEW.home_id, NEW.fund, CASE NEW.purposes WHEN '[]' THEN 'general' ELSE 'restricted' END, NEW.purposes
    WHERE NEW.fund_id IS NULL AND NOT EXISTS (SELECT 1 FROM funds WHERE home_id = NEW.home_id AND fund = NEW.fund);
  INSERT INTO fund_entries (home_id, fund_id, gift_id, lot_day, day, kind, amount_fen, source)
    SELECT NEW.home_id, coalesce(NEW.fund_id, (SELECT id FROM funds WHERE home_id = NEW.home_id AND fund = NEW.fund)),
      NEW.gift_id, NEW.day, NEW.day, 'gift', NEW.amount_fen, NEW.source;
END;
CREATE TRIGGER gifts_posted AFTER INSERT ON gifts WHEN NEW.amount_fen IS NOT NULL BEGIN
  INSERT INTO gift_postings SELECT * FROM gift_postings WHERE gift_id = NEW.id;
END;
-- what nobody drew on yet is corrected in the register: the ledger takes it back and books it anew
CREATE TRIGGER gifts_reposted AFTER UPDATE OF home_id, day, source, amount_fen, purpose, fund_id ON gifts
WHEN (NEW.home_id, NEW.day, NEW.source, NEW.amount_fen, NEW.purpose, NEW.fund_id)
  IS NOT (OLD.home_id, OLD.day, OLD.source, OLD.amount_fen, OLD.purpose, OLD.fund_id) BEGIN
  INSERT INTO fund_entries (home_id, fund_id, gift_id, lot_day, day, kind, amount_fen, source, reverses_id)
    SELECT home_id, fund_id, gift_id, lot_day, day, 'gift', -amount_fen, source, id FROM fund_entries e
    WHERE gift_id = NEW.id AND reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM fund_entries r WHERE r.reverses_id = e.id);
  INSERT INTO gift_postings SELECT * FROM gift_postings WHERE gift_id = NEW.id;
END;

-- once it was used, a gift stays: what came too much is given back, what was bound otherwise is moved
CREATE TRIGGER gifts_used BEFORE UPDATE OF home_id, day, source, amount_fen, item, quantity, purpose, fund_id ON gifts
WHEN (NEW.home_id, NEW.day, NEW.source, NEW.amount_fen, NEW.item, NEW.quantity, NEW.purpose, NEW.fund_id)
  IS NOT (OLD.home_id, OLD.day, OLD.source, OLD.amount_fen, OLD.item, OLD.quantity, OLD.purpose, OLD.fund_id)
  AND (EXISTS (SELECT 1 FROM fund_entries WHERE gift_id = OLD.id AND kind <> 'gift')
    OR EXISTS (SELECT 1 FROM stock_entries WHERE gift_id = OLD.id AND use_id IS NOT NULL))
BEGIN SELECT raise(ABORT, 'gifts_used'); END;
CREATE TRIGGER gifts_used_deleted BEFORE DELETE ON gifts
WHEN EXISTS (SELECT 1 FROM fund_entries WHERE gift_id = OLD.id AND kind <> 'gift')
  OR EXISTS (SELECT 1 FROM stock_entries WHERE gift_id = OLD.id AND use_id IS NOT NULL) OR EXISTS (SELECT 1 FROM papers WHERE gift_id = OLD.id)
  OR EXISTS (SELECT 1 FROM moves WHERE gift_id = OLD.id) -- filed, though nobody has signed it yet
BEGIN SELECT raise(ABORT, 'gifts_used'); END;
CREATE TRIGGER gifts_published BEFORE INSERT ON gifts
WHEN EXISTS (SELECT 1 FROM published WHERE home_id = NEW.home_id AND substr(NEW.day, 1, 7) BETWEEN from_month AND to_month)
BEGIN SELECT raise(ABORT, 'published'); END;
CREATE TRIGGER gifts_published_changed BEFORE UPDATE OF home_id, day, source, amount_fen, item, quantity, purpose, fund_id ON gifts
WHEN (NEW.home_id, NEW.day, NEW.source, NEW.amount_fen, NEW.item, NEW.quantity, NEW.purpose, NEW.fund_id)
  IS NOT (OLD.home_id, OLD.day, OLD.source, OLD.amount_fen, OLD.item, OLD.quantity, OLD.purpose, OLD.fund_id)
  AND EXISTS (SELECT 1 FROM published WHERE home_id IN (OLD.home_id, NEW.home_id)
    AND (substr(OLD.day, 1, 7) BETWEEN from_month AND to_month OR substr(NEW.day, 1, 7) BETWEEN from_month AND to_month))
BEGIN SELECT raise(ABORT, 'published'); END;
CREATE TRIGGER gifts_published_deleted BEFORE DELETE ON gifts
WHEN EXISTS (SELECT 1 FROM published WHERE home_id = OLD.home_id AND substr(OLD.day, 1, 7) BETWEEN from_month AND to_month)
BEGIN SELECT raise(ABORT, 'published'); END;

-- REPLACE takes a row out without a word: nothing that is kept may go like this
CREATE TRIGGER fund_entries_reverses_id_replaced BEFORE INSERT ON fund_entries WHEN EXISTS (SELECT 1 FROM fund_entries WHERE reverses_id = NEW.reverses_id)
BEGIN SELECT raise(ABORT, 'fund_entries_reverses_id_once'); END;
CREATE TRIGGER funds_kept_replaced BEFORE INSERT ON funds WHEN EXISTS (SELECT 1 FROM funds f WHERE (f.id = NEW.id OR f.key = NEW.key)
  AND EXISTS (SELECT 1 FROM fund_entries WHERE fund_id = f.id))
BEGIN SELECT raise(ABORT, 'funds_kept'); END;
CREATE TRIGGER gifts_used_replaced BEFORE INSERT ON gifts WHEN EXISTS (SELECT 1 FROM gifts g WHERE (g.id = NEW.id OR g.key = NEW.key) AND (
  EXISTS (SELECT 1 FROM fund_entries WHERE gift_id = g.id AND kind <> 'gift')
  OR EXISTS (SELECT 1 FROM stock_entries WHERE gift_id = g.id AND use_id IS NOT NULL) OR EXISTS (SELECT 1 FROM papers WHERE gift_id = g.id)))
BEGIN SELECT raise(ABORT, 'gifts_used'); END;
