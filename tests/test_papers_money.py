"""Papers of money: numbers without a gap whoever writes at once, void ones that stay, sheets that tie to the ledger and name nobody whole."""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components import disclosure_paper, money_papers, tables
from components import words as spoken
from db import accounts, amounts, money, papers
from db.rules import RuleBroken
from db.scope import Scope
from db.words import LANGUAGES, say

MONTHS = ("2026-08", "2026-09", "2026-10")


@pytest.fixture
def village(data):
    """The operator's scope of a home with an official, an auditor, and 1,000 yuan from a firm."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        desk.insert("homes", {"name": "前屯村互助幸福院", "county": "肥源县"})
        for role in ("official", "auditor"):
            accounts.add(desk, {"username": role, "name": role, "role": role, "county": "肥源县"})
        give(desk, day="2026-01-05", amount_fen=100_000, donor="宏达粮油公司")
    return scope


def give(desk, **row):
    return desk.insert("gifts", {"home_id": 1, "day": "2026-08-01", "source": "enterprise", **row})


def spend(desk, fen, **row):
    """A voucher of the general fund that is approved at once."""
    fund = desk.db.execute("SELECT id FROM funds WHERE kind = 'general'").fetchone()[0]
    row = {
        "home_id": 1,
        "fund_id": fund,
        "purpose": "running",
        "payee": "镇粮油店",
        "handler": "某人",
        "day": "2026-08-02",
        **row,
    }
    id = money.file(desk, row | {"amount_fen": fen})
    approve(desk, "spending", id)
    return id


def approve(desk, what, id):
    desk.insert("approvals", {"home_id": 1, f"{what}_id": id, "outcome": "approved", "decided_by": "official"})


def publish(desk, first, last):
    """A sheet that the finance group has checked and the official published."""
    sheet = papers.draw_up(desk, 1, first, last)
    for step, by in (("checked", "auditor"), ("published", "official")):
        desk.insert("disclosure_steps", {"home_id": 1, "disclosure_id": sheet, "step": step, "filed_by": by})
    return sheet


def numbers(scope, kind, year=2026):
    return sorted(scope.read("papers", kind=kind, year=year)["number"].tolist())


# -- numbers


def test_eight_writers_at_once_leave_no_gap(village):
    with village.work() as desk:
        gifts = [give(desk, amount_fen=100 + n) for n in range(24)]

    def write(n: int) -> None:
        with village.work() as desk:
            spend(desk, 1 + n) if n % 2 else papers.for_gift(desk, "acknowledgement", gifts[n])
        with village.work() as desk:
            papers.for_gift(desk, "thanks", gifts[n])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    assert numbers(village, "voucher") == list(range(1, 13))
    assert numbers(village, "acknowledgement") == list(range(1, 13))
    assert numbers(village, "thanks") == list(range(1, 25))


def test_a_paper_that_fails_leaves_no_gap(village):
    with village.work() as desk:
        spend(desk, 100)
    for fen, rule in ((10**9, "spendings_over"), (0, "spendings_amount")):
        with pytest.raises(RuleBroken, match=rule), village.work() as desk:
            spend(desk, fen)
    with village.work() as desk:
        spend(desk, 100)
    assert numbers(village, "voucher") == [1, 2]


def test_each_year_and_home_counts_by_itself(village):
    with village.work() as desk:
        other = desk.insert("homes", {"name": "后屯村互助幸福院", "county": "肥源县"})
        give(desk, home_id=other, day="2025-01-01", amount_fen=100)
        papers.statement(desk, 1, "宏达粮油公司", "2025-01-01", "2025-12-31")
        papers.statement(desk, 1, "宏达粮油公司", "2026-01-01", "2026-11-20")
        papers.statement(desk, other, "某公司", "2026-01-01", "2026-11-20")
    assert numbers(village, "statement") == [1, 1]
    assert numbers(village, "statement", 2025) == [1]


def test_a_second_print_is_the_same_paper(village):
    with village.work() as desk:
        assert papers.for_gift(desk, "thanks", 1) == papers.for_gift(desk, "thanks", 1)
    assert numbers(village, "thanks") == [1]


def test_a_void_paper_keeps_its_number_and_names_its_successor(village):
    with village.work() as desk:
        old = papers.for_gift(desk, "acknowledgement", 1)
        new = papers.replace(desk, old, "名称不对")
        assert papers.for_gift(desk, "acknowledgement", 1) == new
    found = tables.rows(village.read("paper_list", kind="acknowledgement", order="number"))
    assert [(row["number"], row["void_reason"], row["successor"]) for row in found] == [
        (1, "名称不对", 2),
        (2, None, None),
    ]
    assert say("paper.void", reason="名称不对", number=2) in money_papers.again(village, old)
    assert "作废" not in money_papers.again(village, new)


@pytest.mark.parametrize(("reason", "rule"), [(" ", "paper_voids_reason"), (None, "required")])
def test_making_void_needs_its_reason(village, reason, rule):
    with village.work() as desk:
        old = papers.for_gift(desk, "thanks", 1)
    for act in (papers.void, papers.replace):
        with pytest.raises(RuleBroken, match=rule), village.work() as desk:
            act(desk, old, reason)
    assert numbers(village, "thanks") == [1]


def test_void_is_void_once_and_never_a_sheet(village):
    with village.work() as desk:
        old = papers.for_gift(desk, "thanks", 1)
        papers.void(desk, old, "打印损坏")
        publish(desk, "2026-08", "2026-08")
    sheet = int(village.read("papers", kind="disclosure")["id"].iloc[0])
    with pytest.raises(RuleBroken, match="paper_voids_paper_id_once"), village.work() as desk:
        papers.replace(desk, old, "又损坏")
    with pytest.raises(RuleBroken, match="paper_voids_posted"), village.work() as desk:
        papers.void(desk, sheet, "写错")


# -- papers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("receipt", [None, "慈字0001234"])
def test_an_acknowledgement_is_no_tax_receipt_and_says_so(village, monkeypatch, language, receipt):
    monkeypatch.setattr(spoken, "language", lambda: language)
    with village.work() as desk:
        gift = give(desk, amount_fen=300_000, donor="新禾果品公司", receipt_no=receipt)
    page = money_papers.issue(village, "acknowledgement", gift)
    for wanted in (say("paper.no_tax", language), say("paper.tax", language), "叁仟元整", "3,000.00", "新禾果品公司"):
        assert wanted in page.replace("&#x27;", "'")
    assert (say("paper.official", language, number=receipt) in page) == bool(receipt)
    assert (say("paper.no_official", language) in page) != bool(receipt)


def test_a_letter_says_what_became_of_the_gift(village):
    with village.work() as desk:
        spend(desk, 12_345)
    page = money_papers.issue(village, "thanks", 1)
    assert "运营 123.45" in page
    assert "宏达粮油公司" in page


def test_goods_and_friends_without_a_name_are_acknowledged(village):
    with village.work() as desk:
        gift = give(desk, item="大米<b>", quantity=20.0, source="individual")
    page = money_papers.issue(village, "acknowledgement", gift)
    assert "大米&lt;b&gt; 20" in page
    assert say("paper.friend") in page


# -- sheets


PEOPLE = [
    ("individual", "张三", "张**"), ("individual", "在外乡贤 何某", "何**"), ("individual", "阿卜杜拉·买买提", "阿**"),
    ("individual", "古丽米热阿不都热依木", "古**"), ("individual", "Li Ming", "M**"), ("filial", "王五", "王**"), ("family", "John Smith", "S**"),
    ("family", "入住老人家庭", "入住老人家庭"), ("enterprise", "宏达", "宏达"), ("charity", "县慈善总会", "县慈善总会"),
]  # fmt: skip
PAID = [("李四", "李**"), ("欧阳小红", "欧**"), ("镇粮油店", "镇粮油店"), ("县供电公司", "县供电公司"), ("Wang Wei", "W**"), ("买买提·艾力", "买**"), ("李记菜铺", "李记菜铺")]  # fmt: skip


@pytest.mark.parametrize(("source", "donor", "shown"), PEOPLE)
def test_of_a_person_who_gave_only_the_first_character_is_published(village, source, donor, shown):
    with village.work() as desk:
        give(desk, source=source, donor=donor, amount_fen=5)
        give(desk, source=source, donor=donor, item="鸡蛋", quantity=1.0)
        sheet = papers.draw_up(desk, 1, "2026-08", "2026-08")
    lines = village.read("disclosure_lines", disclosure_id=sheet)
    assert lines[lines["side"].isin(["income", "goods"])]["who"].tolist() == [shown, shown]
    assert (donor in printed(village, sheet)) == (donor == shown)


def test_who_wants_no_name_has_none(village):
    with village.work() as desk:
        give(desk, source="enterprise", donor="宏达粮油公司", amount_fen=5, anonymous=1)
        sheet = papers.draw_up(desk, 1, "2026-08", "2026-08")
    assert "宏达" not in printed(village, sheet)
    assert say("anonymous_gift") in printed(village, sheet)


@pytest.mark.parametrize(("payee", "shown"), PAID)
def test_of_a_person_who_was_paid_only_the_first_character_is_published(village, payee, shown):
    with village.work() as desk:
        spend(desk, 500, payee=payee)
        sheet = papers.draw_up(desk, 1, "2026-08", "2026-08")
    assert village.read("disclosure_lines", disclosure_id=sheet, side="spent")["who"].tolist() == [shown]


def printed(scope, sheet):
    row = tables.rows(scope.read("disclosure_list", id=sheet))[0]
    lines = scope.read("disclosure_lines", disclosure_id=sheet, order="line")
    return disclosure_paper.paper(row, lines, scope.read("disclosure_notes", disclosure_id=sheet))


def test_the_sheet_has_number_code_and_qr_once_it_is_published(village):
    with village.work() as desk:
        spend(desk, 500)
        draft = papers.draw_up(desk, 1, "2026-09", "2026-09")
        sheet = publish(desk, "2026-08", "2026-08")
    page, code = printed(village, sheet), village.read("disclosures", id=sheet)["code"].iloc[0]
    for wanted in (say("disclosing.no", year="2026", n=1), say("disclosing.code", code=code), "<svg", "伍元整"):
        assert wanted in page
    assert say("disclosing.draft") not in page
    assert disclosure_paper.address(code).endswith(f"/verify?code={code}")
    page = printed(village, draft)
    assert say("disclosing.draft") in page
    assert "<svg" not in page
    assert village.read("disclosures", id=draft)["code"].iloc[0] not in page


def test_a_correction_stands_beside_and_changes_nothing(village):
    with village.work() as desk:
        spend(desk, 500)
        sheet = publish(desk, "2026-08", "2026-08")
    before = village.read("disclosed")
    with village.work() as desk:
        papers.annotate(desk, sheet, "第1行应为<燃煤费>。")
    assert village.read("disclosed").equals(before)
    assert "应为&lt;燃煤费&gt;" in printed(village, sheet)


def test_capitals_and_figures_of_a_sheet_say_the_same(village):
    with village.work() as desk:
        for fen in (1, 10, 101, 12_345, 30_000):
            spend(desk, fen)
        sheet = publish(desk, "2026-08", "2026-08")
    pairs = re.findall(r"<td class=number>([\d,.]+)</td><td(?: class=capital)?>([^<]+)</td>", printed(village, sheet))
    assert len(pairs) == 3 + 1 + 5 + 1
    for figures, capital in pairs:
        assert amounts.fen(figures) == amounts.fen(capital)


class _Enough(Exception):
    """Ends a transaction that is not to be kept."""


GIVEN = st.tuples(st.just("give"), st.sampled_from(MONTHS), st.integers(1, 10**7))
SPENT = st.tuples(st.just("spend"), st.sampled_from(MONTHS), st.integers(1, 2 * 10**5))
BACK = st.tuples(st.just("reverse"), st.sampled_from(MONTHS), st.integers(0, 9))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(GIVEN, SPENT, BACK), max_size=14))
def test_totals_are_the_ledger_and_each_sheet_begins_where_the_last_ended(village, steps):
    """A model in plain Python keeps what came and went by month; the sheets of the months say the same."""
    came = dict.fromkeys(("2026-01", *MONTHS), 0) | {"2026-01": 100_000}
    went = dict.fromkeys(MONTHS, 0)
    with pytest.raises(_Enough), village.work() as desk:
        vouchers: list[tuple[int, str, int]] = []
        for what, month, value in sorted(steps, key=lambda step: (step[1], step[0] == "reverse")):
            if what == "give":
                give(desk, day=f"{month}-01", amount_fen=value)
                came[month] += value
            elif what == "spend" and value <= sum(came.values()) - sum(went.values()):
                vouchers.append((spend(desk, value, day=f"{month}-28"), month, value))
                went[month] += value
            elif what == "reverse" and len(vouchers) > value:
                id, _, fen = vouchers.pop(value)
                reversal = desk.insert(
                    "reversals",
                    {"home_id": 1, "day": f"{month}-28", "spending_id": id, "reason": "填错", "filed_by": "x"},
                )
                approve(desk, "reversal", reversal)
                went[month] -= fen
        check(desk, came, went)
        raise _Enough


def check(desk, came, went):
    opening = came["2026-01"]
    for month in MONTHS:
        sheet = publish(desk, month, month)
        told = partial(total, desk, sheet)
        assert (told("balance_before"), told("income"), told("spent")) == (opening, came[month], went[month])
        opening += came[month] - went[month]
        assert told("balance_after") == opening
    assert (
        opening == desk.db.execute("SELECT sum(amount_fen) FROM fund_entries WHERE day <= '2026-10-31'").fetchone()[0]
    )
    found = desk.db.execute("SELECT number FROM papers WHERE kind = 'disclosure' ORDER BY id").fetchall()
    assert [number for (number,) in found] == [1, 2, 3]


def total(desk, sheet, side):
    return desk.db.execute(
        "SELECT coalesce(sum(amount_fen), 0) FROM disclosed WHERE disclosure_id = ? AND side = ?", [sheet, side]
    ).fetchone()[0]
