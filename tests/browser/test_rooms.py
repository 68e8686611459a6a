"""Rooms on the tablet: a check that finds all fine and one that does not, what it found is mended, a meter that seems to run backwards."""

import re

from playwright.sync_api import Page, expect

from components import tables
from db.scope import Scope
from tests.browser.steps import go, settled, sign_in


def test_a_defect_is_noted_by_touch_and_mended(server, tablet: Page):
    """Two touches for a check that is fine; five for a defect: open, what, save, then mended and how."""
    scope = Scope(server.data, operator=True)
    sign_in(tablet, "caretaker")
    go(tablet, "/rooms?rooms_part=安全检查")
    card = tablet.locator(".st-key-cards_checks > div", has_text="燃气")
    box = card.get_by_role("button", name="正常").bounding_box()
    assert box
    assert box["height"] >= 48
    card.get_by_role("button", name="正常").tap()
    expect(card.get_by_text("今天已检查")).to_be_visible()
    card = tablet.locator(".st-key-cards_checks > div", has_text="消防")
    card.get_by_role("button", name=re.compile("有问题")).tap()
    fault = tablet.get_by_test_id("stPopoverBody")
    fault.get_by_role("button", name="记下问题").tap()
    expect(tablet.get_by_text("有问题时请写明是什么问题")).to_be_visible()
    fault.get_by_role("button", name="通道堵塞").tap()
    settled(tablet)
    fault.get_by_role("button", name="记下问题").tap()
    expect(card.get_by_text("今天已检查")).to_be_visible()
    made = tables.rows(scope.read("safety_checks", day="2026-11-20", order="id"))
    assert [(row["kind"], row["result"], row["note"]) for row in made] == [
        ("gas", "fine", None),
        ("fire", "defect", "通道堵塞"),
    ]
    go(tablet, "/rooms?rooms_part=维修")
    waits = tablet.locator("[class*=st-key-card_repair_]", has_text="通道堵塞")
    waits.get_by_role("button", name="修好了").tap()
    tablet.get_by_role("button", name="自己修好了").tap()
    expect(tablet.get_by_role("button", name=re.compile("通道堵塞.*自己修好了"))).to_be_visible()
    assert scope.read("repair_list", matter="通道堵塞")["outcome"].tolist() == ["自己修好了"]


def test_a_meter_that_runs_backwards_is_asked_about_and_kept(server, tablet: Page):
    scope = Scope(server.data, operator=True)
    last = int(scope.read("meter_list", home_id=1, meter="water")["shows"].iloc[0])
    sign_in(tablet, "caretaker")
    go(tablet, "/rooms?rooms_part=抄表")
    card = tablet.locator(".st-key-card_meter_water")
    card.get_by_role("spinbutton").fill("5")
    card.get_by_role("button", name="保存").tap()
    expect(tablet.get_by_text("读数不能比前一次小")).to_be_visible()
    assert card.get_by_role("spinbutton").input_value() == "5"
    card.get_by_role("spinbutton").fill(str(last + 40))
    card.get_by_role("button", name="保存").tap()
    expect(card.get_by_text(re.compile("用了 40"))).to_be_visible()
    assert int(scope.read("meter_list", home_id=1, meter="water")["used"].iloc[0]) == 40
