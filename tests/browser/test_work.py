"""A day's work on the screen: the workbook comes in, care is logged, the power fails."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import ROOT
from tests.browser.steps import again, go, pick, settled, sign_in

WORKBOOK = ROOT / "sample_data" / "前屯村登记表.xlsx"
DROP = """async ([bytes, name]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name));
  const zone = document.querySelector('[data-testid=stFileUploaderDropzone]');
  for (const kind of ['dragenter', 'dragover', 'drop']) zone.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true }));
}"""


def drop(page: Page, path: Path) -> None:
    """A file dragged from the desk onto the import page."""
    page.wait_for_selector("[data-testid=stFileUploaderDropzone]")
    page.evaluate(DROP, [list(path.read_bytes()), path.name])


def card(page: Page, name: str) -> str:
    """The figure on the card of this name."""
    return page.locator(".hh-card", has=page.locator(f"summary > span:text-is('{name}')")).locator("b").inner_text()


def count(server, table: str) -> int:
    with sqlite3.connect(server.data / "happiness.db") as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_the_villages_workbook_becomes_its_dashboard(server, page: Page):
    """Dropped, looked at, saved; then all of its figures stand on the overview of October."""
    sign_in(page, "official")
    go(page, "/importing")
    drop(page, WORKBOOK)
    page.get_by_role("button", name=re.compile("保存 291 行")).click(timeout=60_000)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("新增 265 行，待确认姓名 26 行")
    settled(page)
    go(page, "/?home=前屯村互助幸福院&month=2026-10")
    expect(page.locator(".hh-card").first).to_be_visible()
    settled(page)
    assert card(page, "在住老人").startswith("38")
    assert card(page, "互助服务时长").startswith("208.3")
    assert card(page, "服务人数").startswith("37")  # as many names as the column 服务对象 holds
    assert card(page, "收到资金") == "–"
    for month, yuan in {
        "2026-02": "5,000",
        "2026-03": "30,000",
        "2026-05": "13,300",
        "2026-06": "8,000",
        "2026-09": "200",
    }.items():
        go(page, f"/?home=前屯村互助幸福院&month={month}")
        expect(page.locator(".hh-card", has_text="收到资金").locator("b")).to_contain_text(yuan)
    expect(page.locator(".hh-chart", has_text="资金来源")).to_contain_text("56,500")
    before = count(server, "care_logs")
    go(page, "/importing")
    drop(page, WORKBOOK)
    expect(page.get_by_text("已有").first).to_be_visible(timeout=60_000)
    settled(page)
    assert count(server, "care_logs") == before


def test_a_second_tap_books_once_and_a_power_cut_loses_nothing(server, tablet: Page):
    sign_in(tablet, "caretaker")
    go(tablet, "/care")
    form = tablet.locator(".st-key-add_care_logs")
    people = form.get_by_test_id("stSelectbox")
    for index, place in ((0, 0), (1, 1), (2, 0)):
        pick(people.nth(index).locator("input"), tablet.locator("[role=option]").nth(place))
    form.get_by_test_id("stNumberInput").locator("input").fill("30")
    before = count(server, "care_logs")
    save = form.get_by_role("button", name="保存")
    save.dblclick()
    expect(tablet.get_by_text("服务记录已保存")).to_be_visible()
    assert count(server, "care_logs") == before + 1
    server.restart()
    assert count(server, "care_logs") == before + 1
    again(tablet)
    expect(tablet.locator("h1")).to_have_text("互助服务")


def test_what_was_saved_is_said_in_sight_and_the_page_stays(tablet: Page):
    sign_in(tablet, "caretaker")
    go(tablet, "/gifts")
    form = tablet.locator(".st-key-add_gifts")
    form.locator("summary").tap()
    pick(form.get_by_role("combobox", name="类别"), tablet.get_by_role("option").first)
    form.get_by_role("textbox", name="金额").fill("10元")
    save = form.get_by_role("button", name="保存")
    save.scroll_into_view_if_needed()
    tablet.evaluate("document.querySelector('[data-testid=stMain]').scrollBy(0, 200)")
    place = tablet.evaluate(SCROLLED)
    save.tap()
    settled(tablet)
    expect(tablet.get_by_text("捐赠已保存")).to_be_in_viewport()
    assert tablet.evaluate(SCROLLED) >= place > 100


def test_a_refused_row_says_why_and_keeps_what_was_typed(server, tablet: Page):
    sign_in(tablet, "caretaker")
    go(tablet, "/care")
    form = tablet.locator(".st-key-add_care_logs")
    form.get_by_test_id("stNumberInput").locator("input").fill("45")
    form.get_by_role("button", name="保存").click()
    expect(tablet.get_by_test_id("stAlert")).to_be_visible()
    assert form.get_by_test_id("stNumberInput").locator("input").input_value() == "45"


SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
NAMES = [
    "<script>window.broken = 1</script>",
    "[点我](javascript:window.broken=1)",
    "<img src=x onerror=window.broken=1>",
    "**粗**:red[红]",
]


@pytest.mark.parametrize("name", NAMES)
def test_markup_in_a_name_is_only_text(server, page: Page, name: str):
    with sqlite3.connect(server.data / "happiness.db") as db:
        db.execute("INSERT INTO persons (home_id, name) VALUES (1, ?)", [name])
    sign_in(page, "official")
    go(page, "/residents")
    page.get_by_label("查找").fill(name)
    rows = page.locator("[class*=st-key-rows_person] button")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(name)
    rows.click()
    expect(page.locator(".hh-person h2")).to_contain_text(name)
    settled(page)
    assert page.evaluate("window.broken") is None
    assert (
        page.locator(".hh-person header :is(a, img, script), [class*=st-key-rows_person] :is(a, img, script)").count()
        == 0
    )
