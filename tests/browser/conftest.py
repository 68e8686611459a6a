"""A demo, a server of its own for each file of tests, and two screens to look at it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.served import ROOT, Served, streamlit
from tests.browser.steps import newcomer

TODAY = "2026-11-20"
PATIENCE = 30_000  # ms, since others may need the machine
expect.set_options(timeout=PATIENCE)


class App(Served):
    """Our app over the data folder `data`."""

    def __init__(self, data: Path) -> None:
        """Keeps where its data is; its log lies beside it."""
        super().__init__(streamlit("app.py"), data.with_suffix(".log"), env={"HAPPINESS_DATA": str(data)})
        self.data = data


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo; copy it, never write into it."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    command = [sys.executable, "-m", "db", "demo", "--today", TODAY, "--data", str(folder)]
    subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=True)
    return folder


@pytest.fixture(scope="module")
def server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Our app over a fresh copy of the demo, on a port of its own."""
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(demo, data)
    with App(data) as app:
        yield app


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests fail and say what to do."""
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, server: App) -> Iterator[Page]:
    """A desktop in China, nobody signed in."""
    yield from _screen(browser, server, chromium.DESKTOP)


@pytest.fixture
def tablet(browser: Browser, server: App) -> Iterator[Page]:
    """A 10-inch tablet held upright, touch only, nobody signed in."""
    yield from _screen(browser, server, chromium.TABLET)


def _screen(browser: Browser, server: App, device: dict[str, Any]) -> Iterator[Page]:
    """A page of a browser that knows nobody."""
    context = newcomer(browser, server.url, **device)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
