"""The roster on the tablet: an open place by touch, a week filled and accepted, targets large enough, a restart in between."""

import re

from playwright.sync_api import Page, expect

from db.scope import Scope
from tests.browser.steps import again, go, settled, sign_in


def week(page: Page) -> None:
    page.locator(".hh-week").wait_for()
    settled(page)


def test_an_open_place_is_filled_by_two_touches_and_given_back_by_two(server, tablet: Page):
    scope = Scope(server.data, operator=True)
    before = len(scope.read("assignments"))
    sign_in(tablet, "caretaker")
    go(tablet, "/roster")
    week(tablet)
    tablet.locator(".hh-week button.hh-open").first.tap()
    first = tablet.locator(".st-key-rows_candidates button").first
    name = first.locator("strong").inner_text()
    first.tap()
    expect(tablet.get_by_text("已排上")).to_be_visible()
    week(tablet)
    assert len(scope.read("assignments")) == before + 1
    assert scope.read("assignment_list", order="id DESC", limit=1)["label"].tolist() == [name]
    newest = int(scope.read("assignments")["id"].max())
    tablet.locator(f".hh-week button[data-to='on={newest}']").tap()
    tablet.get_by_role("button", name="撤下来").tap()
    expect(tablet.get_by_text("已撤下")).to_be_visible()
    week(tablet)
    assert len(scope.read("assignments")) == before


def test_what_is_touched_is_large_enough(server, tablet: Page):
    sign_in(tablet, "caretaker")
    go(tablet, "/roster")
    week(tablet)
    for target in tablet.locator(".hh-week button").all():
        box = target.bounding_box()
        assert box["height"] >= 48
        assert box["width"] >= 48
    assert tablet.evaluate(
        "document.querySelector('.hh-scroll').scrollWidth <= document.querySelector('.hh-scroll').clientWidth + 1"
    )


def test_a_week_is_filled_and_accepted_by_touch(server, tablet: Page):
    """Proposals survive a reload; one is taken out; accepted is saved at once."""
    scope = Scope(server.data, operator=True)
    sign_in(tablet, "caretaker")
    go(tablet, "/roster?week=2026-11-23")
    week(tablet)
    tablet.get_by_role("button", name="自动排班").tap()
    accept = tablet.get_by_role("button", name=re.compile(r"采用这 \d+ 项"))
    accept.wait_for(timeout=60_000)
    settled(tablet)
    assert scope.read("assignment_list", monday="2026-11-23").empty
    again(tablet)
    accept.wait_for()
    settled(tablet)
    proposed = int(re.search(r"\d+", accept.inner_text())[0])
    tablet.locator(".st-key-rows_proposals [data-testid=stCheckbox] label").first.tap()
    expect(accept).to_contain_text(f"{proposed - 1} 项")
    accept.tap()
    expect(tablet.get_by_text(f"已采用 {proposed - 1} 项")).to_be_visible()
    week(tablet)
    assert len(scope.read("assignment_list", monday="2026-11-23")) == proposed - 1


def test_the_server_is_killed_between_touch_and_answer(server, tablet: Page):
    """What was saved stands once, however often it is touched again."""
    scope = Scope(server.data, operator=True)
    sign_in(tablet, "caretaker")
    go(tablet, "/roster?week=2026-11-30")
    tablet.get_by_role("button", name="生成这周的班次").wait_for()
    settled(tablet)
    tablet.get_by_role("button", name="生成这周的班次").tap()
    server.restart()
    go(tablet, "/roster?week=2026-11-30")
    tablet.locator(".hh-week").or_(tablet.get_by_role("button", name="生成这周的班次")).first.wait_for(timeout=60_000)
    settled(tablet)
    if tablet.get_by_role("button", name="生成这周的班次").is_visible():
        tablet.get_by_role("button", name="生成这周的班次").tap()
    tablet.locator(".hh-week").wait_for()
    shifts = scope.read("shift_list", monday="2026-11-30")
    assert len(shifts) == shifts[["duty_id", "day"]].drop_duplicates().shape[0] > 50
