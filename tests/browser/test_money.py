"""Money on the tablet: a voucher is filed, refused to its own filer, approved by another; the sheet is audited, published, verified."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from db import accounts, words
from db.scope import Row, Scope
from tests.browser.steps import again, go, pick, settled, sign_in


def touch(page: Page, name: str | re.Pattern[str], role: str = "button") -> None:
    page.get_by_role(role, name=name, exact=isinstance(name, str)).first.tap()
    settled(page)


def becomes(page: Page, who: str) -> None:
    """Somebody else takes the tablet."""
    page.context.clear_cookies()
    sign_in(page, who, f"{who}-demo")


def second_official(scope: Scope) -> None:
    row = {"username": "zhang", "name": "张村长", "role": "official", "county": "肥源县", "must_change": 0}
    with scope.work() as desk:
        desk.insert("users", row | {"password_hash": accounts.hashed("zhang-demo")})


def last(scope: Scope, view: str = "money_spendings") -> Row:
    return dict(scope.read(view, order="id DESC", limit=1).iloc[0])


def fill(page: Page, label: str | re.Pattern[str], text: str) -> None:
    field = page.get_by_label(label).first
    field.fill(text)
    field.press("Tab")
    settled(page)


def file(page: Page, amount: str, payee: str) -> None:
    """A voucher of the meals' fund."""
    go(page, "/spending?spending=填凭证")
    fill(page, re.compile("^金额"), amount)
    fund = page.get_by_test_id("stSelectbox").filter(has_text="从哪笔资金支出").locator("input")
    pick(fund, page.get_by_role("option", name=re.compile("^助餐")))
    fill(page, "收款方", payee)


def test_from_the_voucher_to_the_verified_sheet(server, tablet: Page):
    scope = Scope(server.data, operator=True)
    second_official(scope)
    sign_in(tablet, "official")
    file(tablet, "三百元整", "集市肉铺")
    expect(tablet.get_by_text("读作：300.00元（叁佰元整）")).to_be_visible()
    touch(tablet, re.compile("^提交审批 300.00元（叁佰元整）"))
    expect(tablet.get_by_text(words.say("saved.spendings"))).to_be_visible()
    voucher = last(scope)
    assert (voucher["yuan"], voucher["state"]) == (300, "undecided")

    touch(tablet, "同意")
    touch(tablet, "确定同意")
    expect(tablet.get_by_text(words.say("rule.approvals_own"))).to_be_visible()
    assert last(scope)["state"] == "undecided"

    becomes(tablet, "zhang")
    go(tablet, "/spending")
    touch(tablet, re.compile(f"^凭证第{voucher['number']}号"))
    touch(tablet, "同意")
    touch(tablet, "确定同意")
    expect(tablet.get_by_text("已同意，记入账目。")).to_be_visible()
    assert last(scope)["state"] == "approved"

    with scope.work() as desk:
        desk.db.execute("UPDATE settings SET value = '2026-12-02' WHERE name = 'today'")
    go(tablet, "/disclosing")
    touch(tablet, "按月", "radio")
    touch(tablet, "2026年11月", "radio")
    touch(tablet, "编制")
    expect(tablet.get_by_text("集市肉铺").first).to_be_visible()
    expect(tablet.get_by_role("button", name="公布", exact=True)).to_have_count(0)
    sheet = last(scope, "disclosure_list")
    assert (sheet["state"], sheet["from_month"], sheet["to_month"]) == ("drawn_up", "2026-11", "2026-11")
    said(tablet, server.url, sheet["code"], "unknown")

    becomes(tablet, "auditor")
    go(tablet, f"/disclosing?sheet={sheet['id']}")
    touch(tablet, "审核通过")
    touch(tablet, "确定通过")
    expect(tablet.get_by_text("已审核通过，可以公布。")).to_be_visible()

    becomes(tablet, "official")
    go(tablet, f"/disclosing?sheet={sheet['id']}")
    touch(tablet, "公布")
    touch(tablet, "确定公布")
    expect(tablet.get_by_text("已公布，可以打印张贴。")).to_be_visible()
    assert last(scope, "disclosure_list")["state"] == "published"
    printed(tablet, sheet["code"])
    said(tablet, server.url, sheet["code"], "genuine")


def printed(page: Page, code: str) -> None:
    """The sheet that opens: number, code, a code to scan, and on A4."""
    with page.context.expect_page() as opened:
        touch(page, "打印公示表")
    paper = opened.value
    expect(paper.get_by_text(f"验证码：{code}")).to_be_visible()
    expect(paper.get_by_text(re.compile("公示〔2026〕第3号"))).to_be_visible()
    expect(paper.locator("figure svg")).to_be_visible()
    expect(paper.get_by_text(re.compile("/verify$"))).to_be_visible()
    paper.close()


def said(page: Page, url: str, code: str, answer: str) -> None:
    """What somebody reads who knows no account, in either language."""
    stranger = page.context.browser.new_context(locale="zh-CN")
    other = stranger.new_page()
    other.goto(f"{url}/verify")
    other.get_by_label("公示表上的验证码（10位）").fill(f" {code.lower()} ")
    other.get_by_role("button", name="查询").click()
    expect(other.get_by_role("status")).to_have_text(words.say(f"verify.{answer}"))
    other.get_by_role("link", name="English").click()
    other.get_by_label(re.compile("^The code")).fill(code)
    other.get_by_role("button", name="Check").click()
    expect(other.get_by_role("status")).to_have_text(words.say(f"verify.{answer}", "en"))
    stranger.close()


def test_two_taps_file_once_with_the_picture_of_the_bill(server, tablet: Page, tmp_path: Path):
    from PIL import Image

    scope = Scope(server.data, operator=True)
    picture = tmp_path / "bill.jpg"
    Image.effect_noise((2400, 1800), 30).convert("RGB").save(picture, quality=95)
    before = len(scope.read("spendings"))
    sign_in(tablet, "caretaker")
    file(tablet, "１２.50元", "镇粮油店")
    tablet.locator("input[type=file]").first.set_input_files(picture)
    expect(tablet.get_by_text("bill.jpg")).to_be_visible()
    settled(tablet)
    tablet.get_by_role("button", name=re.compile("^提交审批")).dblclick()
    expect(tablet.get_by_text(words.say("saved.spendings"))).to_be_visible()
    settled(tablet)
    assert len(scope.read("spendings")) == before + 1
    bills = scope.read("bills", order="id DESC")
    assert len(bills) == 1
    assert len(bills["image"].iloc[0]) < 400_000
    expect(tablet.locator("img.hh-bill")).to_be_visible()
    again(tablet)
    expect(tablet.locator("img.hh-bill")).to_be_visible()


def test_the_form_keeps_what_was_typed_when_it_is_refused(server, tablet: Page):
    sign_in(tablet, "caretaker")
    file(tablet, "12.345", "镇粮油店")
    expect(tablet.get_by_text(words.say("rule.amount_decimals"))).to_be_visible()
    expect(tablet.get_by_label(re.compile("^金额")).first).to_have_value("12.345")
    fill(tablet, re.compile("^金额"), "9999999")
    touch(tablet, re.compile("^提交审批"))
    expect(tablet.get_by_text(words.say("rule.spendings_over")).last).to_be_visible()
    expect(tablet.get_by_label("收款方").first).to_have_value("镇粮油店")


def test_targets_are_large_enough_for_a_finger(server, tablet: Page):
    sign_in(tablet, "caretaker")
    for part in ("待审批", "填凭证", "物资", "缴费", "对账"):
        go(tablet, f"/spending?spending={part}")
        for each in tablet.get_by_test_id("stMain").get_by_role("button").all():
            box = each.bounding_box()
            small = (
                box
                and each.is_visible()
                and box["height"] < 47.5
                and "stNumberInput" not in (each.get_attribute("data-testid") or "")
            )
            assert not small, (part, each.inner_text(), box)


def test_a_funder_reaches_neither_page(server, page: Page):
    sign_in(page, "funder")
    for name in ("spending", "disclosing"):
        go(page, f"/{name}?voucher=1&sheet=1")
        expect(page.get_by_text("集市肉铺")).to_have_count(0)
        expect(page.get_by_role("heading", name=words.say(f"page.{name}"), exact=True)).to_have_count(0)
