"""How long the database takes for a page, in a county and in one home: the page itself runs, and its reads are timed."""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest
from tqdm import tqdm

from components import ahead
from db import accounts, scope, store
from db.scope import Row, Scope

SCRIPT = """
import importlib
import streamlit as st
importlib.import_module(f"pages.{st.session_state['page']}").page(st.session_state["scope"])
"""
ROLES = {"county": "official", "home": "caretaker"}
BUSIEST = "SELECT receiver_id FROM care_logs GROUP BY receiver_id ORDER BY count(*) DESC LIMIT 1"
PHONE = "SELECT substr(phone, -6) FROM persons WHERE phone IS NOT NULL ORDER BY id DESC LIMIT 1"
MOST_MS, MOST_TIMES = 50, 2
Times = tuple[float, float]  # of the clock, of the processor


@dataclass(frozen=True)
class Clocked(Scope):
    """A scope that notes for how many seconds somebody waited for the database."""

    spent: list[Times] = field(default_factory=list)

    def read(self, *args: Any, **options: Any) -> pd.DataFrame:
        """What a scope reads, timed."""
        with self._timed():
            return super().read(*args, **options)

    def user(self) -> Row:
        """Who is signed in, timed."""
        with self._timed():
            return super().user()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        clock, processor = time.perf_counter(), time.thread_time()
        yield
        self.spent.append((time.perf_counter() - clock, time.thread_time() - processor))


def reads(folders: dict[str, Path], runs: int) -> str:
    """A table: milliseconds of database time for each page at each size, medians, and how they stand to each other.

    Every run asks both sizes in turn, with nothing kept from before, so that a noisy minute is shared.
    """
    ahead.MOST = 0  # only what is asked for is timed
    sizes = {size: (signed_in(data, ROLES[size]), _views(data)) for size, data in folders.items()}
    seen: dict[tuple[str, str], list[Times]] = defaultdict(list)
    for _ in tqdm(range(runs), "reads", leave=False, disable=None):
        for view in _views(folders["home"]):
            for size, (who, views) in sizes.items():
                seen[view, size].append(once(who, *views[view]))
    return _table(seen)


def signed_in(data: Path, role: str) -> Clocked:
    """The scope of a demo account."""
    token, _ = accounts.claim(data, accounts.sign_in(data, role, f"{role}-demo"), "bench")
    return Clocked(data, token)


def _views(data: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """What is measured: the page, and what its address holds."""
    with store.reading(data) as db:
        (person,), (phone,) = (db.execute(question).fetchone() for question in (BUSIEST, PHONE))
    return {
        "register": ("residents", {}),
        "search that finds many": ("residents", {"find_person": "w"}),
        "search that finds one": ("residents", {"find_person": phone}),
        "person page": ("residents", {"person": str(person)}),
        "needs list": ("needs", {}),
    }


def once(who: Clocked, page: str, address: Mapping[str, str] | None = None) -> Times:
    """Run a page twice with nothing kept, the second time timed: a switch between folders opens the file anew."""
    for _ in range(2):
        app = AppTest.from_string(SCRIPT, default_timeout=60)
        app.session_state["page"], app.session_state["scope"] = page, who
        app.query_params.update(address or {})
        scope.forget()
        who.spent.clear()
        app.run()
        if app.exception:
            raise RuntimeError(app.exception[0].message)
    clock, processor = (1000 * sum(times) for times in zip(*who.spent, strict=True))
    return clock, processor


def _table(seen: dict[tuple[str, str], list[Times]]) -> str:
    """A row for each page; the ratio is of processor time, which a noisy neighbour disturbs less; a mark where it is too slow."""
    rows = []
    for view in dict.fromkeys(view for view, _ in seen):
        (home, home_cpu), (county, county_cpu) = (
            [median(times) for times in zip(*seen[view, size], strict=True)] for size in ("home", "county")
        )
        times = county_cpu / home_cpu
        slow = "ms" * (county > MOST_MS) + " ratio" * (times > MOST_TIMES)
        rows.append((view, home, home_cpu, county, county_cpu, times, slow))
    columns = ["", "home: ms", "home: CPU ms", "county: ms", "county: CPU ms", "ratio", "too slow"]
    return pd.DataFrame(rows, columns=columns).set_index("").round(1).to_string()
