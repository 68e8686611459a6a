"""Requests on the tablet: asked by touch, matched, accepted, done and paid; a reload and a second tap in between change nothing."""

import re

from playwright.sync_api import Page, expect

from components import tables
from db import requests
from db.scope import Row, Scope
from tests.browser.steps import again, go, pick, settled, sign_in

DAY = "2026-11-20"


def village(server, name: str, **more: object) -> tuple[Scope, int, int]:
    """The operator's scope, an elder with two hours on the passbook, and a volunteer who would walk with them."""
    scope = Scope(server.data, operator=True)
    elder = person(scope, name, birth_day="1948-02-03", **more)
    scope.save("stays", {"home_id": 1, "person_id": elder, "from_day": "2026-01-01"})
    earned = {"giver_id": elder, "receiver_name": "everyone", "service": "cleaning", "minutes": 120, "day": DAY}
    scope.save("care_logs", {"home_id": 1, "confirmed": "caretaker", **earned})
    return (
        scope,
        elder,
        person(
            scope, f"{name}帮", volunteer=1, gives='["walking"]', availability='["morning"]', birth_day="1980-01-01"
        ),
    )


def person(scope: Scope, name: str, **more: object) -> int:
    return scope.save("persons", {"home_id": 1, "name": name, "sex": "female", **more})


def rows(scope: Scope, view: str, **where: object) -> list[Row]:
    return tables.rows(scope.read(view, **where))


def balance(scope: Scope, person: int) -> list[int]:
    """What is on somebody's passbook, as far as there is one."""
    accounts = rows(scope, "time_accounts", person_id=person)
    return [row["balance"] for each in accounts for row in rows(scope, "time_balances", account_id=each["id"])]


def touch(page: Page, name: str | re.Pattern[str], role: str = "radio") -> None:
    page.get_by_role(role, name=name, exact=isinstance(name, str)).tap()
    settled(page)


def test_asked_matched_accepted_done_and_paid(server, tablet: Page):
    """Seven touches from the board to the passbook."""
    scope, elder, helper = village(server, "苏问梅")
    sign_in(tablet, "caretaker")
    go(tablet, "/requests")
    touch(tablet, re.compile("提出求助"), "button")
    touch(tablet, re.compile("^苏问梅.*可用 120 分钟"), "button")
    touch(tablet, "助行")
    touch(tablet, "9:00")
    touch(tablet, re.compile("确定求助：助行.*09:00–09:30"), "button")
    [asked] = rows(scope, "request_list", person_id=elder)
    assert (asked["state"], asked["day"], asked["start_minute"], asked["minutes"]) == ("request_open", DAY, 540, 30)
    assert (asked["payer_kind"], asked["held"]) == ("payer_own", 30)
    again(tablet)
    touch(tablet, re.compile("苏问梅帮.*会助行.*这个时间有空"), "button")
    expect(tablet.get_by_text("苏问梅帮 来帮苏问梅，助行已排上值日表。")).to_be_visible()
    assert rows(scope, "request_list", person_id=elder)[0]["helper_id"] == helper
    again(tablet)
    card = tablet.locator(f".st-key-request_{asked['id']}_request_accepted")
    card.get_by_role("button", name=re.compile("做完了")).tap()
    expect(tablet.locator(f".st-key-request_{asked['id']}_request_done")).to_contain_text("✓ 助行 · 苏问梅")
    assert (balance(scope, elder), balance(scope, helper)) == ([90], [30])
    go(tablet, f"/passbooks?account={asked['payer_id']}")
    expect(tablet.get_by_text("1小时30分").first).to_be_visible()
    expect(tablet.get_by_text("兑换").first).to_be_visible()
    go(tablet, f"/requests?request={asked['id']}")
    expect(tablet.get_by_text(re.compile("已完成 · 11月20日"))).to_be_visible()


def test_two_taps_ask_accept_and_pay_once(server, tablet: Page):
    scope, elder, helper = village(server, "苏两次")
    sign_in(tablet, "caretaker")
    go(tablet, f"/requests?ask={elder}")
    touch(tablet, "助行")
    touch(tablet, "10:00")
    tablet.get_by_role("button", name=re.compile("确定求助")).dblclick()
    expect(tablet.get_by_text("谁来帮？点一下就定。")).to_be_visible()
    assert len(rows(scope, "requests", person_id=elder)) == 1
    tablet.get_by_role("button", name=re.compile("^苏两次帮")).dblclick()
    expect(tablet.get_by_text(re.compile("苏两次帮 来帮苏两次"))).to_be_visible()
    settled(tablet)
    request = rows(scope, "request_list", person_id=elder)[0]
    assert request["helper_id"] == helper
    card = tablet.locator(f".st-key-request_{request['id']}_request_accepted")
    card.get_by_role("button", name=re.compile("做完了")).dblclick()
    expect(tablet.locator(f".st-key-request_{request['id']}_request_done")).to_be_visible()
    settled(tablet)
    assert (balance(scope, elder), balance(scope, helper)) == ([90], [30])
    assert len(rows(scope, "care_logs", receiver_id=elder)) == 1


def test_other_minutes_take_two_touches(server, tablet: Page):
    scope, elder, helper = village(server, "苏三刻")
    request = ask(scope, elder, 660)
    with scope.work() as desk:
        requests.accept(desk, request, helper)
    sign_in(tablet, "caretaker")
    go(tablet, "/requests")
    touch(tablet, re.compile("助行 · 苏三刻"), "button")
    touch(tablet, "45 分钟", "button")
    expect(tablet.get_by_text("已完成，苏三刻 的求助记下了，时间已结清。")).to_be_visible()
    assert (balance(scope, elder), balance(scope, helper)) == ([90], [45])  # no more than was asked is paid


def test_given_back_it_is_open_again_and_withdrawn_it_holds_nothing(server, tablet: Page):
    scope, elder, helper = village(server, "苏改期")
    request = ask(scope, elder, 720)
    with scope.work() as desk:
        requests.accept(desk, request, helper)
    sign_in(tablet, "caretaker")
    go(tablet, f"/requests?request={request}")
    touch(tablet, "来不了，退回", "button")
    expect(tablet.get_by_text(re.compile("苏改期帮 来不了"))).to_be_visible()
    assert rows(scope, "request_list", id=request)[0]["state"] == "request_open"
    touch(tablet, re.compile("助行 · 苏改期"), "button")
    touch(tablet, re.compile("撤回求助"), "button")
    touch(tablet, "不需要了")
    touch(tablet, "确定撤回", "button")
    expect(tablet.get_by_text("求助已撤回，留出的时间已放开。")).to_be_visible()
    [row] = rows(scope, "request_list", id=request)
    assert (row["state"], row["held"], row["note"]) == ("withdrawn", 0, "不需要了")
    assert not rows(scope, "shift_list", request_id=request)


def ask(scope: Scope, elder: int, start: int) -> int:
    row = {"home_id": 1, "person_id": elder, "service": "walking", "day": DAY, "start_minute": start, "minutes": 30}
    with scope.work() as desk:
        return requests.ask(desk, row | {"payer_id": requests.OWN})


def test_a_request_of_today_stands_on_today_and_is_paid_there(server, tablet: Page):
    scope, elder, helper = village(server, "苏值日")
    request = ask(scope, elder, 780)
    sign_in(tablet, "caretaker")
    expect(tablet.get_by_role("link", name=re.compile(r"求助 \d+ 件还没有人接"))).to_be_visible()
    with scope.work() as desk:
        requests.accept(desk, request, helper)
    again(tablet)
    touch(tablet, re.compile("求助：助行 · 苏值日.*苏值日帮"), "button")
    expect(tablet.get_by_text(re.compile("✓ 求助：助行 · 苏值日"))).to_be_visible()
    assert (balance(scope, elder), balance(scope, helper)) == ([90], [30])
    assert rows(scope, "request_list", id=request)[0]["state"] == "request_done"


def test_an_open_place_of_a_request_on_the_week_board_asks_the_matcher(server, tablet: Page):
    scope, elder, helper = village(server, "苏周表")
    request = ask(scope, elder, 840)
    shift = rows(scope, "shift_list", request_id=request)[0]["id"]
    sign_in(tablet, "caretaker")
    go(tablet, "/roster")
    tablet.locator(f".hh-asked button[data-to='shift={shift}']").tap()
    touch(tablet, re.compile("^苏周表帮.*会助行"), "button")
    expect(tablet.get_by_text(re.compile("苏周表帮 来帮苏周表"))).to_be_visible()
    assert rows(scope, "request_list", id=request)[0]["helper_id"] == helper


def test_kin_are_written_down_and_can_pay(server, tablet: Page):
    scope, elder, _ = village(server, "苏有女")
    child = person(scope, "苏小女", birth_day="1978-01-01")
    sign_in(tablet, "caretaker")
    go(tablet, f"/residents?person={elder}")
    tablet.get_by_role("tab", name="亲属关系").tap()
    tablet.get_by_text("登记亲属").tap()
    touch(tablet, "子女")
    pick(tablet.get_by_role("combobox", name="亲属姓名"), tablet.get_by_role("option", name="苏小女"), "苏小女")
    tablet.locator("[class*=st-key-kin_save_] button").tap()
    expect(tablet.get_by_text("已保存").first).to_be_visible()
    [row] = rows(scope, "relative_list", person_id=elder)
    assert (row["relative_id"], row["kin_relation"]) == (child, "child")
    assert rows(scope, "relative_list", person_id=child)[0]["kin_relation"] == "parent"


def test_the_targets_of_requests_are_large(server, tablet: Page):
    scope, elder, helper = village(server, "苏大字")
    request, other = ask(scope, elder, 900), ask(scope, elder, 960)
    with scope.work() as desk:
        requests.accept(desk, other, helper)
    sign_in(tablet, "caretaker")
    for place in ("", f"?request={request}", f"?request={other}", "?ask=new", f"?ask={elder}"):
        go(tablet, f"/requests{place}")
        tablet.locator("[data-testid=stMain] button").first.wait_for()
        settled(tablet)
        if place.endswith(f"={elder}"):
            touch(tablet, "助行")
            touch(tablet, "8:00")
        heights = tablet.locator("[data-testid=stMain] button").evaluate_all(
            "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
        )
        assert heights, place
        assert min(heights) >= 48, place
