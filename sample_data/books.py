"""Writes the drawn books of a home through all rules of the tables, and publishes those of the first one."""

from datetime import date

from sqlite_utils import Database

from sample_data.places import Row

FILE = """INSERT INTO spendings (home_id, day, fund_id, purpose, amount_fen, payee, served, served_count, handler, note, filed_by, filed_at)
SELECT :home_id, :day, id, :purpose, :amount_fen, :payee, :served, :served_count, :handler, :note, :filed_by, :day || 'T08:00:00Z'
FROM funds WHERE home_id = :home_id AND fund = :fund"""
DECIDE = """INSERT INTO approvals (home_id, {what}_id, outcome, decided_by, decided_at, note)
VALUES (?, ?, ?, ?, ? || 'T09:00:00Z', ?)"""
REVERSE = """INSERT INTO reversals (home_id, day, spending_id, reason, filed_by, filed_at)
VALUES (:home_id, :day, ?, '发票开错，重新开具', :filed_by, :day || 'T10:00:00Z')"""
ASSETS = """INSERT INTO assets (home_id, spending_id, asset, day, signed_day)
SELECT s.home_id, s.id, CASE s.purpose WHEN 'equipment' THEN '轮椅' ELSE '护理床' END, s.day,
  iif(row_number() OVER (ORDER BY s.id) % 3 = 0, NULL, s.day)
FROM spendings s JOIN approvals a ON a.spending_id = s.id AND a.outcome = 'approved'
WHERE s.home_id = ? AND s.purpose IN ('equipment', 'beds')"""
TERMS = """INSERT INTO fund_terms (home_id, fund_id, term, due_by)
SELECT home_id, id, '报送使用情况和照片', date(today, '+30 days') FROM funds, clock
WHERE home_id = ? AND fund IN ('equipment', 'lottery_equipment')"""
BANK = """INSERT INTO bank_lines (home_id, day, amount_fen, counterpart, gift_id, spending_id)
SELECT g.home_id, g.day, g.amount_fen, g.donor, g.id, NULL FROM gifts g, clock
  WHERE g.home_id = ? AND g.amount_fen IS NOT NULL AND g.day > date(today, '-60 days')
UNION ALL SELECT s.home_id, s.day, -s.amount_fen, s.payee, NULL, NULL FROM spendings s JOIN approvals a ON a.spending_id = s.id, clock
  WHERE s.home_id = ? AND a.outcome = 'approved' AND s.day > date(today, '-60 days')"""
DRAW_UP = "INSERT INTO disclosures (home_id, from_month, to_month, code, filed_by) VALUES (1, ?, ?, ?, 'official')"
STEP = "INSERT INTO disclosure_steps (home_id, disclosure_id, step, filed_by) VALUES (1, ?, ?, ?)"


def vouchers(db: Database, rows: list[Row]) -> None:
    """File each voucher, then decide it as it was drawn; those that were wrong are taken back."""
    for row in rows:
        filer, decider = row["signers"]
        found = row | {"filed_by": filer}
        id = db.conn.execute(FILE, found).lastrowid
        if row["outcome"]:
            note = "请补上发票" if row["outcome"] == "refused" else None
            db.conn.execute(
                DECIDE.format(what="spending"), [row["home_id"], id, row["outcome"], decider, row["day"], note]
            )
        if row["reversed"]:
            reversal = db.conn.execute(REVERSE.replace("?", str(id)), found).lastrowid
            db.conn.execute(
                DECIDE.format(what="reversal"), [row["home_id"], reversal, "approved", decider, row["day"], None]
            )


def pledges(db: Database, rows: list[Row]) -> None:
    """Put in pledges with their instalments, all alike."""
    for row in rows:
        parts = row["parts"]
        names = [name for name in row if name != "parts"]
        values = ", ".join(f":{name}" for name in names)
        db.conn.execute(f"INSERT INTO pledges ({', '.join(names)}) VALUES ({values})", row)  # noqa: S608 - names of our own
        each = [[row["home_id"], row["id"], day, row["amount_fen"] // len(parts)] for day in parts]
        db.conn.executemany(
            "INSERT INTO pledge_parts (home_id, pledge_id, due_by, amount_fen) VALUES (?, ?, ?, ?)", each
        )


def beside(db: Database, home: dict[str, list[Row]]) -> None:
    """Things bought, what a grant asks for, and the last lines of the bank, of a home that has all there is."""
    if "budgets" in home:
        id = home["homes"][0]["id"]
        for sql, values in ((ASSETS, [id]), (TERMS, [id]), (BANK, [id, id])):
            db.conn.execute(sql, values)


def publish(db: Database) -> None:
    """The last three quarters of the first home: two are published, the last is checked and waits."""
    today = date.fromisoformat(db.conn.execute("SELECT today FROM clock").fetchone()[0])
    this = (today.year * 12 + today.month - 1) // 3 * 3
    for back, code in ((9, "DEM2ABCDEF"), (6, "DEM3ABCDEF"), (3, "DEM4ABCDEF")):
        first, last = (f"{month // 12}-{month % 12 + 1:02d}" for month in (this - back, this - back + 2))
        id = db.conn.execute(DRAW_UP, [first, last, code]).lastrowid
        db.conn.execute(STEP, [id, "checked", "auditor"])
        if back > 3:
            db.conn.execute(STEP, [id, "published", "official"])
