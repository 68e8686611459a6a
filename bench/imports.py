"""How long a big old care log takes to come into a county's database, through the front door."""

import csv
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import cycle, permutations
from pathlib import Path

ROWS = 200_000
DAYS = 365
LAST = date(2026, 11, 20)
SERVICES = ("meal", "cleaning", "walking", "company", "laundry", "comfort")
HOME = """SELECT h.id, h.county || '/' || h.township || '/' || h.village || '/' || h.name FROM homes h
    JOIN persons p ON p.home_id = h.id GROUP BY h.id ORDER BY count(*) DESC LIMIT 1"""
PEOPLE = """SELECT name FROM persons p WHERE home_id = ?
    AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.person_id = p.id AND to_day IS NOT NULL)
    GROUP BY name HAVING count(*) = 1 ORDER BY name"""  # whoever left takes no more care


def import_rate(county: Path, folder: Path) -> str:
    """What `python -m db import` did with 200,000 rows, into a copy of the county."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(county, folder)
    home, people = _home(folder)
    log = folder / "log.csv"
    _write(log, people)
    before = _count(folder)
    command = ["import", str(log), "--home", home, "--as", "care_logs", "--data", str(folder)]
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "db", *command], stdin=subprocess.DEVNULL, check=True)
    seconds = time.perf_counter() - start
    rows = _count(folder) - before
    shutil.rmtree(folder)
    return f"{rows:,} rows of a care log in {seconds:.1f} s: {rows / seconds:,.0f} rows a second"


def _home(folder: Path) -> tuple[str, list[str]]:
    """The largest home, and who in it bears a name alone and has not left."""
    with closing(sqlite3.connect(folder / "happiness.db")) as db:
        number, path = db.execute(HOME).fetchone()
        return path, [name for (name,) in db.execute(PEOPLE, [number])]


def _count(folder: Path) -> int:
    """How many lines the care log has."""
    with closing(sqlite3.connect(folder / "happiness.db")) as db:
        return int(db.execute("SELECT count(*) FROM care_logs").fetchone()[0])


def _write(log: Path, people: list[str]) -> None:
    """A care log as an export writes it."""
    with log.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("day", "giver", "receiver", "service", "start_minute", "minutes"))
        lines.writerows(_rows(people))


def _rows(people: list[str]) -> Iterator[tuple[object, ...]]:
    """Rows of which no two are alike: each pair of people once on each day."""
    pairs, services = permutations(people, 2), cycle(SERVICES)
    giver, receiver = next(pairs)
    for row in range(ROWS):
        if row and row % DAYS == 0:
            giver, receiver = next(pairs)
        day = LAST - timedelta(days=row % DAYS)
        yield day, giver, receiver, next(services), 480 + row % 60 * 10, 30
