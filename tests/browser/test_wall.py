"""The board for the hall turns, pauses and outlives a lost connection; large type is one touch away and strong in contrast."""

import re

from playwright.sync_api import Page, expect

from db.words import say
from tests.browser.conftest import App
from tests.browser.steps import connected, go, settled, sign_in, visit
from tests.browser.test_faults import TALL, faults

SIZES = """() => [...document.querySelectorAll('.stMainBlockContainer button, [data-testid=stSidebar] button')]
  .filter((each) => each.checkVisibility()).map((each) => [each.getBoundingClientRect().height, each.innerText || each.ariaLabel || each.outerHTML])
  .filter(([height]) => height > 1 && height < 55.5)"""


def test_large_type_then_the_board(tablet: Page, server: App):
    page = tablet
    sign_in(page, "caretaker")
    go(page, "/care")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_text(say("elder_mode"), exact=True).click()
    settled(page)
    expect(page).to_have_url(re.compile("large=true"))
    for name in ("today", "overview", "visiting", "gifts"):
        visit(page, name)
        assert page.evaluate("getComputedStyle(document.querySelector('.stMainBlockContainer')).fontSize") == "24px"
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
        assert page.evaluate(SIZES) == [], name
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(TALL)
    assert faults(page, ("color-contrast-enhanced",)) == []
    board(page, server)


def board(page: Page, server: App) -> None:
    """It turns by keys, pauses by touch, and holds what it has while the server is away."""
    page.set_viewport_size({"width": 1280, "height": 720})
    go(page, "/wall")
    wall, title = page.locator(".hh-wall"), page.locator(".hh-wall h2")
    expect(title).to_contain_text(say("wall.duties"))
    wall.locator(".hh-panel").click()
    expect(wall).to_have_attribute("data-running", "false")
    page.keyboard.press(" ")
    expect(wall).to_have_attribute("data-running", "true")
    server.kill()
    while say("wall.thanks") not in title.inner_text():
        page.keyboard.press("ArrowRight")
    expect(wall).to_contain_text("宏达粮油公司")
    assert wall.evaluate("e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight")
    server.start()
    connected(page)
    wall.get_by_role("link", name=say("wall.leave")).click()
    expect(page.locator("h1")).to_have_text(say("page.overview"))
    expect(wall).to_have_count(0)
