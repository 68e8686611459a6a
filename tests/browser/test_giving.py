"""A funder's page in the browser, what is taken along of it, that no other address opens, and the clicks through the flow of money."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from db.scope import Scope, may
from pages import MENU
from tests.browser.steps import go, settled, sign_in

PAGES = [name for group in MENU.values() for name in group]


def figures(page: Page) -> dict[str, str]:
    """The figures of the cards by their names."""
    cards = page.locator(".hh-card summary")
    return {each.locator("span").inner_text(): each.locator("b").inner_text() for each in cards.all()}


def test_the_first_page_is_what_was_given(server, page: Page):
    sign_in(page, "funder")
    expect(page.locator("h1")).to_have_text("我的捐赠")
    assert {"捐赠", "已用", "期初结余", "期末结余"} <= set(figures(page))
    page.locator(".hh-card summary").first.click()
    expect(page.locator(".hh-card[open] p")).to_be_visible()
    for section in ("服务了多少人", "历年与结余", "实物与承诺"):
        page.get_by_role("tab", name=section).click()
        settled(page)
        expect(page.get_by_role("tabpanel").filter(visible=True).first).to_contain_text(
            re.compile("服务人日|剩余|实物")
        )


def test_any_days_by_the_address(server, page: Page):
    sign_in(page, "funder")
    go(page, "/giving?from=2020-01-01&to=2020-12-31")
    expect(page.locator(".hh-card b").first).to_have_text("0元")
    go(page, "/giving?from=2020-01-01&to=2026-11-20")
    assert figures(page)["期初结余"] == "0元"
    assert figures(page)["捐赠"] != "0元"
    go(page, "/giving?from=2026-11-20&to=2026-01-01")
    expect(page.get_by_text("结束日期早于开始日期")).to_be_visible()


def test_the_statement_is_saved_and_printed(server, page: Page, tmp_path: Path):
    sign_in(page, "funder")
    go(page, "/giving?from=2020-01-01&to=2026-11-20")
    with page.expect_download() as saving:
        page.get_by_role("button", name="下载表格").click()
    assert saving.value.suggested_filename == "捐赠使用对账单 2020-01-01 2026-11-20.xlsx"
    saving.value.save_as(tmp_path / "x.xlsx")
    book = zipfile.ZipFile(io.BytesIO((tmp_path / "x.xlsx").read_bytes()))
    assert any(name.startswith("xl/tables/") for name in book.namelist())
    settled(page)
    with page.context.expect_page() as opening:
        page.get_by_role("button", name="打印对账单").click()
    expect(opening.value.locator("h1")).to_have_text("捐赠使用对账单")
    expect(opening.value.locator("footer")).to_contain_text("不是公益事业捐赠票据")


@pytest.mark.parametrize("query", ["", "?gift=1&spending=1&purpose=meals&person=1&home=1"])
def test_no_other_address_opens(server, page: Page, query: str):
    """Every page that is not the funder's shows their own first page instead, whatever the address holds."""
    sign_in(page, "funder")
    for name in (name for name in PAGES if not may("funder", "r", name, "page")):
        go(page, f"/{name}{query}")
        expect(page.locator("h1")).to_have_text("我的捐赠")
        assert not page.locator(".hh-table a, .hh-person").count(), name


def test_the_flow_is_clicked_both_ways(server, page: Page):
    """From the flow to a purpose, to a gift, to a spending that drew on it, back to the gift; and back again by the browser."""
    scope = Scope(server.data, operator=True)
    uses = scope.read("money_uses", order="yuan DESC", limit=1).iloc[0]
    sign_in(page, "official")
    go(page, "/money?month=2026-10")
    page.locator(".hh-flow svg a", has_text="助餐").last.click()
    expect(page.get_by_text("用途：助餐")).to_be_visible()
    assert "purpose=meals" in page.url
    assert "month=2026-10" in page.url
    page.locator(".hh-table a").first.click()
    expect(page.get_by_text(re.compile("返回资金总览"))).to_be_visible()
    settled(page)
    assert "gift=" in page.url
    go(page, f"/money?gift={uses['gift_id']}")
    page.locator(".hh-table a").first.click()
    expect(page.get_by_text("用的是哪些捐赠")).to_be_visible()
    assert "spending=" in page.url
    page.locator(f".hh-table a[href*='gift={uses['gift_id']}']").first.click()
    expect(page.get_by_text("买了什么")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("用的是哪些捐赠")).to_be_visible()
    page.get_by_text("返回资金总览").click()
    expect(page.locator(".hh-flow svg")).to_be_visible()
