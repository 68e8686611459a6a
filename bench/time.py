"""How long the database takes for the committee's page of the time bank: a county after one year and after five, and one home in it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from sqlite_utils import Database
from streamlit.testing.v1 import AppTest
from tqdm import tqdm

from bench.reads import Clocked, Times, _signed_in
from db import scope, store

SCRIPT = """
import streamlit as st
from pages import timebank
timebank.page(st.session_state["scope"])
"""
MOST_MS, YEARS, MONTH = 60, 5, "2026-11"
EVERY = 8  # of the log's entries that are confirmed: some fifteen a home and month, thirty times what is seen anywhere
COLUMNS = "home_id, day, giver_id, receiver_id, service, start_minute, minutes"
CONFIRMED = f"""INSERT INTO care_logs ({COLUMNS}, confirmed) SELECT l.home_id, date(l.day, :back), l.giver_id, l.receiver_id, l.service,
  l.start_minute, l.minutes, 'caretaker' FROM care_logs l JOIN persons g ON g.id = l.giver_id AND g.home_id = l.home_id
  JOIN persons r ON r.id = l.receiver_id AND r.home_id = l.home_id JOIN services v ON v.code = l.service AND v.professional = 0
WHERE l.id % {EVERY} = 0 AND l.undone_at IS NULL AND l.day > date('2026-11-20', '-1 year') AND l.confirmed IS NULL
  AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id IN (l.giver_id, l.receiver_id) AND s.end_reason = 'death') ORDER BY l.day"""
ASKED = """INSERT INTO requests (home_id, person_id, service, day, start_minute, minutes, asked_at, payer_id)
SELECT home_id, receiver_id, service, day, start_minute, minutes, day || 'T0' || (id % 6) || ':00:00Z', account_id FROM (
  SELECT l.*, a.id AS account_id, row_number() OVER (PARTITION BY l.home_id, substr(l.day, 1, 7) ORDER BY l.id % 97) AS nth,
    row_number() OVER (PARTITION BY l.receiver_id, l.day, l.start_minute, l.service) AS same
  FROM care_logs l JOIN time_accounts a ON a.person_id = l.receiver_id AND a.closed_day IS NULL
  JOIN time_balances b ON b.account_id = a.id AND b.balance > 3000
  JOIN persons p ON p.id = l.receiver_id AND p.birth_day < date(l.day, '-61 years')
  WHERE l.confirmed = 'caretaker' AND l.minutes BETWEEN 5 AND 60
) WHERE nth <= 3 AND same = 1"""
ACCEPTED = """UPDATE requests SET accepted_at = strftime('%Y-%m-%dT%H:%M:%SZ', asked_at, '+' || (id * 37 % 2000) || ' minutes')
WHERE accepted_at IS NULL AND closed IS NULL AND id % 9 > 0"""
DONE = f"""INSERT INTO care_logs ({COLUMNS}, confirmed, shift_id)
SELECT q.home_id, q.day, (SELECT p.id FROM persons p WHERE p.home_id = q.home_id AND p.volunteer = 1 AND p.id <> q.person_id
    AND NOT EXISTS (SELECT 1 FROM stays x WHERE x.person_id = p.id AND x.end_reason = 'death') ORDER BY p.id LIMIT 1) AS helper,
  q.person_id, q.service, q.start_minute, q.minutes, 'receiver', s.id
FROM requests q JOIN shifts s ON s.request_id = q.id WHERE q.accepted_at IS NOT NULL AND q.closed IS NULL AND helper IS NOT NULL"""


def time_reads(county: Path, runs: int) -> str:
    """Milliseconds of database time of the page, medians; a mark where it is too slow."""
    one, five = (_grown(county, years) for years in (1, YEARS))
    who: dict[str, Clocked] = {
        "county, 1 year": _signed_in(one, "official"),
        "county, 5 years": _signed_in(five, "official"),
        "a home of it, 5 years": _signed_in(five, "caretaker"),
    }
    seen: dict[str, list[Times]] = {name: [] for name in who}
    for _ in tqdm(range(runs), "time bank", leave=False, disable=None):
        for name, reader in who.items():
            seen[name].append(_once(reader))
    lines = [_said(name, times) for name, times in seen.items()]
    return "\n".join([*lines, f"(at most {MOST_MS} ms; {_size(five)})"])


def _said(name: str, times: list[Times]) -> str:
    clock, processor = (median(each) for each in zip(*times, strict=True))
    return f"{name}: {clock:.1f} ms, CPU {processor:.1f} ms{'' if clock <= MOST_MS else '  too slow'}"


def _once(reader: Clocked) -> Times:
    """Run the page twice with nothing kept, the second time timed."""
    for _ in range(2):
        app = AppTest.from_string(SCRIPT, default_timeout=60)
        app.session_state["scope"] = replace(reader, month=MONTH)
        scope.KEPT.clear()
        reader.spent.clear()
        app.run()
        if app.exception:
            raise RuntimeError(app.exception[0].message)
    clock, processor = (1000 * sum(times) for times in zip(*reader.spent, strict=True))
    return clock, processor


def _size(data: Path) -> str:
    with store.reading(data) as db:
        return f"{db['transfers'].count:,} transfers, {db['requests'].count:,} requests"


def _grown(county: Path, years: int) -> Path:
    """The county with so many years of confirmed care and of requests, through all triggers; made once and kept."""
    data, making = county.parent / f"time_{years}", county.parent / f"time_{years}.making"
    if not data.exists():
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(county, making)
        store.prepare(making)
        with store.writing(making, "bench") as db:
            for step in tqdm(_steps(years), f"{years} years", leave=False, disable=None):
                step(db)
        store.let_go(making)
        making.rename(data)
    store.prepare(data)
    return data


def _steps(years: int) -> list[Callable[[Database], object]]:
    """Care of one year after another, the oldest first, then what was asked for, accepted and done."""
    care = [
        lambda db, back=back: db.conn.execute(CONFIRMED, {"back": f"-{back} years"})
        for back in range(years - 1, -1, -1)
    ]
    return [*care, *(lambda db, sql=sql: db.conn.execute(sql) for sql in (ASKED, ACCEPTED, DONE))]
