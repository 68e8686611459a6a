"""How long the database takes for the whole overview: a county after one year and after five, and one home in it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from sqlite_utils import Database
from streamlit.testing.v1 import AppTest
from tqdm import tqdm

from bench.reads import Clocked, Times, _signed_in
from db import scope, store

SCRIPT = """
import streamlit as st
from pages import overview
overview.page(st.session_state["scope"])
"""
MOST_MS, MOST_TIMES, YEARS, MONTH = 80, 1.1, 5, "2026-11"
YEAR = "day > date('2026-11-20', '-1 year')"
COLUMNS = "home_id, day, giver_id, giver_name, receiver_id, receiver_name, service, start_minute, minutes"
CARE = f"""INSERT INTO care_logs ({COLUMNS})
SELECT {COLUMNS.replace("day", "date(day, :back)")} FROM care_logs WHERE {YEAR} AND undone_at IS NULL"""
GIFTS = f"""INSERT INTO gifts (home_id, day, donor, source, amount_fen, purpose, handler)
SELECT home_id, date(day, :back), donor, source, amount_fen, purpose, handler FROM gifts WHERE amount_fen IS NOT NULL AND {YEAR}"""
LIVING = "stays s WHERE s.from_day <= date('2026-11-20', :back, '-1 month') AND s.to_day IS NULL"
ASSESSED = f"""INSERT INTO assessments (home_id, person_id, day, assessor)
SELECT home_id, person_id, date('2026-11-20', :back, '-' || (person_id * 31 % 400) || ' days'), '评估员' FROM {LIVING}
  AND NOT EXISTS (SELECT 1 FROM assessments a WHERE a.person_id = s.person_id AND a.finished = 0)"""
SCORED = """INSERT INTO assessment_scores (home_id, assessment_id, item, score)
SELECT a.home_id, a.id, i.code, i.highest - i.step * ((a.person_id * 7 + a.id + i.id * i.id) % 97 < iif(a.person_id % 30 = 0, 40, 6))
FROM assessments a JOIN assessment_items i ON i.instrument = a.instrument WHERE a.finished = 0 AND a.assessor = '评估员'"""
FINISHED = "UPDATE assessments SET finished = 1 WHERE finished = 0 AND assessor = '评估员'"
VISITED = f"""INSERT INTO visits (home_id, person_id, day, visitor_name, channel, block_health, block_living)
SELECT home_id, person_id, date('2026-11-20', :back, '-' || (q.value * 91 + person_id * 13 % 91) || ' days'), '网格员', 'third_party',
  iif((person_id + q.value) % 60 = 0, 'bad', 'fine'), 'fine' FROM json_each('[0,1,2,3]') q, {LIVING}"""
CLOSED = """UPDATE referrals SET closed_day = min(date(day, '+' || (id % 5) || ' days'), '2026-11-20'), outcome = 'solved'
WHERE closed_day IS NULL AND (day < '2026-10-01' OR id % 3 > 0)"""
PAIRED = """WITH living AS (
  SELECT p.*, row_number() OVER (PARTITION BY p.home_id ORDER BY p.birth_day) AS oldest,
    row_number() OVER (PARTITION BY p.home_id ORDER BY p.self_care <> 'able', p.birth_day DESC) AS youngest
  FROM persons p JOIN stays s ON s.person_id = p.id WHERE s.to_day IS NULL AND s.from_day < '2026-03-01')
INSERT INTO pairs (home_id, volunteer_id, elder_id, from_day) SELECT v.home_id, v.id, e.id, '2026-03-01' FROM living v
JOIN living e ON e.home_id = v.home_id AND e.oldest <= 5 AND e.birth_day < v.birth_day WHERE v.youngest = 1 AND v.self_care = 'able'"""


def overview_reads(county: Path, runs: int) -> str:
    """Milliseconds of database time of the whole page, medians, and how five years stand to one; a mark where it is too slow."""
    one, five = (grown(county, years) for years in (1, YEARS))
    who: dict[str, Clocked] = {
        "county, 1 year": _signed_in(one, "official"),
        "county, 5 years": _signed_in(five, "official"),
        "a home of it, 5 years": _signed_in(five, "caretaker"),
    }
    seen: dict[str, list[Times]] = {name: [] for name in who}
    for _ in tqdm(range(runs), "overview", leave=False, disable=None):
        for name, reader in who.items():
            seen[name].append(_once(reader))
    lines = [_said(name, times) for name, times in seen.items()]
    year, years = (median(cpu for _, cpu in seen[name]) for name in list(who)[:2])
    grew = f"five years stand to one as {years / year:.2f} to 1{'' if years <= MOST_TIMES * year else '  too much'}"
    return "\n".join([*lines, f"{grew} (at most {MOST_MS} ms, {MOST_TIMES} to 1; {_size(five)})"])


def _said(name: str, times: list[Times]) -> str:
    clock, processor = (median(each) for each in zip(*times, strict=True))
    return f"overview, {name}: {clock:.1f} ms, CPU {processor:.1f} ms{'' if clock <= MOST_MS else '  too slow'}"


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
        return ", ".join(f"{db[table].count:,} {table}" for table in ("care_logs", "visits", "assessments"))


def grown(county: Path, years: int) -> Path:
    """The county with so many years of care, gifts, visits and assessments, through all triggers; made once and kept."""
    data, making = county.parent / f"overview_{years}", county.parent / f"overview_{years}.making"
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
    """One year after another, the oldest first; what is told of each year, then who is paired."""
    yearly = [
        partial(_write, sql=sql, back=f"-{back} years")
        for back in range(years - 1, -1, -1)
        for sql in ((CARE, GIFTS) if back else ()) + (ASSESSED, SCORED, FINISHED, VISITED)
    ]
    return [*yearly, partial(_write, sql=CLOSED), partial(_write, sql=PAIRED)]


def _write(db: Database, sql: str, back: str = "") -> None:
    db.conn.execute(sql, {"back": back} if ":back" in sql else {})
