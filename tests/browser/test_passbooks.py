"""Passbooks on the tablet: found, turned page by page, given from, corrected, printed; the rules at a desk, seen before they are saved."""

import re

from playwright.sync_api import Page, expect

from components import tables
from db.scope import Row, Scope
from tests.browser.steps import again, go, pick, settled, sign_in


def earned(server, name: str, times: int) -> tuple[Scope, int, int]:
    """The operator's scope, and somebody new with so many half hours on the passbook: person and account."""
    scope = Scope(server.data, operator=True)
    scope.save("time_rules", {"home_id": 1, "cap_minutes": None})
    row = {"home_id": 1, "name": name, "sex": "female", "birth_day": "1950-02-03"}
    person = scope.save("persons", row)
    scope.save("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
    other = _other(scope, person)
    with scope.work() as desk:
        for _ in range(times):
            row = {
                "home_id": 1,
                "day": "2026-11-01",
                "giver_id": person,
                "receiver_id": other,
                "service": "company",
                "minutes": 30,
            }
            desk.insert("care_logs", row | {"confirmed": "receiver"})
    return scope, person, int(scope.read("time_accounts", person_id=person)["id"].iloc[0])


def _other(scope: Scope, person: int) -> int:
    stays = scope.read("stays", home_id=1)
    return int(stays[stays["to_day"].isna() & (stays["person_id"] != person)]["person_id"].iloc[0])


def lines(scope: Scope, account: int) -> list[Row]:
    return tables.rows(scope.read("time_statement", account_id=account, order="seq"))


def test_found_by_touch_and_turned(server, tablet: Page):
    _, _, account = earned(server, "祁翻页", 30)
    sign_in(tablet, "caretaker")
    go(tablet, "/passbooks")
    tablet.get_by_role("searchbox").fill("qfy")
    tablet.get_by_role("button", name=re.compile("祁翻页.*15小时")).tap()
    expect(tablet.locator(".hh-book")).to_contain_text("15小时")
    expect(tablet.locator(".hh-passbook tbody tr")).to_have_count(25)
    tablet.get_by_role("button", name="较早").tap()
    expect(tablet.locator(".hh-passbook tbody tr")).to_have_count(5)
    assert f"account={account}" in tablet.url
    assert "page=2" in tablet.url
    again(tablet)
    expect(tablet.get_by_text("第 2 页，共 2 页")).to_be_visible()
    tablet.get_by_role("button", name="较新").tap()
    expect(tablet.locator(".hh-passbook tbody tr")).to_have_count(25)
    expect(tablet.locator(".hh-passbook tbody tr").first).to_contain_text("15小时")


def test_a_gift_is_booked_once_and_taken_back_with_a_note(server, tablet: Page):
    scope, person, account = earned(server, "祁赠时", 6)
    kin = scope.save("persons", {"home_id": 1, "name": "祁亲人", "birth_day": "1948-02-03"})
    scope.save("relatives", {"home_id": 1, "person_id": person, "relative_id": kin, "kin_relation": "spouse"})
    sign_in(tablet, "caretaker")
    go(tablet, f"/passbooks?account={account}")
    tablet.get_by_role("radio", name="赠给亲属").tap()
    settled(tablet)
    expect(tablet.get_by_role("button", name="确认办理")).to_be_disabled()
    tablet.locator(".st-key-board_kin").get_by_text(re.compile("祁亲人")).tap()
    settled(tablet)
    tablet.get_by_role("radio", name="1小时", exact=True).tap()
    expect(tablet.get_by_text(re.compile("从这本存折赠给 祁亲人 1小时"))).to_be_visible()
    settled(tablet)
    tablet.get_by_role("button", name="确认办理").dblclick()
    expect(tablet.get_by_text("已赠给亲属。")).to_be_visible()
    settled(tablet)
    assert [row["minutes"] for row in lines(scope, account)] == [30] * 6 + [-60]
    tablet.get_by_role("radio", name="更正一笔").tap()
    settled(tablet)
    entries = tablet.get_by_test_id("stSelectbox").last.get_by_role("combobox")
    pick(entries, tablet.get_by_role("option", name=re.compile("赠予亲属")))
    expect(tablet.get_by_role("button", name="确认办理")).to_be_disabled()  # not without a reason
    tablet.locator(".st-key-board_reason").get_by_text("记错了人").tap()
    expect(tablet.get_by_role("button", name="确认办理")).to_be_enabled()
    settled(tablet)
    tablet.get_by_role("button", name="确认办理").dblclick()
    expect(tablet.get_by_text("已更正，原记录保留并注明原因。")).to_be_visible()
    settled(tablet)
    expect(tablet.locator(".hh-undone")).to_have_count(1)
    expect(tablet.locator(".hh-undone")).to_contain_text("2026-11-20 已更正：记错了人")
    assert [row["minutes"] for row in lines(scope, account)][-2:] == [-60, 60]


def test_papers_of_a_passbook(server, tablet: Page):
    scope, _, account = earned(server, "祁打印", 3)
    tablet.context.add_init_script("window.print = () => { document.documentElement.dataset.printed = 1 }")
    sign_in(tablet, "caretaker")
    go(tablet, f"/passbooks?account={account}")
    tablet.get_by_text("打印和导出").tap()
    settled(tablet)
    before = scope.read("audit", action="export")
    for button, title, said in (
        ("打印存折（A4）", "时间存折", "期末余额"),
        ("打印小本（A6）", "时间存折", "105mm 148mm"),
        ("打印志愿服务记录证明", "志愿服务记录证明", "1小时30分"),
    ):
        with tablet.context.expect_page() as opened:
            tablet.get_by_role("button", name=button).tap()
        paper = opened.value
        paper.wait_for_function("() => document.documentElement.dataset.printed")
        expect(paper.locator("h1")).to_have_text(title)
        assert said in paper.content()
        assert "祁打印" in paper.content()
        paper.close()
        settled(tablet)
    trail = scope.read("audit", action="export", order="id").iloc[len(before) :]
    assert trail["relation"].tolist() == ["time_statement", "time_statement", "time_served"]
    assert int(trail["row_id"].iloc[-1]) == account
    with tablet.expect_download() as saved:
        tablet.get_by_role("button", name="存为 Excel").tap()
    assert saved.value.suggested_filename == "时间存折.xlsx"


def test_the_targets_of_a_passbook_are_large(server, tablet: Page):
    _, _, account = earned(server, "祁大字", 26)
    sign_in(tablet, "caretaker")
    for place in ("", f"?account={account}", f"?account={account}&page=2"):
        go(tablet, f"/passbooks{place}")
        tablet.locator("[data-testid=stMain] h1").wait_for()
        settled(tablet)
        if place:
            tablet.get_by_role("radio", name="赠给亲属").tap()
            settled(tablet)
        heights = tablet.locator("[data-testid=stMain] button").evaluate_all(
            "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
        )
        assert heights, place
        assert min(heights) >= 47.9, place


def test_closed_by_the_official_and_opened_again(server, page: Page):
    scope, _, account = earned(server, "祁停用", 2)
    sign_in(page, "official")
    go(page, f"/passbooks?account={account}")
    page.get_by_role("radio", name="停用存折").click()
    settled(page)
    page.get_by_role("radio", name="归本院时间池").click()
    expect(page.get_by_text("停用这本存折：1小时归本院时间池")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="确认办理").click()
    expect(page.get_by_text("存折已停用，余额已结清。")).to_be_visible()
    expect(page.locator(".hh-passbook tbody tr").first).to_contain_text("停用存折时结清")
    settled(page)
    page.get_by_role("radio", name="恢复存折").click()
    settled(page)
    page.get_by_role("button", name="确认办理").click()
    expect(page.get_by_text("存折已恢复。")).to_be_visible()
    assert [row["minutes"] for row in lines(scope, account)] == [30, 30, -60]
    assert tables.rows(scope.read("time_accounts", id=account))[0]["closed_day"] is None


def test_rules_are_seen_before_they_are_saved(server, page: Page):
    scope, _, _ = earned(server, "祁上限", 4)
    home = scope.read("homes")["name"].iloc[0]
    sign_in(page, "official")
    go(page, f"/timerules?place={home}")
    before = len(scope.read("time_rules"))
    page.get_by_text("修改规则").click()
    settled(page)
    page.get_by_role("spinbutton", name="每人上限（小时）").fill("0.5")
    page.get_by_role("button", name="先看会怎样").click()
    expect(page.locator("[data-testid=stAlert]").last).to_be_visible()  # half an hour is refused with its sentence
    assert len(scope.read("time_rules")) == before
    page.get_by_role("spinbutton", name="每人上限（小时）").fill("1")
    page.get_by_role("button", name="先看会怎样").click()
    expect(page.get_by_text(re.compile("每人上限：没有上限 → 1小时"))).to_be_visible()
    expect(page.get_by_text(re.compile("超过上限的存折：[1-9]"))).to_be_visible()
    assert len(scope.read("time_rules")) == before
    settled(page)
    page.get_by_role("button", name="保存新规则").click()
    expect(page.get_by_text("新规则已保存，从现在起生效。")).to_be_visible()
    rules = tables.rows(scope.read("time_rules", order="id"))
    assert len(rules) == before + 1
    assert (rules[-1]["home_id"], rules[-1]["cap_minutes"]) == (1, 60)
    expect(page.locator(".hh-passbook tbody tr").first).to_contain_text("每人上限：没有上限 → 1小时")
    settled(page)
    page.get_by_role("button", name="改回用全县规则").click()
    expect(page.get_by_text("这样改会怎样（还没保存）")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="保存新规则").click()
    expect(page.get_by_text("新规则已保存，从现在起生效。")).to_be_visible()
    expect(page.get_by_text(re.compile("现在用的是全县规则"))).to_be_visible()
    assert tables.rows(scope.read("time_rules", order="id"))[-1]["inherits"] == 1
