"""One browser page that times itself: from the address, or from a touch, to the last chart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as TooLate

from bench.contenders import Contender
from tests.browser.chromium import DESKTOP, TABLET

# A chart is drawn at its last change, the page is whole at the last change of anything in it;
# we stop looking once the script has run and nothing has changed for a while.
WATCH = """
  const charts = %r, page = "[data-testid=stMain], body > #charts", now = () => performance.now();
  const within = (node, what) => (node.nodeType === 1 ? node : node.parentElement)?.closest(what);
  const holds = node => node.nodeType === 1 && (within(node, charts) || node.querySelector(charts));
  const redrawn = change => within(change.target, charts) || [...change.addedNodes].some(holds);
  const told = change => change.type !== "attributes" && within(change.target, page);
  window.asked = window.drawn = window.whole = 0;
  window.done = count => {
    const app = document.querySelector("[data-testid=stApp]");
    const idle = !app || app.dataset.testScriptState === "notRunning";
    const quiet = drawn > asked && now() - Math.max(drawn, whole) > 600;
    return idle && quiet && document.querySelectorAll(charts).length >= count && [drawn - asked, whole - asked];
  };
  const ask = event => { if (event.target.closest("select, [role=option]")) asked = now(); };
  document.addEventListener("pointerup", ask, true);
  document.addEventListener("change", event => event.target.matches("select") && ask(event), true);
  new MutationObserver(changes => {
    if (changes.some(redrawn)) drawn = whole = now();
    else if (changes.some(told)) whole = now();
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributeFilter: ["d", "transform", "width", "height"],
  });
"""


@dataclass(frozen=True)
class Device:
    """A screen, and how slow its processor (times) and its network (Mbit/s) are."""

    name: str
    screen: dict[str, Any]
    slower: int = 1
    megabits: float = 0


DEVICES = (Device("desktop", DESKTOP), Device("tablet", TABLET, slower=4, megabits=4))


class Unfinished(RuntimeError):
    """A page that never came to rest with all of its charts: whose, and what it showed."""


class Probe:
    """A fresh browser profile on one contender's page."""

    def __init__(self, page: Page, contender: Contender, device: Device) -> None:
        """Counts bytes from here on."""
        self.bytes = 0.0
        self._page, self._contender = page, contender
        page.add_init_script(f"(() => {{ {WATCH % contender.chart} }})()")
        wire = page.context.new_cdp_session(page)
        wire.on("Network.loadingFinished", lambda event: self._count(event["encodedDataLength"]))
        wire.on("Network.webSocketFrameReceived", lambda event: self._count(_size(event["response"])))
        wire.send("Network.enable")
        wire.send("Emulation.setCPUThrottlingRate", {"rate": device.slower})
        if speed := device.megabits * 1e6 / 8:
            # with a limit on what goes up, Chromium now and then leaves all requests of a page unanswered
            limits = {"offline": False, "latency": 0, "downloadThroughput": speed, "uploadThroughput": -1}
            wire.send("Network.emulateNetworkConditions", limits)

    def open(self) -> tuple[float, float]:
        """Seconds from the address to the last chart, and to the whole page."""
        self._page.goto(self._contender.server.url, wait_until="commit")
        return self._done()

    def change(self, month: int) -> tuple[float, float]:
        """Seconds from choosing the month of this place in the list to the last chart, and to the whole page."""
        own = self._page.locator("select")
        if own.count():
            own.select_option(index=month)
        else:
            self._choose(month)
        return self._done()

    def _choose(self, index: int) -> None:
        """Touches a month in Streamlit's list of them."""
        months = self._page.locator("[data-testid=stSelectbox] input[value^='20']")
        months.scroll_into_view_if_needed()  # a list that scrolls under an open choice shuts it
        months.click()
        self._page.get_by_role("option").nth(index).click()

    def _done(self) -> tuple[float, float]:
        """Waits until all is as it will stay; seconds to the last chart, and to the whole page."""
        charts = self._contender.charts
        try:
            seen = self._page.wait_for_function("n => window.done?.(n)", arg=charts, timeout=60_000).json_value()
        except TooLate as late:
            raise Unfinished(self._contender.name, self._page.inner_text("body")) from late
        return seen[0] / 1000, seen[1] / 1000

    def _count(self, size: float) -> None:
        """Adds to the bytes received."""
        self.bytes += size


@contextmanager
def probe(browser: Browser, contender: Contender, device: Device, cookies: Any = None) -> Iterator[Probe]:
    """A new profile with nothing in its cache, signed in by its cookies."""
    context = browser.new_context(locale="zh-CN", storage_state=cookies, **device.screen)
    yield Probe(context.new_page(), contender, device)
    context.close()


def _size(frame: dict[str, Any]) -> int:
    """Bytes of a websocket frame; binary ones are told in base64."""
    length = len(frame["payloadData"])
    return length if frame["opcode"] == 1 else length * 3 // 4
