-- Beside the money: goods given and used, what was bought and bears a sign, what families pay, the budget, the bank's statement.

-- goods in thousandths of their unit: in with the gift, out with their use, oldest first
CREATE TABLE stock_uses (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT stock_uses_day CHECK (day IS date(day, '+0 days')),
  item TEXT NOT NULL,
  quantity REAL NOT NULL CONSTRAINT stock_uses_quantity CHECK (quantity >= 0.001),
  purpose TEXT REFERENCES purposes (code),
  handler TEXT,
  note TEXT,
  reverses_id INTEGER UNIQUE REFERENCES stock_uses (id),
  key TEXT UNIQUE
) STRICT;

CREATE INDEX stock_uses_by_home ON stock_uses (home_id, day);

CREATE TABLE stock_entries (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  item TEXT NOT NULL,
  gift_id INTEGER NOT NULL REFERENCES gifts (id) ON DELETE CASCADE,
  use_id INTEGER REFERENCES stock_uses (id),
  day TEXT NOT NULL,
  thousandths INTEGER NOT NULL CONSTRAINT stock_entries_something CHECK (thousandths <> 0)
) STRICT;

CREATE INDEX stock_entries_by_item ON stock_entries (home_id, item);
CREATE INDEX stock_entries_by_gift ON stock_entries (gift_id);
CREATE INDEX stock_entries_by_use ON stock_entries (use_id) WHERE use_id IS NOT NULL;

CREATE TRIGGER stock_entries_kept BEFORE UPDATE ON stock_entries BEGIN SELECT raise(ABORT, 'stock_entries_kept'); END;
CREATE TRIGGER stock_entries_kept_deleted BEFORE DELETE ON stock_entries WHEN EXISTS (SELECT 1 FROM gifts WHERE id = OLD.gift_id)
BEGIN SELECT raise(ABORT, 'stock_entries_kept'); END;
CREATE TRIGGER stock_entries_over AFTER INSERT ON stock_entries
WHEN NEW.thousandths < 0 AND (SELECT sum(thousandths) FROM stock_entries WHERE gift_id = NEW.gift_id AND item = NEW.item) < 0
BEGIN SELECT raise(ABORT, 'stock_uses_over'); END;
CREATE TRIGGER stock_uses_kept BEFORE UPDATE ON stock_uses BEGIN SELECT raise(ABORT, 'stock_entries_kept'); END;
CREATE TRIGGER stock_uses_kept_deleted BEFORE DELETE ON stock_uses BEGIN SELECT raise(ABORT, 'stock_entries_kept'); END;
CREATE TRIGGER stock_uses_future BEFORE INSERT ON stock_uses WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'stock_uses_future'); END;
CREATE TRIGGER stock_uses_reverses BEFORE INSERT ON stock_uses
WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stock_uses u WHERE u.id = NEW.reverses_id AND u.reverses_id IS NULL
  AND (u.home_id, u.item, u.quantity) = (NEW.home_id, NEW.item, NEW.quantity) AND u.day <= NEW.day)
BEGIN SELECT raise(ABORT, 'stock_uses_reverses'); END;

CREATE TRIGGER stock_uses_over BEFORE INSERT ON stock_uses
WHEN NEW.reverses_id IS NULL AND round(NEW.quantity * 1000) >
  (SELECT coalesce(sum(thousandths), 0) FROM stock_lots WHERE home_id = NEW.home_id AND item = NEW.item AND day <= NEW.day)
BEGIN SELECT raise(ABORT, 'stock_uses_over'); END;
CREATE TRIGGER stock_uses_drawn AFTER INSERT ON stock_uses WHEN NEW.reverses_id IS NULL BEGIN
  INSERT INTO stock_entries (home_id, item, gift_id, use_id, day, thousandths)
    SELECT NEW.home_id, NEW.item, gift_id, NEW.id, NEW.day, -min(thousandths, CAST(round(NEW.quantity * 1000) AS INTEGER) - before)
    FROM (SELECT *, sum(thousandths) OVER (ORDER BY day, gift_id ROWS UNBOUNDED PRECEDING) - thousandths AS before
      FROM stock_lots WHERE home_id = NEW.home_id AND item = NEW.item AND day <= NEW.day AND thousandths > 0)
    WHERE before < CAST(round(NEW.quantity * 1000) AS INTEGER);
END;
CREATE TRIGGER stock_uses_reversed AFTER INSERT ON stock_uses WHEN NEW.reverses_id IS NOT NULL BEGIN
  INSERT INTO stock_entries (home_id, item, gift_id, use_id, day, thousandths)
    SELECT home_id, item, gift_id, NEW.id, NEW.day, -thousandths FROM stock_entries WHERE use_id = NEW.reverses_id;
END;
CREATE TRIGGER gifts_stocked AFTER INSERT ON gifts WHEN NEW.quantity >= 0.001 AND NEW.item IS NOT NULL BEGIN
  INSERT INTO stock_entries (home_id, item, gift_id, day, thousandths)
    VALUES (NEW.home_id, NEW.item, NEW.id, NEW.day, CAST(round(NEW.quantity * 1000) AS INTEGER));
END;
CREATE TRIGGER gifts_restocked AFTER UPDATE OF home_id, day, item, quantity ON gifts
WHEN (NEW.home_id, NEW.day, NEW.item, NEW.quantity) IS NOT (OLD.home_id, OLD.day, OLD.item, OLD.quantity) BEGIN
  INSERT INTO stock_entries (home_id, item, gift_id, day, thousandths)
    SELECT home_id, item, gift_id, OLD.day, -sum(thousandths) FROM stock_entries WHERE gift_id = NEW.id
    GROUP BY home_id, item, gift_id HAVING sum(thousandths) <> 0;
  INSERT INTO stock_entries (home_id, item, gift_id, day, thousandths)
    SELECT NEW.home_id, NEW.item, NEW.id, NEW.day, CAST(round(NEW.quantity * 1000) AS INTEGER) WHERE NEW.quantity >= 0.001 AND NEW.item IS NOT NULL;
END;

-- things that were bought; those of lottery money bear the sign 彩票公益金资助, and since when
CREATE TABLE assets (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  spending_id INTEGER REFERENCES spendings (id),
  asset TEXT NOT NULL CONSTRAINT assets_asset CHECK (trim(asset, ' 　') <> '' AND length(asset) <= 60),
  pieces INTEGER NOT NULL DEFAULT 1 CONSTRAINT assets_pieces CHECK (pieces BETWEEN 1 AND 10000),
  day TEXT NOT NULL CONSTRAINT assets_day CHECK (day IS date(day, '+0 days')),
  signed_day TEXT CONSTRAINT assets_signed_day CHECK (signed_day IS date(signed_day, '+0 days')),
  gone_day TEXT CONSTRAINT assets_gone_day CHECK (gone_day IS date(gone_day, '+0 days')),
  note TEXT,
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT assets_order CHECK (signed_day >= day),
  CONSTRAINT assets_gone CHECK (gone_day >= day)
) STRICT;

CREATE INDEX assets_by_home ON assets (home_id);
CREATE INDEX assets_by_spending ON assets (spending_id);

CREATE TRIGGER assets_spending BEFORE INSERT ON assets WHEN NEW.spending_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM spendings s JOIN approvals a ON a.spending_id = s.id AND a.outcome = 'approved'
  WHERE s.id = NEW.spending_id AND s.home_id = NEW.home_id)
BEGIN SELECT raise(ABORT, 'assets_spending'); END;
CREATE TRIGGER assets_spending_changed BEFORE UPDATE OF spending_id, home_id ON assets WHEN NEW.spending_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM spendings s JOIN approvals a ON a.spending_id = s.id AND a.outcome = 'approved'
  WHERE s.id = NEW.spending_id AND s.home_id = NEW.home_id)
BEGIN SELECT raise(ABORT, 'assets_spending'); END;
CREATE TRIGGER assets_future BEFORE INSERT ON assets WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'assets_future'); END;
CREATE TRIGGER assets_future_changed BEFORE UPDATE OF day ON assets WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'assets_future'); END;

-- what families pay: by age from a day on, a day or month of it
CREATE TABLE prices (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  fee TEXT NOT NULL CONSTRAINT prices_fee CHECK (fee IN ('meal_days', 'bed_months')),
  from_day TEXT NOT NULL CONSTRAINT prices_from_day CHECK (from_day IS date(from_day, '+0 days')),
  age_from INTEGER NOT NULL DEFAULT 0 CONSTRAINT prices_age_from CHECK (age_from BETWEEN 0 AND 120),
  price_fen INTEGER NOT NULL CONSTRAINT prices_price CHECK (price_fen BETWEEN 0 AND 10000000),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX prices_home_id_once ON prices (home_id, fee, from_day, age_from);

-- what somebody owes for a month; once it was banked (as one gift of the families) it stays
CREATE TABLE fees (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  fee TEXT NOT NULL CONSTRAINT fees_fee CHECK (fee IN ('meal_days', 'bed_months')),
  fee_month TEXT NOT NULL CONSTRAINT fees_fee_month CHECK (fee_month IS strftime('%Y-%m', fee_month || '-01')),
  units INTEGER NOT NULL CONSTRAINT fees_units CHECK (units BETWEEN 1 AND 31),
  amount_fen INTEGER NOT NULL CONSTRAINT fees_amount CHECK (amount_fen >= 0),
  relief TEXT,
  paid_day TEXT CONSTRAINT fees_paid_day CHECK (paid_day IS date(paid_day, '+0 days')),
  gift_id INTEGER REFERENCES gifts (id) ON DELETE SET NULL,
  key TEXT UNIQUE,
  CONSTRAINT fees_banked CHECK (gift_id IS NULL OR paid_day IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX fees_person_id_once ON fees (person_id, fee, fee_month);
CREATE INDEX fees_by_home ON fees (home_id, fee_month);
CREATE INDEX fees_by_gift ON fees (gift_id) WHERE gift_id IS NOT NULL;

CREATE TRIGGER fees_home BEFORE INSERT ON fees WHEN NEW.home_id <> (SELECT home_id FROM persons WHERE id = NEW.person_id)
BEGIN SELECT raise(ABORT, 'fees_home'); END;
CREATE TRIGGER fees_future BEFORE INSERT ON fees
WHEN NEW.paid_day IS date(NEW.paid_day, '+0 days') AND NEW.paid_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'fees_future'); END;
CREATE TRIGGER fees_future_changed BEFORE UPDATE OF paid_day ON fees
WHEN NEW.paid_day IS date(NEW.paid_day, '+0 days') AND NEW.paid_day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'fees_future'); END;
CREATE TRIGGER fees_kept BEFORE UPDATE OF home_id, person_id, fee, fee_month, units, amount_fen, paid_day ON fees
WHEN OLD.gift_id IS NOT NULL OR (NEW.home_id, NEW.person_id, NEW.fee, NEW.fee_month) <> (OLD.home_id, OLD.person_id, OLD.fee, OLD.fee_month)
BEGIN SELECT raise(ABORT, 'fees_kept'); END;
CREATE TRIGGER fees_kept_deleted BEFORE DELETE ON fees WHEN OLD.gift_id IS NOT NULL
BEGIN SELECT raise(ABORT, 'fees_kept'); END;

CREATE TRIGGER fees_price BEFORE INSERT ON fees WHEN NEW.relief IS NULL AND NEW.amount_fen IS NOT NEW.units * (
  SELECT price_fen FROM fee_prices WHERE person_id = NEW.person_id AND fee = NEW.fee AND from_day <= NEW.fee_month || '-01'
    AND date(coalesce(birth_day, NEW.fee_month || '-01'), '+' || age_from || ' years') <= NEW.fee_month || '-01'
  ORDER BY from_day DESC, age_from DESC LIMIT 1)
BEGIN SELECT raise(ABORT, 'fees_price'); END;
CREATE TRIGGER fees_price_changed BEFORE UPDATE OF units, amount_fen, relief ON fees WHEN NEW.relief IS NULL AND NEW.amount_fen IS NOT NEW.units * (
  SELECT price_fen FROM fee_prices WHERE person_id = NEW.person_id AND fee = NEW.fee AND from_day <= NEW.fee_month || '-01'
    AND date(coalesce(birth_day, NEW.fee_month || '-01'), '+' || age_from || ' years') <= NEW.fee_month || '-01'
  ORDER BY from_day DESC, age_from DESC LIMIT 1)
BEGIN SELECT raise(ABORT, 'fees_price'); END;

CREATE TABLE budgets (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  year INTEGER NOT NULL CONSTRAINT budgets_year CHECK (year BETWEEN 1990 AND 2100),
  purpose TEXT NOT NULL REFERENCES purposes (code),
  amount_fen INTEGER NOT NULL CONSTRAINT budgets_amount CHECK (amount_fen BETWEEN 0 AND 100000000000),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX budgets_home_id_once ON budgets (home_id, year, purpose);

-- a line of the bank's or the cashier's statement, and the gift or spending that it is
CREATE TABLE bank_lines (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT bank_lines_day CHECK (day IS date(day, '+0 days')),
  amount_fen INTEGER NOT NULL CONSTRAINT bank_lines_amount CHECK (amount_fen <> 0), -- what came in is positive
  counterpart TEXT,
  balance_fen INTEGER,
  note TEXT,
  gift_id INTEGER UNIQUE REFERENCES gifts (id) ON DELETE SET NULL,
  spending_id INTEGER UNIQUE REFERENCES spendings (id),
  import_id INTEGER REFERENCES imports (id),
  key TEXT UNIQUE,
  CONSTRAINT bank_lines_one CHECK (gift_id IS NULL OR spending_id IS NULL)
) STRICT;

CREATE INDEX bank_lines_by_home ON bank_lines (home_id, day);

CREATE TRIGGER bank_lines_match BEFORE INSERT ON bank_lines WHEN (NEW.gift_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM gifts WHERE id = NEW.gift_id AND (home_id, amount_fen) = (NEW.home_id, NEW.amount_fen)))
  OR (NEW.spending_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM spendings WHERE id = NEW.spending_id AND (home_id, amount_fen) = (NEW.home_id, -NEW.amount_fen)))
BEGIN SELECT raise(ABORT, 'bank_lines_match'); END;
CREATE TRIGGER bank_lines_match_changed BEFORE UPDATE OF gift_id, spending_id ON bank_lines WHEN (NEW.gift_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM gifts WHERE id = NEW.gift_id AND (home_id, amount_fen) = (NEW.home_id, NEW.amount_fen)))
  OR (NEW.spending_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM spendings WHERE id = NEW.spending_id AND (home_id, amount_fen) = (NEW.home_id, -NEW.amount_fen)))
BEGIN SELECT raise(ABORT, 'bank_lines_match'); END;
CREATE TRIGGER bank_lines_kept BEFORE UPDATE OF home_id, day, amount_fen, counterpart, balance_fen ON bank_lines
WHEN (NEW.home_id, NEW.day, NEW.amount_fen, NEW.counterpart, NEW.balance_fen)
  IS NOT (OLD.home_id, OLD.day, OLD.amount_fen, OLD.counterpart, OLD.balance_fen)
BEGIN SELECT raise(ABORT, 'bank_lines_kept'); END;

-- REPLACE takes a row out without a word: nothing that is kept may go like this
CREATE TRIGGER stock_uses_kept_replaced BEFORE INSERT ON stock_uses WHEN EXISTS (SELECT 1 FROM stock_uses WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'stock_entries_kept'); END;
CREATE TRIGGER stock_uses_reverses_id_replaced BEFORE INSERT ON stock_uses WHEN EXISTS (SELECT 1 FROM stock_uses WHERE reverses_id = NEW.reverses_id)
BEGIN SELECT raise(ABORT, 'stock_uses_reverses_id_once'); END;
CREATE TRIGGER stock_entries_kept_replaced BEFORE INSERT ON stock_entries WHEN EXISTS (SELECT 1 FROM stock_entries WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'stock_entries_kept'); END;
CREATE TRIGGER fees_kept_replaced BEFORE INSERT ON fees WHEN EXISTS (SELECT 1 FROM fees WHERE gift_id IS NOT NULL
  AND (id = NEW.id OR key = NEW.key OR (person_id, fee, fee_month) = (NEW.person_id, NEW.fee, NEW.fee_month)))
BEGIN SELECT raise(ABORT, 'fees_kept'); END;
CREATE TRIGGER bank_lines_kept_replaced BEFORE INSERT ON bank_lines WHEN EXISTS (SELECT 1 FROM bank_lines WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'bank_lines_kept'); END;
CREATE TRIGGER bank_lines_gift_id_replaced BEFORE INSERT ON bank_lines WHEN EXISTS (SELECT 1 FROM bank_lines WHERE gift_id = NEW.gift_id)
BEGIN SELECT raise(ABORT, 'bank_lines_gift_id_once'); END;
CREATE TRIGGER bank_lines_spending_id_replaced BEFORE INSERT ON bank_lines WHEN EXISTS (SELECT 1 FROM bank_lines WHERE spending_id = NEW.spending_id)
BEGIN SELECT raise(ABORT, 'bank_lines_spending_id_once'); END;

-- what the register of gifts held before there were funds
INSERT INTO gift_postings SELECT * FROM gift_postings ORDER BY gift_id;
INSERT INTO stock_entries (home_id, item, gift_id, day, thousandths)
  SELECT home_id, item, id, day, CAST(round(quantity * 1000) AS INTEGER) FROM gifts WHERE quantity >= 0.001 AND item IS NOT NULL;
