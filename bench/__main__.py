"""`python -m bench [--quick] [--only NAME]`: builds a county once, measures four pages side by side, reads, touches, booking, an import."""

import argparse
import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from tqdm import tqdm

from bench.contenders import Contender, contenders
from bench.imports import import_rate
from bench.money import money_reads
from bench.overview import overview_reads
from bench.posting import posting
from bench.probe import DEVICES, Device, Probe, Unfinished, probe
from bench.process import cpu, memory
from bench.reads import reads
from bench.report import Report
from bench.sessions import sessions
from bench.tap import taps
from bench.time import time_reads
from db import store
from tests.browser import chromium
from tests.browser.steps import newcomer, sign_in

CHANGES = 4
FOLDER = Path(__file__).parent / "data"
TODAY = "2026-11-20"
Cookies = dict[str, Any]


def main() -> None:
    """The tables, on standard output."""
    options = argparse.ArgumentParser(prog="python -m bench", description="Measures the overview beside three floors.")
    options.add_argument("--quick", action="store_true", help="fewer runs")
    options.add_argument(
        "--only",
        choices=("pages", "reads", "import", "tap", "timebank", "posting", "money"),
        help="one of the measurements",
    )
    chosen = options.parse_args()
    runs = 3 if chosen.quick else 9  # the county has months for nine
    for name in ("streamlit", "streamlit.runtime.scriptrunner_utils.script_run_context"):
        logging.getLogger(name).setLevel(logging.ERROR)
    small(chosen.only, runs, 10 if chosen.quick else 40)
    if chosen.only in ("tap", "posting"):
        return
    data = demo("county")
    if chosen.only in (None, "pages"):
        pages(data, runs)
    if chosen.only in (None, "reads"):
        print(f"\ndatabase time of a page, medians of {runs}")
        print(reads({"county": data, "home": demo("home")}, runs), flush=True)
        print(overview_reads(data, runs), flush=True)
    if chosen.only in (None, "timebank"):
        print(f"\ndatabase time of the time bank's committee page, medians of {runs}")
        print(time_reads(data, runs), flush=True)
    if chosen.only in (None, "money"):
        print(f"\nmoney: database time of both pages, medians of {runs}, and a statement")
        print(money_reads(data, runs), flush=True)
    if chosen.only in (None, "import"):
        print("\nimport:", import_rate(data, FOLDER / "import"))


def small(only: str | None, runs: int, taps_each: int) -> None:
    """What needs no county: a touch, and what booking costs."""
    if only in (None, "tap"):
        print("from a touch to the changed card")
        print(taps(demo("home"), taps_each), flush=True)
    if only in (None, "posting"):
        print(f"\nwhat booking costs, medians of {runs}")
        print(posting(FOLDER / "posting", runs), flush=True)


def demo(size: str) -> Path:
    """The data folder of a demo of that size, made once and brought up to date."""
    data, making = FOLDER / size, FOLDER / f"{size}.making"
    if not data.exists():
        shutil.rmtree(making, ignore_errors=True)
        making.parent.mkdir(exist_ok=True)
        command = ["demo", "--size", size, "--today", TODAY, "--data", str(making)]
        subprocess.run([sys.executable, "-m", "db", *command], stdin=subprocess.DEVNULL, check=True)
        making.rename(data)
    store.prepare(data)
    return data


def pages(data: Path, runs: int) -> None:
    """A table for each device, then one of memory."""
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        for device in DEVICES:
            with contenders(data) as all_four:
                cookies = {each.name: signed_in(browser, each) for each in all_four}
                print(f"\n{device.name}, medians of {runs} (in brackets: share of the naive floor)")
                print(speed(browser, all_four, cookies, device, runs).table(), flush=True)
        with contenders(data) as fresh:
            print("\nmemory of the server (in brackets: share of the naive floor)")
            print(memories(fresh, cookies).table(), flush=True)


def signed_in(browser: Browser, contender: Contender) -> Cookies:
    """The cookies of the one who looks; each page has then been opened once."""
    context = newcomer(browser, contender.server.url)
    page = context.new_page()
    if contender.role:
        sign_in(page, contender.role)
    else:
        page.goto("/")
        page.wait_for_selector(contender.chart)
    state: Any = context.storage_state()
    context.close()
    return state


def speed(
    browser: Browser, everyone: list[Contender], cookies: dict[str, Cookies], device: Device, runs: int
) -> Report:
    """Each run visits all contenders in turn, so that a noisy minute is shared."""
    report = Report()
    for run in tqdm(range(runs), device.name, leave=False, disable=None):
        for contender in everyone:
            with probe(browser, contender, device, cookies[contender.name]) as view:
                try:
                    visit(view, contender, run, report)
                except Unfinished as fault:
                    logging.getLogger("bench").warning("left out of the medians: %s", fault)
    return report


def visit(view: Probe, contender: Contender, run: int, report: Report) -> None:
    """Opens the page, changes between two months and then to one that nobody has seen yet."""
    report.both(contender.name, "first", view.open())
    first, before = view.bytes, cpu(contender.server.pid)
    for turn in range(CHANGES):
        report.both(contender.name, "change", view.change(1 + turn % 2))
    report.add(contender.name, "change: CPU ms", (cpu(contender.server.pid) - before) / CHANGES * 1000)
    report.add(contender.name, "first: kB", first / 1000)
    report.add(contender.name, "change: kB", (view.bytes - first) / CHANGES / 1000)
    report.add(contender.name, "new month: charts s", view.change(3 + run)[0])


def memories(everyone: list[Contender], cookies: dict[str, Cookies]) -> Report:
    """Fresh servers with one session, then with twenty."""
    report = Report()
    for contender in everyone:
        for count, measure in ((1, "MB, 1 session"), (20, "MB, 20 sessions")):
            with sessions(contender, count, cookies[contender.name]):
                report.add(contender.name, measure, memory(contender.server.pid))
    return report


if __name__ == "__main__":
    main()
