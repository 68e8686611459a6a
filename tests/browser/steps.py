"""What a person does in the browser, in the words of the tests."""

from contextlib import suppress

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate

STATE = "[data-testid=stApp][data-test-script-state={}]"
SIGNED_IN = """() => !window.anonymous && !document.querySelector("input[type=password]")
  && document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")"""

LINK = "name => [...document.querySelectorAll('.hh-menu a')].find(link => link.pathname === '/' + name)"


def settled(page: Page) -> Page:
    """The page once its script has run: what a click set off may start a moment later."""
    with suppress(TooLate):
        page.wait_for_selector(STATE.format("running"), timeout=500)
    page.wait_for_selector(STATE.format("notRunning"), timeout=30_000)
    return page


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
    page.wait_for_selector(STATE.format("notRunning"), timeout=30_000)
    page.wait_for_selector("h1")
    return page
