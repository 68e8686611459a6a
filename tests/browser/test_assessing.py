"""An assessment on the tablet: scored with one hand, reloaded in the middle, finished; a measurement against its band."""

import re

from playwright.sync_api import Page, expect

from db.scope import Scope
from tests.browser.steps import again, go, settled, sign_in

LEAST = 47.5  # a finger's 48 px, less what a fraction of a pixel rounds away


def living(server, name: str) -> tuple[Scope, int]:
    """The operator's scope, and somebody new in the demo's home."""
    scope = Scope(server.data, operator=True)
    home = int(scope.read("homes")["id"].iloc[0])
    person = scope.save("persons", {"home_id": home, "name": name, "sex": "female", "birth_day": "1948-02-03"})
    scope.save("stays", {"home_id": home, "person_id": person, "from_day": "2026-01-01"})
    return scope, person


def test_an_assessment_survives_a_reload_and_tells_the_level(server, tablet: Page):
    scope, elder = living(server, "童渊博")
    sign_in(tablet, "caretaker")
    go(tablet, "/assessing")
    tablet.get_by_label("查找").fill("tyb")
    tablet.get_by_role("button", name=re.compile("童渊博")).tap()
    tablet.get_by_role("button", name=re.compile("国标能力评估")).tap()
    expect(tablet.get_by_text("已评 0/26 项 · 得分 0/90")).to_be_visible()
    touch(tablet, "eating", "2 要搭把手")
    touch(tablet, "eating", "3 要人提醒")  # the second touch corrects the first
    touch(tablet, "memory", "0 完全不行")
    expect(tablet.get_by_text("已评 2/26 项 · 得分 3/90")).to_be_visible()
    heights = tablet.locator("[data-testid=stMain] [data-testid=stButtonGroup] button").evaluate_all(
        "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
    )
    assert len(heights) > 100
    assert min(heights) >= LEAST
    again(tablet)
    expect(tablet.get_by_text("已评 2/26 项 · 得分 3/90")).to_be_visible()
    expect(item(tablet, "eating").get_by_role("radio", name="3 要人提醒")).to_be_checked()
    settled(tablet)
    for part, left in (("self_care_ability", 7), ("movement", 4), ("mind", 8), ("taking_part", 5)):
        tablet.locator(f".st-key-rest_{part} button", has_text=f"其余 {left} 项").tap()
        settled(tablet)
    expect(tablet.get_by_text("初始等级：轻度失能")).to_be_visible()
    tablet.get_by_role("button", name="确诊痴呆或精神障碍").tap()
    expect(tablet.get_by_text("最终等级：中度失能")).to_be_visible()
    tablet.get_by_role("button", name="完成评估").tap()
    expect(tablet.get_by_text("评估已完成：中度失能")).to_be_visible()
    expect(tablet.get_by_text("能力等级超出入住条件")).to_be_visible()
    found = scope.read("assessment_results", person_id=elder).iloc[0]
    assert (found["total"], found["initial_level"], found["final_level"], found["finished"]) == (85, 1, 2, 1)


def item(page: Page, code: str):
    return page.locator(f"[class*=st-key-board_{code}_]")


def touch(page: Page, code: str, answer: str) -> None:
    """One touch, saved before the next."""
    item(page, code).get_by_role("radio", name=answer).tap()
    settled(page)


def test_a_measurement_is_kept_and_marked(server, tablet: Page):
    scope, elder = living(server, "童量压")
    sign_in(tablet, "caretaker")
    go(tablet, f"/measuring?measured={elder}")
    tablet.get_by_text("记一次测量").tap()
    tablet.get_by_label("收缩压").fill("450")
    tablet.get_by_label("舒张压").fill("92")
    save = tablet.get_by_role("button", name="保存").locator("visible=true").first
    save.tap()
    expect(tablet.get_by_text("收缩压应在50到300之间")).to_be_visible()
    expect(tablet.get_by_label("舒张压")).to_have_value("92")  # what was entered stays
    tablet.get_by_label("收缩压").fill("151")
    save.dblclick()
    expect(tablet.get_by_text("健康记录已保存")).to_be_visible()
    settled(tablet)
    assert len(scope.read("health_notes", person_id=elder)) == 1
    expect(tablet.locator(".hh-table")).to_contain_text("151 ▲")
    expect(tablet.locator(".hh-table")).to_contain_text("92 ▲")
