"""Reports: sentences from figures that equal the overview's and the views', on paper and in the workbook, and nobody's name."""

import io
import re
import shutil
import sqlite3
import zipfile
from dataclasses import replace

import pytest

from components import (
    comparing_paper,
    disclosure_book,
    month_paper,
    month_report,
    overview,
    papers,
    report,
    roster_book,
    roster_papers,
    survey,
    tables,
    week_board,
    words,
)
from db import accounts
from db.importer import books, sheets
from db.scope import Scope
from db.words import say

MONTH = "2026-10"


def told(scope: Scope) -> list[str]:
    return month_report.sentences(scope, month_report.values(scope, overview.read(scope)))


def test_the_month_in_words(given):
    """
    homes
    id  name  opened
    1   东院  2020-01-01

    persons
    id  home_id  name
    1   1        张志明
    2   1        王小芳

    stays
    home_id  person_id  from_day
    1        1          2026-01-01
    1        2          2026-10-01

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-09-05  1         2            company  100
    1        2026-10-05  1         2            meal     90
    1        2026-10-06  2         1            visit    16

    gifts
    home_id  day         source      amount_fen
    1        2026-10-09  enterprise  120050
    1        2026-10-09  fiscal      10000
    """
    assert told(replace(given, month=MONTH)) == [
        "月末在住老人 2 人，比上月多 1 人。",
        "本月服务 1.8 小时，比上月多 6%，服务老人 2 人。时间主要用在助餐。在住老人中本月被探访过的占 50.0%，既帮人又受助的占 100.0%。",
        "本月收到资金 1,300.50 元，支出 0.00 元。收到的资金主要来自企业捐赠。",
        "设施方面：开放率 6.5%。",
    ]
    assert told(replace(given, month="2026-11"))[0] == say("report.so_far", day="2026-11-20")


def test_the_same_in_english(given, monkeypatch):
    """
    homes
    id  name  opened
    1   东院  2020-01-01

    persons
    id  home_id  name
    1   1        张志明
    2   1        王小芳

    stays
    home_id  person_id  from_day
    1        1          2026-01-01
    1        2          2026-01-01

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-09-05  1         2            company  120
    1        2026-10-05  1         2            meal     60
    """
    monkeypatch.setattr(words, "language", lambda: "en")
    assert told(replace(given, month=MONTH))[:2] == [
        "Residents at the month's end: 2, as last month.",
        say("report.care", "en", hours="1.0", change="50 % less than last month", served="1")
        + say("report.most", "en", service=say("meal", "en"))
        + " Of the residents 0.0 % were visited in the month, 0.0 % both gave and received care.",
    ]


def test_a_month_without_entries_says_so(given):
    """
    homes
    id  name  opened
    1   东院  2020-01-01
    """
    here = replace(given, month=MONTH)
    assert told(here) == [say("report.no_residents"), say("report.no_care"), say("report.no_money")]
    page = month_paper.paper(here)
    assert say("report.no_care") in page
    assert "nan" not in page.lower()
    assert say("report.no_care") in cells(month_paper.book(here))


def test_a_home_that_opened_last_week(given):
    """
    homes
    id  name  opened
    1   新院  2026-11-13

    persons
    id  home_id  name
    1   1        张志明

    stays
    home_id  person_id  from_day
    1        1          2026-11-13

    care_logs
    home_id  day         giver_name  receiver_id  service  minutes
    1        2026-11-14  某人        1            meal     30
    """
    said = told(replace(given, month="2026-11"))
    assert say("opened_since", day="2026-11-13") in said
    assert said[2] == f"月末在住老人 1 人，{say('report.none_before')}。"
    assert say("report.none_before") in said[3]


@pytest.fixture(scope="module")
def official(demo_made, tmp_path_factory):
    """The demo as its official sees it in a full month, signed in."""
    data = shutil.copytree(demo_made, tmp_path_factory.mktemp("reports") / "data")
    token, _ = accounts.claim(data, accounts.sign_in(data, "official", "official-demo"), "test")
    return Scope(data, token, month=MONTH)


def cells(book: bytes) -> list[object]:
    return [cell for sheet in sheets.open_file(book, "book.xlsx") for row in sheet.rows for cell in row if cell != ""]


def test_figures_equal_those_of_the_overview_and_of_the_views(official):
    found = overview.read(official)
    lines = month_paper.lines(month_report.values(official, found), found)
    months = official.months(back=overview.BACK)
    with sqlite3.connect(official.data / "happiness.db") as db:
        for _, figure, unit, values in lines:
            for month, value in zip(months, values, strict=True):
                assert value == pytest.approx(asked(db, figure, unit, month)), (figure, month)
    drawn = "".join(tables.drawn(found, months, wanted) for wanted in overview.PARTS.values())
    page, book = month_paper.paper(official), cells(month_paper.book(official))
    shown = dict(re.findall(r"<span>([^<]+)</span><b>([\d,.]+)<em>", drawn))
    assert len(lines) > 8
    for _, figure, unit, values in lines:
        name = say(f"figure.{figure}")
        assert f"<th>{name}</th><td class=number>{month_paper.said(values[0], unit)}</td>" in page
        if values[0] is not None:
            assert float(shown[name].replace(",", "")) == pytest.approx(
                values[0], abs=0.51 if unit == "yuan" else 0.051
            )
            assert book[book.index(name) + 2] == pytest.approx(values[0], abs=0.0051)


def asked(db, figure, unit, month):
    """The figure straight from its view."""
    for view in overview.VIEWS:
        top, bottom, n = db.execute(
            f"SELECT sum(top), sum(bottom), count(*) FROM {view} WHERE figure = ? AND month = ?", [figure, month]
        ).fetchone()
        if n:
            return tables.value({"top": top, "bottom": bottom, "unit": unit})
    return None


def test_the_report_names_nobody(official):
    names = Scope(official.data, operator=True).read("persons")["name"].tolist()
    book = " ".join(map(str, cells(month_paper.book(official))))
    text = re.sub(r"<style>.*?</style>", "", month_paper.paper(official), flags=re.DOTALL) + book
    assert [name for name in names if name in text] == []
    assert say("paper.inside") in text


def test_every_paper_has_page_numbers_and_says_when_it_was_printed(official):
    home, week = int(official.read("user_homes")["home_id"].iloc[0]), week_board.monday(official)
    for page in (
        month_paper.paper(official),
        comparing_paper.paper(official),
        roster_papers.paper(official, home, week),
        papers.published(official, survey.newest_round(official)),
    ):
        assert "@bottom-center { content: counter(page) ' / ' counter(pages); }" in page
        assert report.quoted(say("printed_on", day="2026-11-20")) in page


def test_a_title_cannot_leave_its_place_in_the_style():
    page = report.paper("'}</style><script>", "", "")
    assert "<script>" not in page
    assert page.count("</style>") == 1


def test_each_workbook_has_real_tables_and_native_charts(official):
    home, week = int(official.read("user_homes")["home_id"].iloc[0]), week_board.monday(official)
    lines = official.read("disclosure_lines", disclosure_id=1, order="line")
    row = tables.rows(replace(official, month=None).read("disclosure_list", id=1))[0]
    for book in (
        month_paper.book(official),
        roster_book.book(official, home, week, ""),
        papers.book(official, survey.newest_round(official), "zh"),
        disclosure_book.book(row, lines),
    ):
        parts = zipfile.ZipFile(io.BytesIO(book)).namelist()
        assert sum(part.startswith("xl/tables/table") for part in parts) >= 2
        assert any(part.startswith("xl/charts/chart") for part in parts)


def test_a_workbook_takes_no_text_for_a_formula_and_no_heading_twice():
    page = books.Page("a", ["=1+1"], ["x", "x"], [["=2+2", "http://a"]], books.Chart("columns", 0, (1,), "t"))
    parts = zipfile.ZipFile(io.BytesIO(books.write([page, page])))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert b'name="x 2"' in parts.read("xl/tables/table1.xml")


def test_the_roster_as_a_workbook_has_a_line_a_place(official):
    home, week = int(official.read("user_homes")["home_id"].iloc[0]), week_board.monday(official)
    shifts, on = week_board.rows(official, home, week)
    first, each = sheets.open_file(roster_book.book(official, home, week, "x"), "roster.xlsx")
    came = [row for row in on if row["done"] != 0]
    body = [row for row in first.rows if str(row[0]).startswith("2026-")]
    assert len(body) == len(came) + sum(row["open"] or 0 for row in shifts)
    hours = [row[1] for row in each.rows if isinstance(row[1], float)]
    assert sum(hours) == pytest.approx(sum(row["minutes"] for row in came) / 60, abs=0.05 * len(hours))


def test_the_sheet_as_a_workbook_has_every_line_masked_as_on_paper(official):
    row = tables.rows(replace(official, month=None).read("disclosure_list", id=1))[0]
    lines = official.read("disclosure_lines", disclosure_id=1, order="line")
    found = sheets.open_file(disclosure_book.book(row, lines), "sheet.xlsx")
    said = [str(cell) for cell in (cell for line in found[-1].rows for cell in line) if cell != ""]
    assert set(lines["who"].dropna()) <= set(said)
    assert row["income_yuan"] in [cell for line in found[0].rows for cell in line]


def test_homes_are_told_by_size_and_never_ranked(given):
    """
    homes
    id  name  county  township
    1   甲院  肥源县  东乡
    2   乙院  肥源县  东乡
    3   丙院  肥源县  西乡
    """
    for home, people, visited in ((1, 8, 8), (2, 18, 3), (3, 9, 0)):
        with given.work() as desk:
            for n in range(people):
                id = desk.insert("persons", {"home_id": home, "name": f"老人{home}{n}"})
                desk.insert("stays", {"home_id": home, "person_id": id, "from_day": "2026-01-01"})
                if n < visited:
                    desk.insert(
                        "care_logs",
                        {
                            "home_id": home,
                            "day": "2026-10-05",
                            "giver_name": "某人",
                            "receiver_id": id,
                            "service": "visit",
                            "minutes": 30,
                        },
                    )
    scope = replace(given, month=MONTH)
    sizes = comparing_paper.sizes(scope).set_index("size")
    counted = ["homes_counted", "homes_logged", "residents", "visit_rate", "hours_each"]
    assert sizes.loc["size_9", counted].tolist() == [2, 1, 17, 100.0, 0.5]  # of 丙院 nobody knows
    assert sizes.loc["size_19", counted].tolist() == [1, 1, 18, 16.7, 0.1]
    found = comparing_paper.homes(scope, scope.read("overview_funnel", order="home_id"))
    assert found["home"].tolist() == ["乙院", "甲院", "丙院"]  # as names go, not as rates do
    assert found.set_index("home").loc["甲院", "funnel"] == say("report.visit_rate.far_above")
    assert found.set_index("home").loc["丙院", "funnel"] == say("report.not_logged")
    page = comparing_paper.paper(scope)
    assert say("report.fair") in page
    assert "老人1" not in page
    assert "老人1" not in " ".join(map(str, cells(comparing_paper.book(scope))))


def test_one_home_or_none_is_compared_with_nobody(given):
    """
    homes
    id  name
    1   甲院
    """
    scope = replace(given, month=MONTH)
    assert say("nothing_yet") in comparing_paper.paper(scope)
    assert comparing_paper.book(scope)
