"""How long the funder's page and the committee's money page take in a county with five years of books, and a statement of 5,000 gifts."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from sqlite_utils import Database
from tqdm import tqdm

from bench import years
from bench.reads import Clocked, Times, once, signed_in
from components import donor_papers
from db import scope

MOST_MS, MOST_S, GIFTS = 60, 3, 5000
TODAY = "2026-11-20"
SHIFT = "date(day, :back) AS day"
EARLIER = f"""INSERT INTO gifts (home_id, day, donor, source, amount_fen, purpose, handler)
SELECT home_id, {SHIFT}, donor, source, amount_fen, purpose, handler FROM gifts
WHERE amount_fen IS NOT NULL AND day > :since ORDER BY day"""
VOUCHERS = """INSERT INTO spendings (home_id, day, fund_id, purpose, amount_fen, payee, served, served_count, handler, filed_by)
SELECT s.home_id, date(s.day, :back), s.fund_id, s.purpose, s.amount_fen, s.payee, s.served, s.served_count, s.handler, s.filed_by
FROM spendings s JOIN approvals a ON a.spending_id = s.id AND a.outcome = 'approved'
WHERE s.day > :since AND s.id NOT IN (SELECT spending_id FROM reversals WHERE spending_id IS NOT NULL) ORDER BY s.day, s.id"""
MANY = """WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < :gifts - 1)
INSERT INTO gifts (home_id, day, donor, source, amount_fen, purpose, handler)
SELECT 2 + n % 100, date('2026-11-01', '-' || (n / 100 * 36 + n % 30) || ' days'),
  (SELECT donor FROM users WHERE username = 'funder'), 'enterprise', 10000 + n % 7 * 1000, 'meals', '会计' FROM n ORDER BY n DESC"""
MANY_SPENT = """INSERT INTO spendings (home_id, day, fund_id, purpose, amount_fen, payee, served, served_count, handler, filed_by)
SELECT g.home_id, date(g.day, '+15 days'), f.id, 'meals', g.amount_fen - 1500, '粮油店', 'meals_served', 12, '会计', 'caretaker'
FROM gifts g JOIN funds f ON f.home_id = g.home_id AND f.fund = 'meals' WHERE g.handler = '会计' ORDER BY g.day"""
APPROVED = """INSERT INTO approvals (home_id, spending_id, outcome, decided_by)
SELECT home_id, id, 'approved', 'official' FROM spendings WHERE id > :after AND filed_by <> 'official' ORDER BY day, id"""
LAST = "SELECT coalesce(max(id), 0) FROM spendings"


def money_reads(county: Path, runs: int) -> str:
    """Milliseconds of database time of each page, of clock and processor, medians; seconds for a statement; marks where too slow."""
    data = years.grown(county, "county_money", [_write])
    who = {"giving": signed_in(data, "funder"), "money": years.of_month(signed_in(data, "official"))}
    seen: dict[str, list[Times]] = {page: [] for page in who}
    for _ in tqdm(range(runs), "money", leave=False, disable=None):
        for page, reader in who.items():
            seen[page].append(once(reader, page))
    lines = [_line(page, *(median(each) for each in zip(*times, strict=True))) for page, times in seen.items()]
    return "\n".join([*lines, *_papers(who["giving"])])


def _line(page: str, clock: float, processor: float) -> str:
    return f"{page}: {clock:.1f} ms, {processor:.1f} ms CPU{_slow(processor, MOST_MS)}"


def _slow(value: float, most: float) -> str:
    return "" if value <= most else "  too slow"


def _papers(funder: Clocked) -> Iterator[str]:
    """Seconds that the workbook and the printed statement of all gifts take."""
    for name, make in (("workbook", donor_papers.workbook), ("statement", donor_papers.statement)):
        scope.forget()
        clock, processor = time.perf_counter(), time.thread_time()
        size = len(make(funder, None, "2020-01-01", TODAY))
        took, cpu = time.perf_counter() - clock, time.thread_time() - processor
        yield f"{name} over {GIFTS} gifts and more: {took:.2f} s, {cpu:.2f} s CPU, {size / 1e6:.1f} MB{_slow(cpu, MOST_S)}"


def _write(db: Database) -> None:
    since = date(2025, 11, 20).isoformat()
    for ago in range(1, years.YEARS):
        after, back = db.execute(LAST).fetchone()[0], {"back": f"-{ago} years", "since": since}
        db.conn.execute(EARLIER, back)
        db.conn.execute(VOUCHERS, back)
        db.conn.execute(APPROVED, {"after": after})
    after = db.execute(LAST).fetchone()[0]
    db.conn.execute(MANY, {"gifts": GIFTS})
    db.conn.execute(MANY_SPENT)
    db.conn.execute(APPROVED, {"after": after})
