"""The bank's statement: read as banks write it, matched where nothing is doubtful, never booked twice."""

import csv
import io

import pytest

from db import importer, money, statements
from db.importer import sheets, values
from db.rules import RuleBroken
from db.scope import Scope
from tests.test_pages import run  # noqa: F401

SIDES = [["交易日期", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名"],
         ["20261105", "电费", "1,200.00", "", "8,800.00", "县供电公司"],
         ["20261107", "捐款", "", "3000", "11,800.00", "宏达粮油公司"]]  # fmt: skip
SIGNS = [["Date", "Amount", "Balance", "Counterparty", "Details"],
         ["2026-11-05", "-1,200.00", "8,800.00", "县供电公司", "电费"],
         ["2026-11-07", "+3,000.00", "11,800.00", "宏达粮油公司", "捐款"]]  # fmt: skip
WORDS = [["记账日期", "收支", "交易金额", "账户余额", "对方名称", "备注"],
         ["2026/11/5 10:20:31", "支出", "1200元", "8800", "县供电公司", "电费"],
         ["2026年11月7日", "收入", "叁仟元整", "11800", "宏达粮油公司", "捐款"]]  # fmt: skip
CASHIER = [["前屯村互助幸福院现金日记账"], [], ["日期", "摘要", "收入", "支出", "结余"],
           ["2026-11-05", "电费", "", 1200, 8800], ["2026-11-07", "捐款", 3000, "", 11800], ["合计", "", 3000, 1200, ""]]  # fmt: skip


def as_csv(rows: list[list[object]], coding: str = "gb18030") -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    return kept.getvalue().encode(coding)


def bring(scope: Scope, content: bytes, name: str, home: int = 1):
    return importer.run(scope, importer.plan(scope, content, name), home, save=True)


def lines(scope: Scope) -> list[tuple[object, ...]]:
    found = scope.read("bank_lines", order="day, id")
    return list(found[["day", "amount_fen", "balance_fen"]].itertuples(index=False, name=None))


BOTH = [("2026-11-05", -120_000, 880_000), ("2026-11-07", 300_000, 1_180_000)]


@pytest.fixture
def home(given):
    given.save("homes", {"name": "前屯村互助幸福院", "county": "肥源县"})
    return given


@pytest.mark.parametrize("rows", [SIDES, SIGNS, WORDS, CASHIER], ids=["sides", "signs", "words", "cashier"])
@pytest.mark.parametrize("made", [as_csv, lambda rows: sheets.write_xlsx([("流水", rows)])], ids=["csv", "xlsx"])
def test_statements_are_read_as_banks_write_them(home, rows, made):
    result = bring(home, made(rows), "流水.csv")
    assert result.counts == {"new": 2, "known": 0, "open": 0, "refused": 0}
    assert lines(home) == BOTH


def test_the_same_file_again_changes_nothing(home):
    bring(home, as_csv(SIDES), "十一月.csv")
    again = bring(home, as_csv(SIDES), "十一月.csv")
    other = bring(home, sheets.write_xlsx([("x", SIDES)]), "十一月.xlsx")
    assert (again.counts["known"], other.counts["known"]) == (2, 2)
    assert again.import_id is None
    assert lines(home) == BOTH


def test_a_longer_statement_brings_only_what_is_new(home):
    bring(home, as_csv(SIDES), "a.csv")
    longer = [*SIDES, ["20261109", "买煤", "500", "", "11,300.00", "平安煤场"]]
    assert bring(home, as_csv(longer), "b.csv").counts == {"new": 1, "known": 2, "open": 0, "refused": 0}
    assert len(lines(home)) == 3


def test_two_lines_alike_are_two_once(home):
    """Two bus tickets on one day, in a book without balances, are two; the file again brings no third."""
    rows = [["日期", "收入", "支出", "对方"], ["2026-11-05", "", "2", "客运站"], ["2026-11-05", "", "2", "客运站"]]
    assert bring(home, as_csv(rows), "a.csv").counts["new"] == 2
    assert bring(home, as_csv(rows), "a.csv").counts == {"new": 0, "known": 2, "open": 0, "refused": 0}


@pytest.mark.parametrize(
    ("came", "went", "rule"),
    [
        ("100", "200", "import_both_ways"),
        ("12.345", "", "import_money_decimals"),
        ("三千五", "", "import_money"),
        ("", "", "required"),
    ],
)
def test_what_can_be_read_two_ways_is_refused(home, came, went, rule):
    rows = [["日期", "收入", "支出", "余额"], ["2026-11-05", came, went, "1"], ["2026-11-06", "5", "", "6"]]
    result = bring(home, as_csv(rows), "a.csv")
    assert [row.rule for row in result.refused] == [rule]
    assert result.counts["new"] == 1


def test_a_word_that_says_no_way_is_refused(home):
    rows = [["日期", "收支", "金额", "余额"], ["2026-11-05", "其他", "5", "1"]]
    assert [row.rule for row in bring(home, as_csv(rows), "a.csv").refused] == ["import_word"]


def test_a_register_of_gifts_is_no_statement(home):
    rows = [["日期", "捐赠单位", "金额", "用途"], ["2026-11-05", "某公司", "500", "助餐"]]
    assert importer.plan(home, as_csv(rows), "a.csv").tables[0].relation == "gifts"


# -- matching


def gift(scope: Scope, day: str, fen: int, donor: str | None) -> int:
    return scope.save("gifts", {"home_id": 1, "day": day, "source": "enterprise", "amount_fen": fen, "donor": donor})


def line(scope: Scope, day: str, fen: int, who: str | None = None) -> int:
    return scope.save("bank_lines", {"home_id": 1, "day": day, "amount_fen": fen, "counterpart": who})


def spent(scope: Scope, sign_in, fen: int, payee: str, outcome: str = "approved") -> int:
    """A voucher of the general fund, decided."""
    fund = int(scope.read("funds", kind="general")["id"].iloc[0])
    row = {"home_id": 1, "fund_id": fund, "purpose": "running", "amount_fen": fen, "payee": payee, "handler": "某人"}
    with scope.work() as desk:
        id = money.file(desk, row)
    with sign_in("official", county="肥源县").work() as desk:
        (money.approve if outcome == "approved" else lambda *of: money.refuse(*of, "缺票"))(desk, "spendings", id)
    return id


def match(scope: Scope) -> int:
    with scope.work() as desk:
        return statements.match_clear(desk, 1)


def matched(scope: Scope) -> dict[int, tuple[object, object]]:
    found = scope.read("bank_list").astype(object)
    return {
        row["id"]: (row["gift_id"], row["spending_id"])
        for row in found.where(found.notna(), None).to_dict("records")
        if not row["unmatched"]
    }


def test_one_of_its_amount_and_name_is_matched(home, sign_in):
    given = gift(home, "2026-11-01", 300_000, "宏达粮油公司")
    gift(home, "2026-11-01", 300_000, "新禾果品公司")
    paid = spent(home, sign_in, 120_000, "县供电公司")
    came, went = (
        line(home, "2026-11-03", 300_000, "肥源县宏达粮油公司"),
        line(home, "2026-11-20", -120_000, "县供电公司"),
    )
    assert match(home) == 2
    assert matched(home) == {came: (given, None), went: (None, paid)}
    assert match(home) == 0


def test_without_a_name_only_the_one_nearby_is_matched(home):
    near = gift(home, "2026-11-01", 100, None)
    gift(home, "2026-11-01", 200, "某公司")
    first, far = line(home, "2026-11-04", 100, "张某"), line(home, "2026-11-06", 200)
    assert match(home) == 1
    assert matched(home) == {first: (near, None)}
    assert far not in matched(home)


@pytest.mark.parametrize("who", ["另一家公司", "公"])
def test_another_name_is_not_matched_by_itself(home, who):
    gift(home, "2026-11-01", 100, "某公司")
    line(home, "2026-11-01", 100, who)
    assert match(home) == 0


def test_between_two_alike_nothing_is_guessed(home):
    gift(home, "2026-11-01", 100, "某公司")
    gift(home, "2026-11-02", 100, "某公司")
    line(home, "2026-11-01", 100, "某公司")
    line(home, "2026-11-02", 100, "某公司")
    assert match(home) == 0
    assert len(home.read("bank_candidates")) == 4


def test_of_two_lines_that_could_be_one_entry_none_is_chosen(home):
    gift(home, "2026-11-01", 100, "某公司")
    for day in ("2026-11-01", "2026-11-02"):
        line(home, day, 100, "某公司")
    assert match(home) == 0


def test_days_far_apart_are_no_candidates(home):
    gift(home, "2026-11-01", 100, "某公司")
    line(home, "2026-11-12", 100, "某公司")
    assert home.read("bank_candidates").empty


def test_one_entry_is_one_line(home):
    given = gift(home, "2026-11-01", 100, "某公司")
    first, second = line(home, "2026-11-01", 100, "某公司"), line(home, "2026-11-02", 100, "某公司")
    with home.work() as desk:
        statements.take(desk, first, "gifts", given)
    with pytest.raises(RuleBroken, match="bank_lines_gift_id_once"), home.work() as desk:
        statements.take(desk, second, "gifts", given)
    with pytest.raises(RuleBroken, match="bank_lines_taken"), home.work() as desk:
        statements.take(desk, first, "gifts", given)


def test_a_line_whose_voucher_was_refused_is_open_again(home, sign_in):
    gift(home, "2026-11-01", 500_000, "某公司")
    went = line(home, "2026-11-20", -100, "店")
    paid = spent(home, sign_in, 100, "店", "refused")
    with home.work() as desk:
        statements.take(desk, went, "spendings", paid)
    assert home.read("bank_list", id=went)["unmatched"].tolist() == [1]


def test_matching_stays_in_ones_homes(home, sign_in):
    other = home.save("homes", {"name": "后屯村互助幸福院", "county": "肥源县"})
    mine = sign_in("caretaker", home_id=1)
    with pytest.raises(RuleBroken, match="gone"), mine.work() as desk:
        statements.match_clear(desk, other)
    with pytest.raises(RuleBroken, match="not_allowed"), sign_in("auditor", county="肥源县").work() as desk:
        statements.match_clear(desk, 1)


def test_from_a_line_a_gift_is_filed_once(run, demo_data, monkeypatch):  # noqa: F811
    import streamlit as st

    from tests.test_pages import press, widget

    scope = Scope(demo_data, operator=True)
    came = line(scope, "2026-11-19", 77_700, "新禾果品公司")
    monkeypatch.setattr(st, "query_params", {"line": str(came)})
    app = run(demo_data, "caretaker", "spending")
    assert widget(app, "text_input", "捐赠方").value == "新禾果品公司"
    widget(app, "selectbox", "类别").set_value("enterprise")
    press(app, "保存", "gifts")
    found = scope.read("gifts", order="id DESC", limit=1).iloc[0]
    assert (found["amount_fen"], found["day"], found["donor"]) == (77_700, "2026-11-19", "新禾果品公司")
    assert matched(scope)[came] == (found["id"], None)


def test_from_a_line_a_voucher_is_filed_that_waits(run, demo_data, monkeypatch):  # noqa: F811
    import streamlit as st

    from tests.test_pages import widget

    scope = Scope(demo_data, operator=True)
    went = line(scope, "2026-11-19", -7_700, "集市肉铺")
    monkeypatch.setattr(st, "query_params", {"line": str(went)})
    app = run(demo_data, "caretaker", "spending")
    assert (widget(app, "text_input", "金额").value, widget(app, "text_input", "收款方").value) == ("77.00", "集市肉铺")
    fund = widget(app, "selectbox", "从哪笔资金支出")
    app = fund.select_index(next(n for n, each in enumerate(fund.options) if each.startswith("助餐"))).run()
    next(each for each in app.button if each.label.startswith("提交审批")).click().run()
    found = scope.read("money_spendings", order="id DESC", limit=1).iloc[0]
    assert (found["yuan"], found["day"], found["state"]) == (77, "2026-11-19", "undecided")
    assert matched(scope)[went] == (None, found["id"])


@pytest.mark.parametrize(
    ("cell", "fen"),
    [("-1,200.00", -120_000), ("－500元", -50_000), ("−3", -300), ("(300)", -30_000), ("（300）", -30_000), ("+5", 500), (-0.05, -5),
     (12, 1200), ("0", 0), ("-0.00", 0), ("-叁仟元整", -300_000)],
)  # fmt: skip
def test_a_sign_is_read_as_banks_write_it(cell, fen):
    assert values.signed(cell) == fen


@pytest.mark.parametrize("cell", ["--5", "+-5", "-", "(5", "5-", "-1.234", "-三千五", "负五元"])
def test_a_sign_that_is_none_is_refused(cell):
    with pytest.raises(RuleBroken):
        values.signed(cell)


def test_one_touch_matches_what_leaves_no_doubt(run, demo_data):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    before = int(scope.read("bank_list")["unmatched"].sum())
    app = run(demo_data, "caretaker", "spending", spending="spending.bank")
    app = app.button(key="bank_match").click().run()
    assert not app.exception
    assert before > 0 == int(scope.read("bank_list")["unmatched"].sum())


def test_a_statement_is_brought_in_on_the_page(run, demo_data):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    before = len(scope.read("bank_lines"))
    for new in (2, 0):
        app = run(demo_data, "caretaker", "spending", spending="spending.bank")
        app.file_uploader[0].upload("流水.csv", as_csv(SIDES), "text/csv")
        app = app.run()
        assert app.button(key="import_save").disabled == (new == 0)
        if new:
            app.button(key="import_save").click().run()
        assert len(scope.read("bank_lines")) == before + 2
