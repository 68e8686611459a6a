"""The time bank on a screen: care confirmed by one touch but for an exception, definitions a touch away, the books checked."""

import re

from playwright.sync_api import Page, expect

from db import store
from db.scope import Scope
from tests.browser.steps import go, settled, sign_in


def waiting(server) -> list[int]:
    found = Scope(server.data, operator=True).read("time_to_confirm", order="day DESC, start_minute, id")
    return [int(each) for each in found["id"]]


def test_all_but_one_are_confirmed_by_one_touch(server, tablet: Page):
    """A second tap at once confirms nothing twice; targets are large."""
    before = waiting(server)
    sign_in(tablet, "caretaker")
    go(tablet, "/care")
    tablet.locator(".st-key-confirming summary").tap()
    settled(tablet)
    first = tablet.locator("[class*=st-key-board_confirm_] button").first
    assert first.bounding_box()["height"] >= 48
    first.tap()
    settled(tablet)
    tablet.get_by_role("button", name="确认 59 条").dblclick()
    expect(tablet.get_by_text("已确认 59 条，时间已存入。")).to_be_visible()
    settled(tablet)
    assert waiting(server) == [before[0], *before[60:]]
    assert store.check(server.data) == []


def test_definitions_and_health_are_a_touch_away(tablet: Page):
    sign_in(tablet, "caretaker")
    go(tablet, "/timebank")
    definition = tablet.get_by_text(re.compile("最近三个整月里不需要专业人员的服务时间"))
    expect(definition).to_be_hidden()
    tablet.get_by_text("怎么算的").first.tap()
    expect(definition).to_be_visible()
    tablet.get_by_role("button", name="现在核对").tap()
    expect(tablet.get_by_text("账都对")).to_be_visible()
