"""What one touch on Today costs, from the touch to the changed card, beside an empty fragment with one button."""

import shutil
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tqdm import tqdm

from tests.browser import chromium
from tests.browser.served import ROOT, Served, streamlit
from tests.browser.steps import newcomer, settled, sign_in

FLOORS = Path(__file__).parent / "floors"
MOST = 2.0  # times what the empty fragment costs
# from the pointer going up on a button within `card` to the frame in which `card` shows something that matches `after`
WATCH = """([card, after]) => {
  const place = document.querySelector(card), button = place.querySelector("button"), done = new RegExp(after);
  window.tapped = new Promise(resolve => {
    let from = 0;
    button.addEventListener("pointerup", () => { from = performance.now(); }, { capture: true, once: true });
    const watch = new MutationObserver(() => {
      if (!from || !done.test(document.querySelector(card)?.innerText ?? "")) return;
      watch.disconnect();
      resolve(performance.now() - from);
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}"""
NAMES = "all => all.map(each => [...each.classList].find(one => one.startsWith('st-key-seen_')))"


def taps(data: Path, runs: int) -> str:
    """Medians in milliseconds, both in turn in one run, so that a noisy minute is shared; and how they stand to each other."""
    folder = data.parent / "tap"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(data, folder)
    with (
        _served("tap_ours", "app.py", ROOT, folder) as ours,
        _served("tap_floor", "tap.py", FLOORS, folder) as floor,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
    ):
        return _table(*_both(browser, ours, floor, runs))


def _served(name: str, script: str, cwd: Path, data: Path) -> Served:
    return Served(streamlit(script), data.parent / f"{name}.log", cwd=cwd, env={"HAPPINESS_DATA": str(data)})


def _both(browser: Browser, ours: Served, floor: Served, runs: int) -> tuple[list[float], list[float]]:
    """Each run touches one card of ours and one button of the floor; the first of each only warms up."""
    today, empty = _page(browser, ours), _page(browser, floor)
    sign_in(today, "caretaker")
    empty.goto("/")
    settled(empty)
    cards = today.locator(".st-key-cards_unseen [class*=st-key-seen_]")
    names = cards.evaluate_all(NAMES)
    seen: tuple[list[float], list[float]] = ([], [])
    for turn in tqdm(range(runs + 1), "taps", leave=False, disable=None):
        seen[0].append(_ours(today, names[turn % len(names)]))
        seen[1].append(_floor(empty))
    return seen[0][1:], seen[1][1:]


def _page(browser: Browser, server: Served) -> Page:
    context = newcomer(browser, server.url, **chromium.TABLET)
    context.set_default_timeout(60_000)
    return context.new_page()


def _ours(page: Page, name: str) -> float:
    """Touch the card of somebody not seen yet, timed; then take it back."""
    spot = page.locator(".st-key-cards_unseen > *", has=page.locator(f".{name}"))
    place = spot.evaluate("each => { each.dataset.tap = '1'; return '[data-tap]'; }")
    value = _timed(page, place, "✓")
    page.locator("[data-tap] [data-testid=stPopoverButton], [data-tap] [data-testid=stPopover] button").first.tap()
    page.locator("[class*=st-key-back_do_] button").first.tap()
    page.wait_for_selector(f".{name}")
    page.evaluate("delete document.querySelector('[data-tap]').dataset.tap")
    settled(page)
    return value


def _floor(page: Page) -> float:
    """Touch the empty fragment's button, timed; then load it again."""
    value = _timed(page, "[data-testid=stMain]", "touched 1")
    page.reload()
    page.wait_for_selector("[class*=st-key-touch_] button")
    settled(page)
    return value


def _timed(page: Page, card: str, after: str) -> float:
    page.evaluate(WATCH, [card, after])
    page.locator(f"{card} button").first.tap()
    value: Any = page.evaluate("window.tapped")
    return float(value)


def _table(ours: list[float], floor: list[float]) -> str:
    """A line each: median and the range within which half of them lie; then the ratio of the medians, and a mark where it is too much."""
    lines = [
        f"{name}: {median(times):.0f} ms {_half(times)}"
        for name, times in (("a card of Today", ours), ("an empty fragment", floor))
    ]
    ratio = median(ours) / median(floor)
    return "\n".join([*lines, f"ratio: {ratio:.2f} (at most {MOST:.0f}){'' if ratio <= MOST else '  too slow'}"])


def _half(times: list[float]) -> str:
    low, _, high = quantiles(times, n=4)
    return f"({low:.0f}-{high:.0f})"
