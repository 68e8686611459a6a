"""What booking costs: confirmed care beside the same row unconfirmed and beside a table without rules; a passbook of ten years."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

from tqdm import tqdm

from bench.reads import Times
from db import scope, store, timebank
from db.scope import Row, Scope

HOMES, PEOPLE, BULK, TAPS = 5, 300, 1000, 40
MOST, PAGE = 3, 25
PLAIN = "CREATE TABLE IF NOT EXISTS plain AS SELECT * FROM care_logs WHERE 0"
Writer = Callable[[Iterable[Row]], None]


def posting(folder: Path, runs: int) -> str:
    """A line for one entry saved alone, one for a thousand at once, one for a page of a passbook."""
    shutil.rmtree(folder, ignore_errors=True)
    reader = _village(folder)
    with store.writing(folder, "bench") as db:
        db.execute(PLAIN)
    lines = [_beside("saved alone", _alone, reader, TAPS, runs), _beside("1,000 at once", _bulk, reader, BULK, runs)]
    return "\n".join([*lines, _passbooks(reader, runs), f"(at most {MOST} x the bare row)"])


def _village(folder: Path) -> Scope:
    """Homes and people; each has helped once, so that passbooks are there."""
    store.prepare(folder)
    there = Scope(folder, operator=True)
    with there.work() as desk:
        for home in range(1, HOMES + 1):
            desk.insert("homes", {"id": home, "name": f"院{home}"})
        for id in range(1, PEOPLE + 1):
            row = {"id": id, "home_id": id % HOMES + 1, "name": f"人{id}", "birth_day": "1950-01-01"}
            desk.insert("persons", row)
    _bulk(there, "care_logs", _rows(PEOPLE, "caretaker", "first"))
    return there


def _rows(count: int, confirmed: str | None, name: str) -> Iterator[Row]:
    """Entries by and for everybody in turn, over some months."""
    for turn in range(count):
        giver = turn * 7 % PEOPLE + 1
        receiver = (giver - 1 + HOMES * (turn % 50 + 1)) % PEOPLE + 1
        who = {"home_id": giver % HOMES + 1, "giver_id": giver, "receiver_id": receiver}
        row = {"day": f"2026-{turn % 10 + 1:02}-{turn % 28 + 1:02}", "service": "visit", "minutes": 30}
        yield who | row | {"confirmed": confirmed, "key": f"{name}-{turn}"}


def _alone(there: Scope, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        with there.work() as desk:
            _insert(desk, table, row)


def _bulk(there: Scope, table: str, rows: Iterable[Row]) -> None:
    with there.work() as desk:
        for row in rows:
            _insert(desk, table, row)


def _insert(desk: scope.Desk, table: str, row: Row) -> None:
    if table == "plain":
        desk.db.conn.execute(
            f"INSERT INTO plain ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
        )
    else:
        desk.insert(table, row)


def _beside(what: str, write: Callable[[Scope, str, Iterable[Row]], None], there: Scope, count: int, runs: int) -> str:
    """Microseconds a row, by the clock and of the processor, medians of turns in which each kind is written, and their shares."""
    kinds = {"plain": ("plain", None), "bare": ("care_logs", None), "booked": ("care_logs", "caretaker")}
    seen: dict[str, list[Times]] = {kind: [] for kind in kinds}
    for run in tqdm(range(runs * 3), what, leave=False, disable=None):
        for kind, (table, confirmed) in kinds.items():
            rows = list(_rows(count, confirmed, f"{what} {kind} {run}"))
            clock, processor = time.perf_counter(), time.process_time()
            write(there, table, rows)
            seen[kind].append((time.perf_counter() - clock, time.process_time() - processor))
    lines = []
    for measure, name in enumerate(("clock", "processor")):
        plain, bare, booked = (median(each[measure] for each in times) / count * 1e6 for times in seen.values())
        said = f"{what}, {name}: without a rule {plain:.0f} µs, bare {bare:.0f} µs, booked {booked:.0f} µs: "
        lines.append(f"{said}{booked / bare:.1f} x the bare row, {booked / plain:.1f} x one without a rule")
    return "\n".join(lines)


def _passbooks(there: Scope, runs: int) -> str:
    """Milliseconds of the newest and the oldest whole page of a passbook of ten years, beside one of a month, each asked in turn."""
    short, long = _grown(there, 1, 30), _grown(there, 2, 3650)
    pages = {"a month": (short, _lines(there, short)), "ten years": (long, _lines(there, long))}
    pages["its oldest page"] = (long, PAGE + pages["ten years"][1] % PAGE)
    seen: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(runs * 10):
        for name, page in pages.items():
            seen[name].append(_page_ms(there, *page))
    return "a page of a passbook: " + ", ".join(f"{name} {median(times):.1f} ms" for name, times in seen.items())


def _grown(there: Scope, person: int, lines: int) -> int:
    """The passbook of somebody who helped that often."""
    home = person % HOMES + 1
    row: Row = {"home_id": home, "giver_id": person, "receiver_id": person + HOMES, "service": "visit", "minutes": 1}
    with there.work() as desk:
        for turn in range(lines):
            desk.insert("care_logs", row | {"day": f"20{16 + turn * 10 // lines}-01-01", "confirmed": "receiver"})
        return timebank.open_account(desk, person)


def _lines(there: Scope, account: int) -> int:
    return int(there.read("time_balances", account_id=account)["entries"].iloc[0])


def _page_ms(there: Scope, account: int, last: int) -> float:
    scope.forget()
    start = time.perf_counter()
    there.read("time_passbook", account_id=account, last_seq=last, order="seq DESC")
    return (time.perf_counter() - start) * 1000
