"""Visits on the tablet: whom to visit, the form, a bad answer, its referral, closed; pairs and weather by one touch."""

import re
import uuid

from playwright.sync_api import Page, expect

from components import tables
from db.scope import Row, Scope
from tests.browser.steps import again, connected, go, settled, sign_in

BLOCKS = ("block_health", "block_living", "block_family", "block_safety", "block_wishes")


def living(server, name: str, **more: str) -> tuple[Scope, int]:
    """The operator's scope, and somebody who has lived in the demo's home since January and was never visited."""
    scope = Scope(server.data, operator=True)
    home = int(scope.read("homes")["id"].iloc[0])
    row = {"home_id": home, "name": name, "sex": "female", "birth_day": "1938-02-03", "risk_tier": "high"}
    person = scope.save("persons", row | more)
    scope.save("stays", {"home_id": home, "person_id": person, "from_day": "2026-01-01"})
    return scope, person


def answer(page: Page, block: str, said: str) -> None:
    page.locator(f".st-key-card_{block}").get_by_role("radio", name=re.compile(said)).tap()
    settled(page)


def rows(scope: Scope, table: str, **where: int) -> list[Row]:
    return tables.rows(scope.read(table, **where))


def test_a_visit_opens_a_referral_that_somebody_closes(server, tablet: Page):
    scope, elder = living(server, "祁问渠")
    sign_in(tablet, "caretaker")
    go(tablet, "/visiting")
    tablet.get_by_role("button", name=re.compile("祁问渠.*超期.*还没有探访")).tap()
    for block in BLOCKS[:3]:
        answer(tablet, block, "正常")
    tablet.get_by_role("button", name="保存这次探访").tap()
    expect(tablet.get_by_text("上门探访要把五项都答完")).to_be_visible()
    assert not rows(scope, "visits", person_id=elder)
    expect(tablet.locator(".st-key-card_block_health").get_by_role("radio", name=re.compile("正常"))).to_be_checked()
    answer(tablet, "block_safety", "有问题")
    tablet.locator(".st-key-card_block_safety").get_by_role("button", name="电线老旧").tap()
    settled(tablet)
    answer(tablet, "block_wishes", "正常")
    tablet.get_by_role("button", name="保存这次探访").tap()
    expect(tablet.get_by_text(re.compile("祁问渠.*的探访已保存"))).to_be_visible()
    expect(tablet.get_by_text(re.compile("房屋水电气安全：院长负责，2026-11-23 前办理"))).to_be_visible()
    [visit] = rows(scope, "visits", person_id=elder)
    assert [visit[block] for block in BLOCKS] == ["fine", "fine", "fine", "bad", "fine"]
    assert (visit["signs"], visit["channel"], visit["minutes"]) == ('["sign_wires"]', "at_door", 15)
    again(tablet)
    expect(tablet.get_by_text(re.compile("祁问渠.*的探访已保存"))).to_be_visible()
    assert len(rows(scope, "visits", person_id=elder)) == 1
    tablet.get_by_role("button", name="继续探访下一位").tap()
    tablet.get_by_role("radio", name="转介").tap()
    tablet.get_by_role("button", name=re.compile("祁问渠 · 房屋水电气安全")).tap()
    tablet.get_by_role("radio", name="村委会成员").tap()
    settled(tablet)
    tablet.locator(".st-key-closing_done button").tap()
    expect(tablet.get_by_text("办结转介要选结果。")).to_be_visible()
    tablet.get_by_role("radio", name="已解决").tap()
    settled(tablet)
    tablet.locator(".st-key-closing_done button").tap()
    expect(tablet.get_by_text("转介已办结。")).to_be_visible()
    [referral] = rows(scope, "referrals", person_id=elder)
    assert (referral["owner"], referral["outcome"], referral["closed_day"]) == ("committee", "solved", "2026-11-20")
    expect(tablet.get_by_role("button", name=re.compile("祁问渠 · 房屋水电气安全"))).to_have_count(0)


def test_a_touch_after_a_restart_books_the_visit_once(server, tablet: Page):
    scope, elder = living(server, "祁两次")
    sign_in(tablet, "caretaker")
    go(tablet, f"/visiting?visit={elder}")
    for block in BLOCKS:
        answer(tablet, block, "正常")
    turn = re.search(r"turn=\d+-(\w+)", tablet.url)[1]
    server.restart()
    connected(tablet).get_by_role("button", name="保存这次探访").tap()
    expect(tablet.get_by_text(re.compile("祁两次.*的探访已保存"))).to_be_visible()
    assert [row["key"] for row in rows(scope, "visits", person_id=elder)] == [turn]
    assert len(rows(scope, "care_logs", receiver_id=elder)) <= 1
    go(tablet, f"/visiting?visit={elder}&turn={elder}-{turn}")  # the answer had not come: the same visit once more
    settled(tablet)
    for block in BLOCKS:
        answer(tablet, block, "正常")
    tablet.get_by_role("button", name="保存这次探访").tap()
    expect(tablet.get_by_text(re.compile("祁两次.*的探访已保存"))).to_be_visible()
    assert len(rows(scope, "visits", person_id=elder)) == 1


def test_a_pair_is_made_and_ended_by_touch(server, tablet: Page):
    scope, elder = living(server, "祁独居", categories='["alone"]')
    volunteer = scope.save(
        "persons", {"home_id": 1, "name": "祁志愿", "birth_day": "1975-01-01", "volunteer": 1, "gives": '["visit"]'}
    )
    sign_in(tablet, "caretaker")
    go(tablet, "/visiting?part=结对")
    tablet.get_by_role("button", name=re.compile("祁独居.*独居")).tap()
    tablet.get_by_role("button", name=re.compile("祁志愿.*愿意陪伴")).tap()
    expect(tablet.get_by_text("祁志愿 和 祁独居 结对了。")).to_be_visible()
    [pair] = rows(scope, "pairs", elder_id=elder)
    assert (pair["volunteer_id"], pair["from_day"], pair["to_day"]) == (volunteer, "2026-11-20", None)
    tablet.get_by_role("button", name="结束这个结对").tap()
    expect(tablet.get_by_text("结束结对要写日期和原因。")).to_be_visible()
    tablet.get_by_role("radio", name="没有时间").tap()
    settled(tablet)
    tablet.get_by_role("button", name="结束这个结对").tap()
    expect(tablet.get_by_text("结对已结束，记录保留。")).to_be_visible()
    assert rows(scope, "pairs", elder_id=elder)[0]["end_reason"] == "no_time"


def test_extreme_weather_by_one_touch(server, tablet: Page):
    scope, _ = living(server, "祁怕冷")
    sign_in(tablet, "caretaker")
    go(tablet, "/visiting?part=天气")
    tablet.get_by_role("button", name="大雪开始").tap()
    expect(tablet.get_by_text(re.compile("大雪.*1 家幸福院"))).to_be_visible()
    [spell] = rows(scope, "weather_list", now=1)
    assert (spell["hazard"], spell["first_day"], spell["last_day"]) == ("snow", "2026-11-20", "2026-11-26")
    assert set(scope.read("visit_due")["hazard"]) == {"snow"}
    tablet.get_by_role("button", name="结束", exact=True).tap()
    tablet.get_by_role("button", name="恢复平时").tap()
    expect(tablet.get_by_text("已恢复平时的联系次数。")).to_be_visible()
    assert not rows(scope, "weather_list", now=1)


def test_the_targets_of_visits_are_large(server, tablet: Page):
    scope, elder = living(server, "祁大字")
    scope.save("referrals", {"home_id": 1, "person_id": elder, "about": "other_matter", "day": "2026-11-19", "owner": "head",
                             "due_by": "2026-11-22", "key": uuid.uuid4().hex})  # fmt: skip
    sign_in(tablet, "caretaker")
    referral = rows(scope, "referrals", person_id=elder)[0]["id"]
    for place in (
        "",
        f"?visit={elder}",
        "?part=结对",
        f"?elder={elder}",
        "?part=转介",
        f"?referral={referral}",
        "?part=天气",
    ):
        go(tablet, f"/visiting{place}")
        tablet.locator("[data-testid=stMain] h1").wait_for()
        settled(tablet)
        heights = tablet.locator("[data-testid=stMain] button").evaluate_all(
            "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
        )
        assert heights, place
        assert min(heights) >= 48, place


def test_the_form_and_the_list_open_ready_to_print(server, tablet: Page):
    living(server, "祁在册")
    tablet.context.add_init_script("window.print = () => { document.documentElement.dataset.printed = 1 }")
    sign_in(tablet, "caretaker")
    go(tablet, "/visiting")
    for button, title, names in (("打印探访表", "探访记录表", False), ("打印本周探访名单", "本周探访名单", True)):
        with tablet.context.expect_page() as opened:
            tablet.get_by_role("button", name=re.compile(button)).tap()
        paper = opened.value
        paper.wait_for_function("() => document.documentElement.dataset.printed")
        expect(paper.locator("h1")).to_have_text(title)
        assert ("祁在册" in paper.content()) == names
        paper.close()
        settled(tablet)
