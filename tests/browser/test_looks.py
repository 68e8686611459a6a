"""How it looks at a desk, on a tablet and on a telephone, in both languages, light and dark."""

import re
from itertools import product

import pytest
from playwright.sync_api import Page, Route, expect

from db import store
from db.scope import may
from pages import MENU
from tests.browser.conftest import App
from tests.browser.steps import settled, sign_in, visit

PAGES = [name for group in MENU.values() for name in group]
SMALL = """() => [...document.querySelectorAll('.stMainBlockContainer button, .stMainBlockContainer input, .stMainBlockContainer summary')]
  .filter(e => e.checkVisibility() && !e.closest('[data-testid=stElementToolbar], [data-testid=stDataFrame]'))
  .filter(e => e.parentElement.getBoundingClientRect().width > 1 && !e.matches('input[type=file], input[type=checkbox], input[type=radio]'))
  .map(e => { const box = (e.closest('[role=group], [data-testid=stNumberInputContainer], [data-testid=stTextInputRootElement]') || e).getBoundingClientRect();
              return [e.tagName, e.innerText || e.ariaLabel, Math.round(box.width), Math.round(box.height)] })
  .filter(([, , width, height]) => width > 1 && (height < 48 || width < 48))"""
WIDE = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
ENGLISH = re.compile(
    r"\b(Upload|Drag and drop|Browse|Select|Choose|Loading|Search|No results|Press Enter|Deploy|Open|None|nan|NaN)\b"
)


ROLES = ("official", "admin", "caretaker", "funder", "auditor")


@pytest.mark.parametrize(("width", "role"), [(1920, "official"), *product((360, 800, 1280), ROLES)])
def test_nothing_runs_off_the_screen(page: Page, width: int, role: str):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, role)
    for name in (name for name in PAGES if may(role, "r", name, "page")):
        visit(page, name)
        scroll, client = page.evaluate(WIDE)
        assert scroll <= client, name


@pytest.mark.parametrize("role", ["caretaker", "admin"])
def test_targets_are_large_enough_for_a_thumb(tablet: Page, role: str):
    sign_in(tablet, role)
    for name in (name for name in PAGES if may(role, "r", name, "page")):
        visit(tablet, name)
        assert tablet.evaluate(SMALL) == [], name
        assert (
            float(
                tablet.evaluate(
                    "parseFloat(getComputedStyle(document.querySelector('.stMainBlockContainer')).fontSize)"
                )
            )
            >= 18
        )


def test_nothing_moves_under_a_finger_when_what_is_not_seen_arrives(tablet: Page):
    sign_in(tablet, "official")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tablet.route(re.compile("/BidiComponent"), hold)
    tablet.goto("/places")
    table = tablet.locator(".hh-table").first
    table.wait_for()
    before = table.bounding_box()
    tablet.wait_for_selector("[data-testid=stMain] [data-testid=stSkeleton]")
    for each in held:
        each.continue_()
    settled(tablet)
    assert table.bounding_box() == before


def test_no_english_is_left_in_the_chinese_interface(page: Page):
    sign_in(page, "official")
    for name in (name for name in PAGES if may("official", "r", name, "page")):
        visit(page, name)
        assert not ENGLISH.search(page.locator("body").inner_text()), name
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_english_is_one_touch_away(page: Page):
    sign_in(page, "official")
    page.get_by_role("radio", name="English").click()
    expect(page.locator("h1")).to_have_text("Overview")
    settled(page)
    expect(page.locator(".hh-card").first).to_contain_text("Residents")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator(".hh-menu").get_by_text("Gifts").click()
    expect(page.locator("h1")).to_have_text("Gifts")


def test_no_clutter_of_the_framework(page: Page):
    sign_in(page, "official")
    assert (
        page.locator("[data-testid=stMainMenu], [data-testid=stAppDeployButton], [data-testid=stDecoration]").count()
        == 0
    )


def test_the_overview_draws_its_charts_and_opens_one(page: Page):
    sign_in(page, "official")
    expect(page.locator(".hh-chart svg")).to_have_count(4)
    page.locator(".hh-chart [data-to=care_weeks]").click()
    expect(page.get_by_role("dialog").locator("canvas, svg.marks").first).to_be_visible()


def test_another_month_draws_the_overview_anew_and_asks_who_is_there(page: Page, server: App):
    sign_in(page, "official")
    hours = page.locator(".hh-card", has_text="互助服务时长").locator("b")
    reading = page.locator(".hh-chart", has_text="每周服务时长").locator("figcaption")
    old = hours.inner_text(), reading.inner_text()
    page.evaluate("window.stayed = true")
    page.locator(".hh-month select").select_option(index=2)
    expect(hours).not_to_have_text(old[0])
    expect(reading).not_to_have_text(old[1])
    assert "month=" in page.url
    assert page.evaluate("window.stayed")
    settled(page)  # signed out while it still draws, the page asks at once who is there
    with store.writing(server.data, "official") as db:
        db.execute("UPDATE sessions SET revoked_at = datetime('now')")
    page.locator(".hh-month select").select_option(index=1)
    expect(page.locator("input[type=password]")).to_be_visible()
    expect(page.locator(".hh-card")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out(page: Page, scheme: str):
    """At least 7 to 1 between text and ground."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, "official")
    colours = page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('.stApp')); return [s.color, s.backgroundColor] }"
    )
    light, dark = sorted((luminance(colour) for colour in colours), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2) of a CSS colour rgb(r, g, b)."""
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
