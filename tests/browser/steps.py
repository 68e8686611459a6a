"""What a person does in the browser, in the words of the tests."""

from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page
from playwright.sync_api import TimeoutError as TooLate

TRAFFIC = """(() => {
  const send = WebSocket.prototype.send;
  const traffic = window.traffic = {asked: 0, told: 0};
  WebSocket.prototype.send = function (...data) {
    if (!this.heard) {
      const told = () => { traffic.told = performance.now(); };
      this.addEventListener("message", told);
      this.addEventListener("close", told);
    }
    this.heard = true;
    traffic.asked = performance.now();
    return send.apply(this, data);
  };
})()"""
QUIET = """() => {
  const now = performance.now(), traffic = window.traffic;
  return Math.min(now - (window.since ??= now), now - traffic.told) > 250 && traffic.told > traffic.asked
    && !document.querySelector("[data-testid=stSkeleton]")
    && document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
}"""
SIGNED_IN = """() => !window.anonymous && !document.querySelector("input[type=password]")
  && document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")"""

LINK = "name => [...document.querySelectorAll('.hh-menu a')].find(link => link.pathname === '/' + name)"


def newcomer(browser: Browser, url: str, **device: Any) -> BrowserContext:
    """A browser in China with nothing kept, whose pages tell when they are settled."""
    context = browser.new_context(base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai", **device)
    context.add_init_script(TRAFFIC)
    return context


def settled(page: Page) -> Page:
    """The page once all that was sent is answered or its line is broken, all is quiet, and nothing on it still takes its place."""
    page.evaluate("delete window.since")
    page.wait_for_function(QUIET, polling=20)
    return page


def connected(page: Page) -> Page:
    """The page once it has found the server that was away: what is touched before that leads nowhere."""
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=60_000)
    return settled(page)


def go(page: Page, address: str) -> Page:
    """The page of this address, settled."""
    page.goto(address)
    return settled(page)


def again(page: Page) -> Page:
    """The same page loaded anew, settled."""
    page.reload()
    return settled(page)


def pick(box: Locator, option: Locator, text: str = "") -> Page:
    """The page once this option of a list is chosen, after typing `text`; tried again, since a run that ends meanwhile shuts the list."""
    for patience in (2_000, 5_000, 10_000, 30_000):
        box.click()
        if text:
            box.fill(text)
        with suppress(TooLate):
            option.click(timeout=patience)
            return settled(box.page)
    raise TooLate(f"no option for {text}")


def sign_in(page: Page, role: str, password: str = "") -> Page:
    """The first page of a demo account, which is named as its role; the login ends with a reload."""
    page.goto("/")
    page.wait_for_selector("[data-testid=stForm] input[type=password]")
    settled(page)  # a field filled before its first run has ended is emptied by it
    form = page.get_by_test_id("stForm")
    form.locator("input").first.fill(role)
    form.locator("input[type=password]").fill(password or f"{role}-demo")
    page.evaluate("window.anonymous = true")
    form.get_by_test_id("stFormSubmitButton").locator("button").click()
    page.wait_for_function(SIGNED_IN)
    return settled(page)


def visit(page: Page, name: str) -> Page:
    """The page of this name by the menu, whether that is in sight or not."""
    page.evaluate(f"{LINK}.click()", name)
    page.wait_for_function(f"{LINK}?.ariaCurrent", arg=name)
    return settled(page)
