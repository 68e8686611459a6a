"""A headless Chromium for the browser tests and the bench: one already here, or else one it installs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
TABLET: dict[str, Any] = {
    "viewport": {"width": 800, "height": 1280},
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Tablet) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
}
HELP = (
    "No Chromium that starts. Install Chromium, Chrome or Edge, "
    "or run `.venv/bin/python -m playwright install --with-deps chromium`, "
    "or name a browser in HAPPINESS_CHROMIUM."
)


class NoBrowser(RuntimeError):
    """No browser that starts was found; the message says what to do."""


def launch(playwright: Playwright) -> Browser:
    """The first browser that starts, of those already on this machine."""
    for path in _paths(playwright):
        try:
            return playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        except Error:
            continue
    raise NoBrowser(HELP)


def provide() -> str:
    """The version of a browser that starts, after installing one where there is none."""
    if _debian_root() and not _output("fc-list", ":lang=zh"):
        _apt("fontconfig", "fonts-noto-cjk")
    for install in (_install_playwrights, _install_debians):
        try:
            return _version()
        except NoBrowser:
            install()
    return _version()


def _version() -> str:
    """The version of the browser that starts."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        return browser.version


def _paths(playwright: Playwright) -> Iterator[str]:
    """Where a browser may be, the likeliest first."""
    if named := os.environ.get("HAPPINESS_CHROMIUM"):
        yield named
    yield from filter(None, map(shutil.which, NAMES))
    yield playwright.chromium.executable_path


def _install_playwrights() -> None:
    """Playwright's own Chromium, if its server can be reached."""
    patience = {**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdin=subprocess.DEVNULL, env=patience, check=False)


def _install_debians() -> None:
    """Debian's Chromium, where we may install it."""
    if _debian_root():
        _apt("chromium", "fonts-noto-cjk")


def _debian_root() -> bool:
    """Whether this is Debian (or a child of it) and we are root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/etc/debian_version").exists()


def _apt(*packages: str) -> None:
    """Installs system packages; whether that was enough shows when a browser starts."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-q", *arguments], stdin=subprocess.DEVNULL, env=quiet, check=False)


def _output(*command: str) -> str:
    """What a command prints; nothing if it is not installed."""
    if not shutil.which(command[0]):
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    try:
        print("Browser for the tests: Chromium", provide())
    except NoBrowser as error:
        sys.exit(str(error))
