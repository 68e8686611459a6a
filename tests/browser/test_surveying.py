"""A survey on the tablet: begun, half filled, reloaded, finished; what was said stands on the needs list."""

import re

from playwright.sync_api import Page, expect

from components import tables
from db import needs
from db.scope import Scope
from tests.browser.steps import again, go, settled, sign_in


def living(server, name: str) -> tuple[Scope, int, int]:
    """The operator's scope, somebody new in the demo's home, and the round of the day, which is there or is made."""
    scope = Scope(server.data, operator=True)
    if scope.read("survey_rounds").query("first_day <= '2026-11-20'").empty:
        scope.save("survey_rounds", {"name": "2026秋季", "first_day": "2026-10-01", "last_day": "2026-11-30"})
    rounds = scope.read("survey_rounds", order="first_day DESC").query("first_day <= '2026-11-20'")
    home = int(scope.read("homes")["id"].iloc[0])
    person = scope.save("persons", {"home_id": home, "name": name, "sex": "female", "birth_day": "1948-02-03"})
    scope.save("stays", {"home_id": home, "person_id": person, "from_day": "2026-01-01"})
    return scope, person, int(rounds["id"].iloc[0])


def answers(scope: Scope, person: int) -> dict[str, tuple]:
    """What was said of each service: need, receives, from whom, would pay, could give."""
    found = scope.read("survey_form", person_id=person)
    said = tables.rows(found[["need", "receives", "from_whom", "would_pay", "could_give"]])
    return {service: tuple(row.values()) for service, row in zip(found["service"], said, strict=True)}


def card(page: Page, service: str):
    return page.locator(f".st-key-card_{service}")


def touch(page: Page, service: str, *answers: str) -> None:
    """One touch after another on the card of a service, each saved before the next."""
    for answer in answers:
        card(page, service).get_by_role("button", name=answer, exact=True).or_(
            card(page, service).get_by_role("radio", name=answer, exact=True)
        ).tap()
        settled(page)


def unmet(page: Page, service: str) -> int:
    go(page, "/needs")
    row = page.locator(".hh-needs tr", has=page.locator(f"td:text-is('{service}')")).first
    if not page.locator(".hh-needs").or_(page.get_by_text("还没有完成的调查")).first.is_visible():
        page.locator(".hh-needs").or_(page.get_by_text("还没有完成的调查")).first.wait_for()
    settled(page)
    return int(row.locator("td").nth(1).inner_text().split()[0]) if row.count() else 0


def test_a_survey_survives_a_reload_and_reaches_the_needs_list(server, tablet: Page):
    scope, elder, _ = living(server, "邱问渠")
    sign_in(tablet, "caretaker")
    before = unmet(tablet, "学习培训")
    go(tablet, "/surveying")
    tablet.get_by_label("查找").fill("qwq")
    tablet.get_by_role("button", name=re.compile("邱问渠")).tap()
    tablet.get_by_role("button", name="入户").tap()
    expect(tablet.get_by_text("已答 0/14 项")).to_be_visible()
    touch(tablet, "learning", "急需", "需要", "愿意付费")  # the second touch corrects the first
    touch(tablet, "meal", "需要", "现在已有人提供", "邻里")
    expect(tablet.get_by_text("已答 2/14 项")).to_be_visible()
    again(tablet)
    expect(tablet.get_by_text("已答 2/14 项")).to_be_visible()
    settled(tablet)
    said = answers(scope, elder)
    assert said.pop("learning") == (2, 0, None, 1, 0)
    assert said.pop("meal") == (2, 1, "neighbours", 0, 0)
    assert {each[0] for each in said.values()} == {None}
    touch(tablet, "meal", "现在已有人提供")  # no more
    assert answers(scope, elder)["meal"] == (2, 0, None, 0, 0)
    touch(tablet, "meal", "现在已有人提供", "家人", "不需要", "能为别人做")
    tablet.get_by_role("button", name="其余 12 项都不需要").tap()
    tablet.get_by_role("button", name="完成调查").tap()
    expect(tablet.get_by_text("调查已完成，已计入需求清单")).to_be_visible()
    said = answers(scope, elder)
    assert said["meal"] == (0, 0, None, 0, 1)
    assert sum(each[0] for each in said.values()) == 2
    assert unmet(tablet, "学习培训") == before + 1


def test_what_another_tablet_changed_is_shown_and_not_undone(server, tablet: Page):
    scope, elder, round_id = living(server, "邱两屏")
    person = {"id": elder, "home_id": 1, "round_id": round_id}
    with scope.work() as desk:
        survey = needs.begin(desk, person, "self_report")
    sign_in(tablet, "caretaker")
    go(tablet, f"/surveying?survey={elder}")
    touch(tablet, "meal", "急需")
    with scope.work() as desk:
        row = {"home_id": 1, "survey_id": survey, "service": "meal"}
        needs.answer(desk, row, {"need": 1, "could_give": 1})
    touch(tablet, "laundry", "需要")
    expect(card(tablet, "meal").get_by_role("radio", name="有点需要")).to_be_checked()
    assert answers(scope, elder)["meal"] == (1, 0, None, 0, 1)
    touch(tablet, "meal", "需要")
    assert answers(scope, elder)["meal"] == (2, 0, None, 0, 1)


def test_the_targets_of_a_survey_are_large(server, tablet: Page):
    scope, elder, round_id = living(server, "邱大字")
    with scope.work() as desk:
        needs.begin(desk, {"id": elder, "home_id": 1, "round_id": round_id}, "self_report")
    sign_in(tablet, "caretaker")
    go(tablet, f"/surveying?survey={elder}")
    touch(tablet, "meal", "急需", "现在已有人提供")
    expect(card(tablet, "meal").get_by_role("radio", name="邻里")).to_be_visible()
    heights = tablet.locator("[data-testid=stMain] button").evaluate_all(
        "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
    )
    assert len(heights) > 14 * 4
    assert min(heights) >= 48


def test_the_list_opens_ready_to_print(server, tablet: Page):
    scope, elder, round_id = living(server, "邱在册")
    with scope.work() as desk:
        survey = needs.begin(desk, {"id": elder, "home_id": 1, "round_id": round_id}, "self_report")
        needs.answer(desk, {"home_id": 1, "survey_id": survey, "service": "learning"}, {"need": 3})
        needs.none_for_the_rest(desk, survey)
        needs.finish(desk, survey)
    tablet.context.add_init_script("window.print = () => { document.documentElement.dataset.printed = 1 }")
    sign_in(tablet, "caretaker")
    go(tablet, "/needs")
    for button, mark in (("打印清单", None), ("打印工作单", "内部使用，不得公开")):
        with tablet.context.expect_page() as opened:
            tablet.get_by_role("button", name=re.compile(button)).tap()
        paper = opened.value
        paper.wait_for_function("() => document.documentElement.dataset.printed")
        expect(paper.locator("h1")).to_have_text("互助养老需求清单")
        assert paper.locator(".inside").all_inner_texts() == ([mark] if mark else [])
        assert ("邱在册" in paper.content()) <= bool(mark)
        paper.close()
        settled(tablet)
