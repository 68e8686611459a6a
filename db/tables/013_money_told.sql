-- Papers with numbers that have no gap in a home and year, and the books as they are published (公示): frozen, checked by the finance
-- group before, corrected by a note beside.

-- a number once given stays; a voucher has its number from the moment it is filed
CREATE TABLE papers (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  kind TEXT NOT NULL CONSTRAINT papers_kind CHECK (kind IN ('voucher', 'acknowledgement', 'thanks', 'statement', 'disclosure')),
  year INTEGER NOT NULL CONSTRAINT papers_year CHECK (year BETWEEN 1990 AND 2100),
  number INTEGER NOT NULL,
  gift_id INTEGER REFERENCES gifts (id),
  spending_id INTEGER UNIQUE REFERENCES spendings (id),
  move_id INTEGER UNIQUE REFERENCES moves (id),
  reversal_id INTEGER UNIQUE REFERENCES reversals (id),
  disclosure_id INTEGER UNIQUE REFERENCES disclosures (id),
  donor TEXT, -- of a statement
  first_day TEXT CONSTRAINT papers_first_day CHECK (first_day IS date(first_day, '+0 days')),
  last_day TEXT CONSTRAINT papers_last_day CHECK (last_day IS date(last_day, '+0 days')),
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  key TEXT UNIQUE,
  CONSTRAINT papers_of CHECK (CASE kind
    WHEN 'voucher' THEN (spending_id IS NOT NULL) + (move_id IS NOT NULL) + (reversal_id IS NOT NULL) = 1
    WHEN 'disclosure' THEN disclosure_id IS NOT NULL
    WHEN 'statement' THEN donor IS NOT NULL AND first_day IS NOT NULL AND last_day >= first_day
    ELSE gift_id IS NOT NULL END)
) STRICT;

CREATE UNIQUE INDEX papers_home_id_once ON papers (home_id, kind, year, number);
CREATE INDEX papers_by_gift ON papers (gift_id) WHERE gift_id IS NOT NULL;

CREATE TRIGGER papers_number BEFORE INSERT ON papers WHEN NEW.number IS NOT
  (SELECT coalesce(max(number), 0) + 1 FROM papers WHERE home_id = NEW.home_id AND kind = NEW.kind AND year = NEW.year)
BEGIN SELECT raise(ABORT, 'papers_number'); END;
CREATE TRIGGER papers_home BEFORE INSERT ON papers WHEN NEW.home_id <> coalesce((SELECT home_id FROM gifts WHERE id = NEW.gift_id),
  (SELECT home_id FROM filings WHERE spending_id = NEW.spending_id OR move_id = NEW.move_id OR reversal_id = NEW.reversal_id),
  (SELECT home_id FROM disclosures WHERE id = NEW.disclosure_id), NEW.home_id)
BEGIN SELECT raise(ABORT, 'papers_home'); END;
CREATE TRIGGER papers_kept BEFORE UPDATE ON papers BEGIN SELECT raise(ABORT, 'papers_kept'); END;
CREATE TRIGGER papers_kept_deleted BEFORE DELETE ON papers BEGIN SELECT raise(ABORT, 'papers_kept'); END;
CREATE TRIGGER papers_kept_replaced BEFORE INSERT ON papers WHEN EXISTS (SELECT 1 FROM papers WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'papers_kept'); END;

CREATE TRIGGER spendings_numbered AFTER INSERT ON spendings BEGIN
  INSERT INTO papers (home_id, kind, year, number, spending_id, filed_by, filed_at)
    SELECT NEW.home_id, 'voucher', year, next, NEW.id, NEW.filed_by, NEW.filed_at FROM (SELECT CAST(substr(NEW.day, 1, 4) AS INTEGER) AS year,
      (SELECT coalesce(max(number), 0) + 1 FROM papers
       WHERE home_id = NEW.home_id AND kind = 'voucher' AND year = CAST(substr(NEW.day, 1, 4) AS INTEGER)) AS next);
END;
CREATE TRIGGER moves_numbered AFTER INSERT ON moves BEGIN
  INSERT INTO papers (home_id, kind, year, number, move_id, filed_by, filed_at)
    SELECT NEW.home_id, 'voucher', year, next, NEW.id, NEW.filed_by, NEW.filed_at FROM (SELECT CAST(substr(NEW.day, 1, 4) AS INTEGER) AS year,
      (SELECT coalesce(max(number), 0) + 1 FROM papers
       WHERE home_id = NEW.home_id AND kind = 'voucher' AND year = CAST(substr(NEW.day, 1, 4) AS INTEGER)) AS next);
END;
CREATE TRIGGER reversals_numbered AFTER INSERT ON reversals BEGIN
  INSERT INTO papers (home_id, kind, year, number, reversal_id, filed_by, filed_at)
    SELECT NEW.home_id, 'voucher', year, next, NEW.id, NEW.filed_by, NEW.filed_at FROM (SELECT CAST(substr(NEW.day, 1, 4) AS INTEGER) AS year,
      (SELECT coalesce(max(number), 0) + 1 FROM papers
       WHERE home_id = NEW.home_id AND kind = 'voucher' AND year = CAST(substr(NEW.day, 1, 4) AS INTEGER)) AS next);
END;

-- a paper that is void says why, and which one took its place; what is in the books is reversed instead
CREATE TABLE paper_voids (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  paper_id INTEGER NOT NULL UNIQUE REFERENCES papers (id),
  successor_id INTEGER UNIQUE REFERENCES papers (id),
  reason TEXT NOT NULL CONSTRAINT paper_voids_reason CHECK (trim(reason, ' 　') <> ''),
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  key TEXT UNIQUE,
  CONSTRAINT paper_voids_other CHECK (successor_id <> paper_id)
) STRICT;

CREATE TRIGGER paper_voids_home BEFORE INSERT ON paper_voids
WHEN EXISTS (SELECT 1 FROM papers WHERE id IN (NEW.paper_id, NEW.successor_id) AND home_id <> NEW.home_id)
BEGIN SELECT raise(ABORT, 'paper_voids_home'); END;
CREATE TRIGGER paper_voids_kind BEFORE INSERT ON paper_voids
WHEN (SELECT kind FROM papers WHERE id = NEW.paper_id) <> (SELECT kind FROM papers WHERE id = NEW.successor_id)
  OR EXISTS (SELECT 1 FROM paper_voids WHERE paper_id = NEW.successor_id)
BEGIN SELECT raise(ABORT, 'paper_voids_kind'); END;
CREATE TRIGGER paper_voids_posted BEFORE INSERT ON paper_voids
WHEN EXISTS (SELECT 1 FROM papers p WHERE p.id = NEW.paper_id AND (p.kind = 'disclosure'
  OR p.kind = 'voucher' AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.outcome <> 'approved'
    AND (a.spending_id = p.spending_id OR a.move_id = p.move_id OR a.reversal_id = p.reversal_id))))
BEGIN SELECT raise(ABORT, 'paper_voids_posted'); END;
CREATE TRIGGER paper_voids_signed BEFORE INSERT ON paper_voids
WHEN NEW.filed_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;
CREATE TRIGGER paper_voids_kept BEFORE UPDATE ON paper_voids BEGIN SELECT raise(ABORT, 'papers_kept'); END;
CREATE TRIGGER paper_voids_kept_deleted BEFORE DELETE ON paper_voids BEGIN SELECT raise(ABORT, 'papers_kept'); END;

-- the books of some months as they will hang on the village's board; `code` is what somebody types to see whether a sheet is genuine
CREATE TABLE disclosures (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  from_month TEXT NOT NULL CONSTRAINT disclosures_from_month CHECK (from_month IS strftime('%Y-%m', from_month || '-01')),
  to_month TEXT NOT NULL CONSTRAINT disclosures_to_month CHECK (to_month IS strftime('%Y-%m', to_month || '-01')),
  code TEXT NOT NULL UNIQUE CONSTRAINT disclosures_code CHECK (length(code) = 10 AND code NOT GLOB '*[^2-9A-HJ-NP-Z]*'),
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  key TEXT UNIQUE,
  CONSTRAINT disclosures_order CHECK (to_month >= from_month)
) STRICT;

CREATE INDEX disclosures_by_home ON disclosures (home_id, from_month);

-- checked or returned by the finance group (民主理财小组), then published
CREATE TABLE disclosure_steps (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  disclosure_id INTEGER NOT NULL REFERENCES disclosures (id),
  step TEXT NOT NULL CONSTRAINT disclosure_steps_step CHECK (step IN ('checked', 'returned', 'published')),
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT disclosure_steps_note CHECK (step <> 'returned' OR note IS NOT NULL AND trim(note, ' 　') <> '')
) STRICT;

CREATE UNIQUE INDEX disclosure_steps_disclosure_id_once ON disclosure_steps (disclosure_id, step);

-- what was frozen: a line for each gift, each spending, each thing in kind, and what there was before and after
CREATE TABLE disclosed (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  disclosure_id INTEGER NOT NULL REFERENCES disclosures (id),
  line INTEGER NOT NULL,
  side TEXT NOT NULL CONSTRAINT disclosed_side CHECK (side IN ('balance_before', 'income', 'spent', 'given_back', 'balance_after', 'goods')),
  day TEXT,
  number INTEGER,
  about TEXT, -- a source or a purpose
  who TEXT, -- masked
  fund TEXT,
  amount_fen INTEGER,
  item TEXT,
  quantity REAL
) STRICT;

CREATE UNIQUE INDEX disclosed_disclosure_id_once ON disclosed (disclosure_id, line);

CREATE TRIGGER disclosed_kept BEFORE UPDATE ON disclosed BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosed_kept_deleted BEFORE DELETE ON disclosed BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosed_drawn BEFORE INSERT ON disclosed WHEN NOT EXISTS (SELECT 1 FROM disclosing_now WHERE disclosure_id = NEW.disclosure_id)
BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;

-- the one disclosure whose lines are being drawn
CREATE TABLE disclosing_now (disclosure_id INTEGER PRIMARY KEY REFERENCES disclosures (id)) STRICT;

CREATE TRIGGER disclosures_drawn AFTER INSERT ON disclosures BEGIN
  INSERT INTO disclosing_now VALUES (NEW.id);
  INSERT INTO disclosed (home_id, disclosure_id, line, side, day, number, about, who, fund, amount_fen, item, quantity)
    SELECT NEW.home_id, NEW.id, row_number() OVER (ORDER BY rank, day, number, amount_fen DESC), side, day, number, about, who, fund,
      amount_fen, item, quantity
    FROM (
      SELECT 2 + (side = 'spent') + 2 * (side = 'given_back') + 4 * (side = 'goods') AS rank, side, day, number, about, who, fund, amount_fen,
        item, quantity
      FROM disclosing WHERE home_id = NEW.home_id AND month BETWEEN NEW.from_month AND NEW.to_month
      UNION ALL SELECT 1, 'balance_before', NULL, NULL, NULL, NULL, NULL,
        (SELECT coalesce(sum(received_fen - spent_fen - returned_fen), 0) FROM fund_months WHERE home_id = NEW.home_id AND month < NEW.from_month),
        NULL, NULL
      UNION ALL SELECT 5, 'balance_after', NULL, NULL, NULL, NULL, NULL,
        (SELECT coalesce(sum(received_fen - spent_fen - returned_fen), 0) FROM fund_months WHERE home_id = NEW.home_id AND month <= NEW.to_month),
        NULL, NULL);
  DELETE FROM disclosing_now;
END;

CREATE TRIGGER disclosures_over BEFORE INSERT ON disclosures WHEN NEW.to_month >= (SELECT substr(today, 1, 7) FROM clock)
BEGIN SELECT raise(ABORT, 'disclosures_over'); END;
CREATE TRIGGER disclosures_published BEFORE INSERT ON disclosures
WHEN EXISTS (SELECT 1 FROM published WHERE home_id = NEW.home_id AND from_month <= NEW.to_month AND to_month >= NEW.from_month)
BEGIN SELECT raise(ABORT, 'disclosures_published'); END;
CREATE TRIGGER disclosures_signed BEFORE INSERT ON disclosures
WHEN NEW.filed_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;
CREATE TRIGGER disclosures_kept BEFORE UPDATE ON disclosures BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosures_kept_deleted BEFORE DELETE ON disclosures BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;

CREATE TRIGGER disclosure_steps_home BEFORE INSERT ON disclosure_steps
WHEN NEW.home_id <> (SELECT home_id FROM disclosures WHERE id = NEW.disclosure_id)
BEGIN SELECT raise(ABORT, 'disclosure_steps_home'); END;
CREATE TRIGGER disclosure_steps_auditor BEFORE INSERT ON disclosure_steps WHEN NEW.step IN ('checked', 'returned')
  AND NOT EXISTS (SELECT 1 FROM users WHERE username = NEW.filed_by AND role = 'auditor' AND active)
BEGIN SELECT raise(ABORT, 'disclosure_steps_auditor'); END;
CREATE TRIGGER disclosure_steps_order BEFORE INSERT ON disclosure_steps WHEN CASE NEW.step
  WHEN 'published' THEN NOT EXISTS (SELECT 1 FROM disclosure_steps WHERE disclosure_id = NEW.disclosure_id AND step = 'checked')
  ELSE EXISTS (SELECT 1 FROM disclosure_steps WHERE disclosure_id = NEW.disclosure_id AND step <> NEW.step) END
BEGIN SELECT raise(ABORT, 'disclosure_steps_order'); END;
CREATE TRIGGER disclosure_steps_own BEFORE INSERT ON disclosure_steps
WHEN NEW.step = 'checked' AND NEW.filed_by = (SELECT filed_by FROM disclosures WHERE id = NEW.disclosure_id)
  OR NEW.step = 'published' AND EXISTS (SELECT 1 FROM users WHERE username = NEW.filed_by AND role <> 'official')
BEGIN SELECT raise(ABORT, 'disclosure_steps_own'); END;
CREATE TRIGGER disclosure_steps_twice BEFORE INSERT ON disclosure_steps
WHEN NEW.step = 'published' AND EXISTS (SELECT 1 FROM disclosures d JOIN published p ON p.home_id = d.home_id AND p.disclosure_id <> d.id
  AND p.from_month <= d.to_month AND p.to_month >= d.from_month WHERE d.id = NEW.disclosure_id)
BEGIN SELECT raise(ABORT, 'disclosures_published'); END;
-- since it was drawn the books have changed: it is returned and drawn anew
CREATE TRIGGER disclosure_steps_stale BEFORE INSERT ON disclosure_steps
WHEN NEW.step IN ('checked', 'published') AND EXISTS (
  SELECT 1 FROM disclosures d WHERE d.id = NEW.disclosure_id AND (
    SELECT coalesce(sum(amount_fen * (side = 'income')), 0) || ' ' || coalesce(sum(amount_fen * (side = 'spent')), 0) || ' '
      || coalesce(sum(amount_fen * (side = 'given_back')), 0) || ' ' || coalesce(sum(amount_fen * (side = 'balance_after')), 0)
    FROM disclosed WHERE disclosure_id = d.id)
  <> (SELECT coalesce(sum(received_fen * inside), 0) || ' ' || coalesce(sum(spent_fen * inside), 0) || ' '
      || coalesce(sum(returned_fen * inside), 0) || ' ' || coalesce(sum(received_fen - spent_fen - returned_fen), 0)
    FROM (SELECT *, month >= d.from_month AS inside FROM fund_months WHERE home_id = d.home_id AND month <= d.to_month)))
BEGIN SELECT raise(ABORT, 'disclosure_steps_stale'); END;
CREATE TRIGGER disclosure_steps_signed BEFORE INSERT ON disclosure_steps
WHEN NEW.filed_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;
CREATE TRIGGER disclosure_steps_kept BEFORE UPDATE ON disclosure_steps BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosure_steps_kept_deleted BEFORE DELETE ON disclosure_steps BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;

-- what is published gets its number
CREATE TRIGGER disclosures_numbered AFTER INSERT ON disclosure_steps WHEN NEW.step = 'published' BEGIN
  INSERT INTO papers (home_id, kind, year, number, disclosure_id, filed_by, filed_at)
    SELECT d.home_id, 'disclosure', CAST(substr(d.to_month, 1, 4) AS INTEGER),
      (SELECT coalesce(max(number), 0) + 1 FROM papers WHERE home_id = d.home_id AND kind = 'disclosure' AND year = CAST(substr(d.to_month, 1, 4) AS INTEGER)),
      d.id, NEW.filed_by, NEW.filed_at
    FROM disclosures d WHERE d.id = NEW.disclosure_id;
END;

-- a correction beside what was published
CREATE TABLE disclosure_notes (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  disclosure_id INTEGER NOT NULL REFERENCES disclosures (id),
  day TEXT NOT NULL CONSTRAINT disclosure_notes_day CHECK (day IS date(day, '+0 days')),
  note TEXT NOT NULL CONSTRAINT disclosure_notes_note CHECK (trim(note, ' 　') <> ''),
  filed_by TEXT NOT NULL,
  key TEXT UNIQUE
) STRICT;

CREATE INDEX disclosure_notes_by_disclosure ON disclosure_notes (disclosure_id);

CREATE TRIGGER disclosure_notes_published BEFORE INSERT ON disclosure_notes
WHEN NOT EXISTS (SELECT 1 FROM published WHERE disclosure_id = NEW.disclosure_id AND home_id = NEW.home_id)
BEGIN SELECT raise(ABORT, 'disclosure_notes_published'); END;
CREATE TRIGGER disclosure_notes_signed BEFORE INSERT ON disclosure_notes
WHEN NEW.filed_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;
CREATE TRIGGER disclosure_notes_kept BEFORE UPDATE ON disclosure_notes BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosure_notes_kept_deleted BEFORE DELETE ON disclosure_notes BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;

-- REPLACE takes a row out without a word: nothing that is kept may go like this
CREATE TRIGGER papers_spending_id_replaced BEFORE INSERT ON papers WHEN EXISTS (SELECT 1 FROM papers WHERE spending_id = NEW.spending_id)
BEGIN SELECT raise(ABORT, 'papers_spending_id_once'); END;
CREATE TRIGGER papers_move_id_replaced BEFORE INSERT ON papers WHEN EXISTS (SELECT 1 FROM papers WHERE move_id = NEW.move_id)
BEGIN SELECT raise(ABORT, 'papers_move_id_once'); END;
CREATE TRIGGER papers_reversal_id_replaced BEFORE INSERT ON papers WHEN EXISTS (SELECT 1 FROM papers WHERE reversal_id = NEW.reversal_id)
BEGIN SELECT raise(ABORT, 'papers_reversal_id_once'); END;
CREATE TRIGGER papers_disclosure_id_replaced BEFORE INSERT ON papers WHEN EXISTS (SELECT 1 FROM papers WHERE disclosure_id = NEW.disclosure_id)
BEGIN SELECT raise(ABORT, 'papers_disclosure_id_once'); END;
CREATE TRIGGER paper_voids_kept_replaced BEFORE INSERT ON paper_voids WHEN EXISTS (SELECT 1 FROM paper_voids WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'papers_kept'); END;
CREATE TRIGGER paper_voids_paper_id_replaced BEFORE INSERT ON paper_voids WHEN EXISTS (SELECT 1 FROM paper_voids WHERE paper_id = NEW.paper_id)
BEGIN SELECT raise(ABORT, 'paper_voids_paper_id_once'); END;
CREATE TRIGGER paper_voids_successor_id_replaced BEFORE INSERT ON paper_voids WHEN EXISTS (SELECT 1 FROM paper_voids WHERE successor_id = NEW.successor_id)
BEGIN SELECT raise(ABORT, 'paper_voids_successor_id_once'); END;
CREATE TRIGGER disclosures_kept_replaced BEFORE INSERT ON disclosures WHEN EXISTS (SELECT 1 FROM disclosures WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosures_code_replaced BEFORE INSERT ON disclosures WHEN EXISTS (SELECT 1 FROM disclosures WHERE code = NEW.code)
BEGIN SELECT raise(ABORT, 'disclosures_code_once'); END;
CREATE TRIGGER disclosure_steps_kept_replaced BEFORE INSERT ON disclosure_steps WHEN EXISTS (SELECT 1 FROM disclosure_steps WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosure_steps_replaced BEFORE INSERT ON disclosure_steps WHEN EXISTS (SELECT 1 FROM disclosure_steps WHERE disclosure_id = NEW.disclosure_id AND step = NEW.step)
BEGIN SELECT raise(ABORT, 'disclosure_steps_disclosure_id_once'); END;
CREATE TRIGGER disclosed_kept_replaced BEFORE INSERT ON disclosed WHEN EXISTS (SELECT 1 FROM disclosed WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
CREATE TRIGGER disclosed_replaced BEFORE INSERT ON disclosed WHEN EXISTS (SELECT 1 FROM disclosed WHERE disclosure_id = NEW.disclosure_id AND line = NEW.line)
BEGIN SELECT raise(ABORT, 'disclosed_disclosure_id_once'); END;
CREATE TRIGGER disclosure_notes_kept_replaced BEFORE INSERT ON disclosure_notes WHEN EXISTS (SELECT 1 FROM disclosure_notes WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'disclosed_kept'); END;
