-- What is spent, moved, given back and reversed: filed by one, approved by another, and only then in the ledger.

-- a voucher: it counts once somebody else than who filed it has approved it. `served` is what it was for, and how many
CREATE TABLE spendings (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT spendings_day CHECK (day IS date(day, '+0 days')),
  fund_id INTEGER NOT NULL REFERENCES funds (id),
  purpose TEXT NOT NULL REFERENCES purposes (code),
  amount_fen INTEGER NOT NULL CONSTRAINT spendings_amount CHECK (amount_fen BETWEEN 1 AND 100000000000),
  payee TEXT NOT NULL CONSTRAINT spendings_payee CHECK (trim(payee, ' 　') <> '' AND length(payee) <= 60),
  served TEXT CONSTRAINT spendings_served CHECK (served IN ('meals_served', 'warm_days', 'care_hours_paid', 'things_bought', 'times_helped')),
  served_count INTEGER CONSTRAINT spendings_served_count CHECK (served_count BETWEEN 1 AND 1000000),
  handler TEXT NOT NULL CONSTRAINT spendings_handler CHECK (trim(handler, ' 　') <> ''),
  note TEXT,
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  key TEXT UNIQUE,
  CONSTRAINT spendings_counted CHECK (served_count IS NULL OR served IS NOT NULL)
) STRICT;

CREATE INDEX spendings_by_home ON spendings (home_id, day);
CREATE INDEX spendings_by_fund ON spendings (fund_id);

-- money from one fund into another: a transfer within what it was given for; another purpose, for one gift, with the donor's consent;
-- or back to the donor. With a reason, and approved by a second person
CREATE TABLE moves (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT moves_day CHECK (day IS date(day, '+0 days')),
  kind TEXT NOT NULL CONSTRAINT moves_kind CHECK (kind IN ('between_funds', 'repurpose', 'give_back')),
  from_fund_id INTEGER NOT NULL REFERENCES funds (id),
  to_fund_id INTEGER REFERENCES funds (id),
  gift_id INTEGER REFERENCES gifts (id),
  amount_fen INTEGER NOT NULL CONSTRAINT moves_amount CHECK (amount_fen BETWEEN 1 AND 100000000000),
  reason TEXT NOT NULL CONSTRAINT moves_reason CHECK (trim(reason, ' 　') <> ''),
  consent_by TEXT,
  consent_day TEXT CONSTRAINT moves_consent_day CHECK (consent_day IS date(consent_day, '+0 days')),
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  key TEXT UNIQUE,
  CONSTRAINT moves_sides CHECK ((kind = 'give_back') = (to_fund_id IS NULL) AND from_fund_id IS NOT to_fund_id),
  CONSTRAINT moves_gift CHECK (kind = 'between_funds' OR gift_id IS NOT NULL),
  CONSTRAINT moves_consent CHECK (kind <> 'repurpose' OR consent_by IS NOT NULL AND trim(consent_by, ' 　') <> ''
    AND consent_day IS NOT NULL AND consent_day <= day)
) STRICT;

CREATE INDEX moves_by_home ON moves (home_id, day);
CREATE INDEX moves_by_gift ON moves (gift_id) WHERE gift_id IS NOT NULL;

-- what was approved and was wrong is taken back whole, once
CREATE TABLE reversals (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  day TEXT NOT NULL CONSTRAINT reversals_day CHECK (day IS date(day, '+0 days')),
  spending_id INTEGER REFERENCES spendings (id),
  move_id INTEGER REFERENCES moves (id),
  reason TEXT NOT NULL CONSTRAINT reversals_reason CHECK (trim(reason, ' 　') <> ''),
  filed_by TEXT NOT NULL,
  filed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  key TEXT UNIQUE,
  CONSTRAINT reversals_of CHECK ((spending_id IS NULL) <> (move_id IS NULL))
) STRICT;

CREATE INDEX reversals_by_home ON reversals (home_id, day);
CREATE INDEX reversals_by_spending ON reversals (spending_id) WHERE spending_id IS NOT NULL;
CREATE INDEX reversals_by_move ON reversals (move_id) WHERE move_id IS NOT NULL;

CREATE TABLE approvals (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  spending_id INTEGER UNIQUE REFERENCES spendings (id),
  move_id INTEGER UNIQUE REFERENCES moves (id),
  reversal_id INTEGER UNIQUE REFERENCES reversals (id),
  outcome TEXT NOT NULL CONSTRAINT approvals_outcome CHECK (outcome IN ('approved', 'refused', 'withdrawn')),
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  note TEXT,
  key TEXT UNIQUE,
  CONSTRAINT approvals_of CHECK ((spending_id IS NOT NULL) + (move_id IS NOT NULL) + (reversal_id IS NOT NULL) = 1),
  CONSTRAINT approvals_note CHECK (outcome <> 'refused' OR note IS NOT NULL AND trim(note, ' 　') <> '')
) STRICT;

CREATE TRIGGER spendings_future BEFORE INSERT ON spendings
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'spendings_future'); END;
CREATE TRIGGER spendings_kept BEFORE UPDATE ON spendings BEGIN SELECT raise(ABORT, 'spendings_kept'); END;
CREATE TRIGGER spendings_kept_deleted BEFORE DELETE ON spendings BEGIN SELECT raise(ABORT, 'spendings_kept'); END;
CREATE TRIGGER spendings_kept_replaced BEFORE INSERT ON spendings
WHEN EXISTS (SELECT 1 FROM spendings WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'spendings_kept'); END;
CREATE TRIGGER spendings_published BEFORE INSERT ON spendings
WHEN EXISTS (SELECT 1 FROM published WHERE home_id = NEW.home_id AND substr(NEW.day, 1, 7) BETWEEN from_month AND to_month)
BEGIN SELECT raise(ABORT, 'published'); END;
CREATE TRIGGER spendings_signed BEFORE INSERT ON spendings
WHEN NEW.filed_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;
CREATE TRIGGER moves_future BEFORE INSERT ON moves
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'moves_future'); END;
CREATE TRIGGER moves_kept BEFORE UPDATE ON moves BEGIN SELECT raise(ABORT, 'moves_kept'); END;
CREATE TRIGGER moves_kept_deleted BEFORE DELETE ON moves BEGIN SELECT raise(ABORT, 'moves_kept'); END;
CREATE TRIGGER moves_kept_replaced BEFORE INSERT ON moves
WHEN EXISTS (SELECT 1 FROM moves WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'moves_kept'); END;
CREATE TRIGGER moves_published BEFORE INSERT ON moves
WHEN EXISTS (SELECT 1 FROM published WHERE home_id = NEW.home_id AND substr(NEW.day, 1, 7) BETWEEN from_month AND to_month)
BEGIN SELECT raise(ABORT, 'published'); END;
CREATE TRIGGER moves_signed BEFORE INSERT ON moves
WHEN NEW.filed_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;
CREATE TRIGGER reversals_future BEFORE INSERT ON reversals
WHEN NEW.day IS date(NEW.day, '+0 days') AND NEW.day > (SELECT today FROM clock)
BEGIN SELECT raise(ABORT, 'reversals_future'); END;
CREATE TRIGGER reversals_kept BEFORE UPDATE ON reversals BEGIN SELECT raise(ABORT, 'reversals_kept'); END;
CREATE TRIGGER reversals_kept_deleted BEFORE DELETE ON reversals BEGIN SELECT raise(ABORT, 'reversals_kept'); END;
CREATE TRIGGER reversals_kept_replaced BEFORE INSERT ON reversals
WHEN EXISTS (SELECT 1 FROM reversals WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'reversals_kept'); END;
CREATE TRIGGER reversals_published BEFORE INSERT ON reversals
WHEN EXISTS (SELECT 1 FROM published WHERE home_id = NEW.home_id AND substr(NEW.day, 1, 7) BETWEEN from_month AND to_month)
BEGIN SELECT raise(ABORT, 'published'); END;
CREATE TRIGGER reversals_signed BEFORE INSERT ON reversals
WHEN NEW.filed_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;

CREATE TRIGGER spendings_home BEFORE INSERT ON spendings
WHEN NEW.home_id <> (SELECT home_id FROM funds WHERE id = NEW.fund_id)
BEGIN SELECT raise(ABORT, 'spendings_home'); END;
CREATE TRIGGER spendings_purpose BEFORE INSERT ON spendings
WHEN EXISTS (SELECT 1 FROM funds WHERE id = NEW.fund_id AND kind = 'restricted' AND NEW.purpose NOT IN (SELECT value FROM json_each(purposes)))
BEGIN SELECT raise(ABORT, 'spendings_purpose'); END;
CREATE TRIGGER spendings_begun BEFORE INSERT ON spendings
WHEN NEW.day < (SELECT from_day FROM funds WHERE id = NEW.fund_id)
BEGIN SELECT raise(ABORT, 'spendings_begun'); END;
CREATE TRIGGER spendings_ended BEFORE INSERT ON spendings
WHEN NEW.day > (SELECT until_day FROM funds WHERE id = NEW.fund_id)
BEGIN SELECT raise(ABORT, 'spendings_ended'); END;
CREATE TRIGGER spendings_over BEFORE INSERT ON spendings
WHEN NEW.amount_fen > (SELECT coalesce(sum(left_fen), 0) FROM open_lots WHERE fund_id = NEW.fund_id)
BEGIN SELECT raise(ABORT, 'spendings_over'); END;
CREATE TRIGGER spendings_early BEFORE INSERT ON spendings
WHEN NEW.amount_fen <= (SELECT sum(left_fen) FROM open_lots WHERE fund_id = NEW.fund_id)
  AND NEW.amount_fen > (SELECT coalesce(sum(left_fen), 0) FROM open_lots WHERE fund_id = NEW.fund_id AND lot_day <= NEW.day)
BEGIN SELECT raise(ABORT, 'spendings_early'); END;

CREATE TRIGGER moves_home BEFORE INSERT ON moves
WHEN EXISTS (SELECT 1 FROM funds WHERE id IN (NEW.from_fund_id, NEW.to_fund_id) AND home_id <> NEW.home_id)
BEGIN SELECT raise(ABORT, 'moves_home'); END;
-- within its purposes money may go where it is bound as much or more; from there only with consent
CREATE TRIGGER moves_purpose BEFORE INSERT ON moves
WHEN NEW.kind = 'between_funds' AND EXISTS (SELECT 1 FROM funds a JOIN funds b ON b.id = NEW.to_fund_id
  WHERE a.id = NEW.from_fund_id AND a.kind = 'restricted' AND (b.kind = 'general'
    OR EXISTS (SELECT 1 FROM json_each(b.purposes) WHERE value NOT IN (SELECT value FROM json_each(a.purposes)))))
BEGIN SELECT raise(ABORT, 'moves_purpose'); END;
CREATE TRIGGER moves_ended BEFORE INSERT ON moves
WHEN NEW.day NOT BETWEEN coalesce((SELECT from_day FROM funds WHERE id = NEW.to_fund_id), '')
  AND coalesce((SELECT until_day FROM funds WHERE id = NEW.to_fund_id), '9999')
BEGIN SELECT raise(ABORT, 'moves_ended'); END;
CREATE TRIGGER moves_over BEFORE INSERT ON moves
WHEN NEW.amount_fen > (SELECT coalesce(sum(left_fen), 0) FROM open_lots WHERE fund_id = NEW.from_fund_id AND gift_id = coalesce(NEW.gift_id, gift_id))
BEGIN SELECT raise(ABORT, 'moves_over'); END;
CREATE TRIGGER moves_early BEFORE INSERT ON moves
WHEN NEW.amount_fen <= (SELECT sum(left_fen) FROM open_lots WHERE fund_id = NEW.from_fund_id AND gift_id = coalesce(NEW.gift_id, gift_id))
  AND NEW.amount_fen > (SELECT coalesce(sum(left_fen), 0) FROM open_lots
    WHERE fund_id = NEW.from_fund_id AND gift_id = coalesce(NEW.gift_id, gift_id) AND lot_day <= NEW.day)
BEGIN SELECT raise(ABORT, 'moves_early'); END;
CREATE TRIGGER moves_lottery BEFORE INSERT ON moves
WHEN EXISTS (SELECT 1 FROM funds WHERE id = NEW.to_fund_id AND (kind = 'general'
    OR EXISTS (SELECT 1 FROM json_each(purposes) WHERE value NOT IN ('repairs', 'equipment'))))
  AND EXISTS (SELECT 1 FROM open_lots WHERE fund_id = NEW.from_fund_id AND gift_id = coalesce(NEW.gift_id, gift_id) AND source = 'lottery')
BEGIN SELECT raise(ABORT, 'moves_lottery'); END;

CREATE TRIGGER reversals_home BEFORE INSERT ON reversals
WHEN NEW.home_id <> coalesce((SELECT home_id FROM spendings WHERE id = NEW.spending_id), (SELECT home_id FROM moves WHERE id = NEW.move_id))
BEGIN SELECT raise(ABORT, 'reversals_home'); END;
CREATE TRIGGER reversals_order BEFORE INSERT ON reversals
WHEN NEW.day < coalesce((SELECT day FROM spendings WHERE id = NEW.spending_id), (SELECT day FROM moves WHERE id = NEW.move_id))
BEGIN SELECT raise(ABORT, 'reversals_order'); END;
CREATE TRIGGER reversals_posted BEFORE INSERT ON reversals
WHEN NOT EXISTS (SELECT 1 FROM approvals WHERE outcome = 'approved' AND (spending_id = NEW.spending_id OR move_id = NEW.move_id))
BEGIN SELECT raise(ABORT, 'reversals_posted'); END;
-- one that waits or was approved is enough
CREATE TRIGGER reversals_once BEFORE INSERT ON reversals
WHEN EXISTS (SELECT 1 FROM reversals r LEFT JOIN approvals a ON a.reversal_id = r.id
  WHERE (r.spending_id = NEW.spending_id OR r.move_id = NEW.move_id) AND coalesce(a.outcome, 'approved') = 'approved')
BEGIN SELECT raise(ABORT, 'reversals_once'); END;
CREATE TRIGGER reversals_used BEFORE INSERT ON reversals
WHEN EXISTS (SELECT 1 FROM fund_entries e JOIN gift_lots l USING (fund_id, gift_id, lot_day)
  WHERE e.move_id = NEW.move_id AND e.amount_fen > 0 AND e.reverses_id IS NULL AND l.left_fen < e.amount_fen)
BEGIN SELECT raise(ABORT, 'reversals_used'); END;

CREATE TRIGGER approvals_kept BEFORE UPDATE ON approvals BEGIN SELECT raise(ABORT, 'approvals_kept'); END;
CREATE TRIGGER approvals_kept_deleted BEFORE DELETE ON approvals BEGIN SELECT raise(ABORT, 'approvals_kept'); END;
CREATE TRIGGER approvals_kept_replaced BEFORE INSERT ON approvals
WHEN EXISTS (SELECT 1 FROM approvals WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'approvals_kept'); END;
CREATE TRIGGER approvals_signed BEFORE INSERT ON approvals
WHEN NEW.decided_by <> (SELECT name FROM actor) AND EXISTS (SELECT 1 FROM users WHERE username = (SELECT name FROM actor))
BEGIN SELECT raise(ABORT, 'signed_by_another'); END;
CREATE TRIGGER approvals_home BEFORE INSERT ON approvals
WHEN NEW.home_id <> coalesce((SELECT home_id FROM spendings WHERE id = NEW.spending_id),
  (SELECT home_id FROM moves WHERE id = NEW.move_id), (SELECT home_id FROM reversals WHERE id = NEW.reversal_id))
BEGIN SELECT raise(ABORT, 'approvals_home'); END;
CREATE TRIGGER approvals_own BEFORE INSERT ON approvals
WHEN NEW.outcome <> 'withdrawn' AND NEW.decided_by = coalesce((SELECT filed_by FROM spendings WHERE id = NEW.spending_id),
  (SELECT filed_by FROM moves WHERE id = NEW.move_id), (SELECT filed_by FROM reversals WHERE id = NEW.reversal_id))
BEGIN SELECT raise(ABORT, 'approvals_own'); END;
CREATE TRIGGER approvals_withdrawn BEFORE INSERT ON approvals
WHEN NEW.outcome = 'withdrawn' AND NEW.decided_by <> coalesce((SELECT filed_by FROM spendings WHERE id = NEW.spending_id),
  (SELECT filed_by FROM moves WHERE id = NEW.move_id), (SELECT filed_by FROM reversals WHERE id = NEW.reversal_id))
BEGIN SELECT raise(ABORT, 'approvals_withdrawn'); END;
CREATE TRIGGER approvals_official BEFORE INSERT ON approvals
WHEN NEW.outcome <> 'withdrawn' AND EXISTS (SELECT 1 FROM users WHERE username = NEW.decided_by AND role <> 'official')
BEGIN SELECT raise(ABORT, 'approvals_official'); END;
CREATE TRIGGER approvals_published BEFORE INSERT ON approvals
WHEN NEW.outcome = 'approved' AND EXISTS (SELECT 1 FROM filings f JOIN published p ON p.home_id = f.home_id
  AND substr(f.day, 1, 7) BETWEEN from_month AND to_month
  WHERE f.spending_id = NEW.spending_id OR f.move_id = NEW.move_id OR f.reversal_id = NEW.reversal_id)
BEGIN SELECT raise(ABORT, 'published'); END;

-- what was enough when it was filed may have been spent since
CREATE TRIGGER approvals_spending_over BEFORE INSERT ON approvals
WHEN NEW.outcome = 'approved' AND EXISTS (SELECT 1 FROM spendings s WHERE s.id = NEW.spending_id
  AND amount_fen > (SELECT coalesce(sum(left_fen), 0) FROM open_lots o WHERE o.fund_id = s.fund_id AND o.lot_day <= s.day))
BEGIN SELECT raise(ABORT, 'spendings_over'); END;
CREATE TRIGGER approvals_move_over BEFORE INSERT ON approvals
WHEN NEW.outcome = 'approved' AND EXISTS (SELECT 1 FROM moves m WHERE m.id = NEW.move_id AND amount_fen > (
  SELECT coalesce(sum(left_fen), 0) FROM open_lots o WHERE o.fund_id = m.from_fund_id AND o.lot_day <= m.day AND o.gift_id = coalesce(m.gift_id, o.gift_id)))
BEGIN SELECT raise(ABORT, 'moves_over'); END;
CREATE TRIGGER approvals_move_lottery BEFORE INSERT ON approvals
WHEN NEW.outcome = 'approved' AND EXISTS (SELECT 1 FROM moves m JOIN funds f ON f.id = m.to_fund_id WHERE m.id = NEW.move_id
  AND (f.kind = 'general' OR EXISTS (SELECT 1 FROM json_each(f.purposes) WHERE value NOT IN ('repairs', 'equipment')))
  AND EXISTS (SELECT 1 FROM open_lots o WHERE o.fund_id = m.from_fund_id AND o.gift_id = coalesce(m.gift_id, o.gift_id) AND o.source = 'lottery'))
BEGIN SELECT raise(ABORT, 'moves_lottery'); END;
CREATE TRIGGER approvals_reversal_used BEFORE INSERT ON approvals
WHEN NEW.outcome = 'approved' AND EXISTS (SELECT 1 FROM reversals r JOIN fund_entries e ON e.move_id = r.move_id
  JOIN gift_lots l USING (fund_id, gift_id, lot_day)
  WHERE r.id = NEW.reversal_id AND e.amount_fen > 0 AND e.reverses_id IS NULL AND l.left_fen < e.amount_fen)
BEGIN SELECT raise(ABORT, 'reversals_used'); END;

-- an approved one is booked: each gift that it draws on has an entry of its own
CREATE TRIGGER approvals_spent AFTER INSERT ON approvals WHEN NEW.outcome = 'approved' AND NEW.spending_id IS NOT NULL BEGIN
  INSERT INTO fund_entries (home_id, fund_id, gift_id, lot_day, day, kind, amount_fen, source, purpose, spending_id)
    SELECT s.home_id, s.fund_id, o.gift_id, o.lot_day, s.day, 'spending', -min(o.left_fen, s.amount_fen - o.before), o.source, s.purpose, s.id
    FROM spendings s JOIN (SELECT l.*, sum(l.left_fen) OVER (ORDER BY l.turn, l.gift_id, l.lot_day ROWS UNBOUNDED PRECEDING) - l.left_fen AS before
      FROM open_lots l JOIN spendings w ON w.id = NEW.spending_id AND l.fund_id = w.fund_id AND l.lot_day <= w.day) o
    WHERE s.id = NEW.spending_id AND o.before < s.amount_fen;
END;
CREATE TRIGGER approvals_moved AFTER INSERT ON approvals WHEN NEW.outcome = 'approved' AND NEW.move_id IS NOT NULL BEGIN
  INSERT INTO fund_entries (home_id, fund_id, gift_id, lot_day, day, kind, amount_fen, source, move_id)
    SELECT m.home_id, m.from_fund_id, o.gift_id, o.lot_day, m.day, CASE m.kind WHEN 'give_back' THEN 'refund' ELSE 'moved' END,
      -min(o.left_fen, m.amount_fen - o.before), o.source, m.id
    FROM moves m JOIN (SELECT l.*, sum(l.left_fen) OVER (ORDER BY l.turn, l.gift_id, l.lot_day ROWS UNBOUNDED PRECEDING) - l.left_fen AS before
      FROM open_lots l JOIN moves w ON w.id = NEW.move_id AND l.fund_id = w.from_fund_id AND l.lot_day <= w.day
        AND l.gift_id = coalesce(w.gift_id, l.gift_id)) o
    WHERE m.id = NEW.move_id AND o.before < m.amount_fen;
  INSERT INTO fund_entries (home_id, fund_id, gift_id, lot_day, day, kind, amount_fen, source, move_id)
    SELECT e.home_id, m.to_fund_id, e.gift_id, m.day, m.day, 'moved', -sum(e.amount_fen), e.source, m.id
    FROM moves m JOIN fund_entries e ON e.move_id = m.id WHERE m.id = NEW.move_id AND m.to_fund_id IS NOT NULL GROUP BY e.gift_id;
END;
CREATE TRIGGER approvals_reversed AFTER INSERT ON approvals WHEN NEW.outcome = 'approved' AND NEW.reversal_id IS NOT NULL BEGIN
  INSERT INTO fund_entries
      (home_id, fund_id, gift_id, lot_day, day, kind, amount_fen, source, purpose, spending_id, move_id, reversal_id, reverses_id)
    SELECT e.home_id, e.fund_id, e.gift_id, CASE WHEN e.amount_fen > 0 THEN e.lot_day ELSE r.day END, r.day, e.kind, -e.amount_fen,
      e.source, e.purpose, e.spending_id, e.move_id, r.id, e.id
    FROM reversals r JOIN fund_entries e ON e.spending_id = r.spending_id OR e.move_id = r.move_id
    WHERE r.id = NEW.reversal_id AND e.reverses_id IS NULL;
END;

-- a picture of the bill
CREATE TABLE bills (
  id INTEGER PRIMARY KEY,
  home_id INTEGER NOT NULL REFERENCES homes (id),
  spending_id INTEGER NOT NULL REFERENCES spendings (id),
  image TEXT NOT NULL CONSTRAINT bills_image CHECK (length(image) BETWEEN 1 AND 400000), -- base64
  key TEXT UNIQUE
) STRICT;

CREATE INDEX bills_by_spending ON bills (spending_id);

CREATE TRIGGER bills_home BEFORE INSERT ON bills WHEN NEW.home_id <> (SELECT home_id FROM spendings WHERE id = NEW.spending_id)
BEGIN SELECT raise(ABORT, 'bills_home'); END;
CREATE TRIGGER bills_kept BEFORE UPDATE ON bills BEGIN SELECT raise(ABORT, 'bills_kept'); END;
CREATE TRIGGER bills_kept_deleted BEFORE DELETE ON bills BEGIN SELECT raise(ABORT, 'bills_kept'); END;

INSERT INTO settings (name, value) VALUES ('gift_order', 'oldest_first');

CREATE TRIGGER settings_gift_order BEFORE UPDATE ON settings
WHEN NEW.name = 'gift_order' AND NEW.value NOT IN ('oldest_first', 'newest_first')
BEGIN SELECT raise(ABORT, 'settings_gift_order'); END;

-- REPLACE takes a row out without a word: nothing that is kept may go like this
CREATE TRIGGER approvals_spending_id_replaced BEFORE INSERT ON approvals WHEN EXISTS (SELECT 1 FROM approvals WHERE spending_id = NEW.spending_id)
BEGIN SELECT raise(ABORT, 'approvals_spending_id_once'); END;
CREATE TRIGGER approvals_move_id_replaced BEFORE INSERT ON approvals WHEN EXISTS (SELECT 1 FROM approvals WHERE move_id = NEW.move_id)
BEGIN SELECT raise(ABORT, 'approvals_move_id_once'); END;
CREATE TRIGGER approvals_reversal_id_replaced BEFORE INSERT ON approvals WHEN EXISTS (SELECT 1 FROM approvals WHERE reversal_id = NEW.reversal_id)
BEGIN SELECT raise(ABORT, 'approvals_reversal_id_once'); END;
CREATE TRIGGER bills_kept_replaced BEFORE INSERT ON bills WHEN EXISTS (SELECT 1 FROM bills WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT raise(ABORT, 'bills_kept'); END;
