"""A county that was given years of life, through all triggers, and what the database then takes for a page."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from sqlite_utils import Database
from tqdm import tqdm

from bench.reads import Clocked, Times, once, signed_in
from db import store

MONTH, YEARS = "2026-11", 5
Step = Callable[[Database], object]


def grown(county: Path, name: str, steps: Sequence[Step]) -> Path:
    """The county after these steps, made once and kept under the name."""
    data, making = county.parent / name, county.parent / f"{name}.making"
    if not data.exists():
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(county, making)
        store.prepare(making)
        with store.writing(making, "bench") as db:
            for step in tqdm(steps, name, leave=False, disable=None):
                step(db)
        store.let_go(making)
        making.rename(data)
    store.prepare(data)
    return data


def compared(page: str, one: Path, five: Path, runs: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of clock and of processor, medians, of a page after one year, after five, and of one home in it."""
    who = {
        "county, 1 year": signed_in(one, "official"),
        "county, 5 years": signed_in(five, "official"),
        "a home of it, 5 years": signed_in(five, "caretaker"),
    }
    seen: dict[str, list[Times]] = {name: [] for name in who}
    for _ in tqdm(range(runs), page, leave=False, disable=None):
        for name, reader in who.items():
            seen[name].append(once(of_month(reader), page))
    return {name: (median(c for c, _ in times), median(p for _, p in times)) for name, times in seen.items()}


def of_month(who: Clocked) -> Clocked:
    """The same scope in the month that is measured."""
    return replace(who, month=MONTH)


def said(name: str, times: tuple[float, float], most: float) -> str:
    """A line of it, with a mark where it takes longer than it should."""
    clock, processor = times
    return f"{name}: {clock:.1f} ms, CPU {processor:.1f} ms{'' if clock <= most else '  too slow'}"
