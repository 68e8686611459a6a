"""What a funder sees: their own money to the fen, people only as sums in which nobody is told, and nothing else by any way."""

import io
import itertools
import random
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from components import donor_papers, donors
from db.privacy import hide_small
from db.rules import RuleBroken
from db.scope import INSIDE, Scope, access, may

N = 5
SPANS = [
    ("2026-01-01", "2026-10-31"),
    ("2026-05-01", "2026-07-31"),
    ("2026-06-15", "2026-09-14"),
    ("2026-07-01", "2026-07-31"),
]
SECRET = "秘密"


def books(function):
    """The docstring's data for all tests that ask for these books."""
    function.__doc__ = BOOKS
    return function


BOOKS = """
    homes
    id  name  county
    1   东院  肥源县
    2   西院  肥源县

    persons
    id  home_id  name
    1   1        王秘密
    2   1        李秘密

    gifts
    id  home_id  day         donor   source      amount_fen  purpose  item  quantity  handler    note      anonymous
    1   1        2025-09-01  面粉厂  enterprise  100000      meals    -     -         经手秘密   给秘密的  0
    2   1        2026-02-01  别家厂  enterprise  60000       -        -     -         经手秘密   -         0
    3   1        2026-06-30  面粉厂  enterprise  30000       -        -     -         经手秘密   -         1
    4   1        2026-07-01  面粉厂  enterprise  -           meals    大米  40        经手秘密   -         0
    5   2        2026-03-01  别家厂  enterprise  50000       meals    -     -         经手秘密   -         0

    spendings
    id  home_id  day         fund_id  purpose    amount_fen  payee     served        served_count  handler   filed_by
    1   1        2025-11-30  1        meals      20000       付秘密店  meals_served  40            经手秘密  填秘密
    2   1        2026-03-31  1        meals      70000       付秘密店  meals_served  100           经手秘密  填秘密
    3   1        2026-07-31  2        running    75000       付秘密店  -             -             经手秘密  填秘密
    4   1        2026-11-01  1        meals      5000        付秘密店  -             -             经手秘密  填秘密
    5   2        2026-04-01  3        meals      50000       付秘密店  -             -             经手秘密  填秘密

    approvals
    home_id  spending_id  outcome   decided_by
    1        1            approved  审秘密
    1        2            approved  审秘密
    1        3            approved  审秘密
    1        4            approved  审秘密
    2        5            approved  审秘密

    reversals
    id  home_id  day         spending_id  reason    filed_by
    1   1        2026-11-02  4            秘密开错  填秘密

    approvals
    home_id  reversal_id  outcome   decided_by
    1        1            approved  审秘密

    stock_uses
    home_id  day         item  quantity  purpose  handler
    1        2026-08-01  大米  10        meals    经手秘密
    1        2026-09-01  大米  5         activities  经手秘密

    pledges
    id  home_id  day         donor   source      purpose  amount_fen
    1   1        2026-01-01  面粉厂  enterprise  -        90000
    2   1        2026-01-01  别家厂  enterprise  -        10000

    pledge_parts
    home_id  pledge_id  due_by      amount_fen
    1        1          2026-06-30  20000
    1        1          2026-09-30  20000
    1        1          2027-03-31  50000
    """


@pytest.fixture
def funder(given, sign_in):
    with given.work() as desk:
        desk.update("gifts", 3, {"pledge_id": 1})
    return sign_in("funder", county="肥源县", donor="面粉厂")


def sums(scope: Scope, first: str, last: str) -> list[float]:
    found = donor_papers.sums(donors.whole(scope), None, first, last)
    return [found.before, found.given, found.spent, found.returned, found.after]


@books
def test_given_spent_and_left_of_any_days(funder):
    # of 750 yuan spent freely 600 were the other's of February, 150 the funder's; the 50 of November were taken back
    assert sums(funder, "2026-01-01", "2026-11-20") == [800.0, 300.0, 850.0, 0.0, 250.0]
    assert sums(funder, "2025-01-01", "2025-12-31") == [0.0, 1000.0, 200.0, 0.0, 800.0]
    assert sums(funder, "2026-06-30", "2026-06-30") == [100.0, 300.0, 0.0, 0.0, 400.0]
    assert sums(funder, "2026-11-01", "2026-11-01") == [250.0, 0.0, 50.0, 0.0, 200.0]


@books
def test_the_end_of_a_span_is_the_beginning_of_the_next(funder):
    days = ["2025-08-31", "2025-11-30", "2026-03-31", "2026-07-31", "2026-11-01", "2026-11-20"]
    for before, after in itertools.pairwise(days):
        day = (pd.Timestamp(before) + pd.Timedelta(days=1)).strftime("%Y-%m-%d")
        opening, given, spent, returned, closing = sums(funder, day, after)
        assert opening == sums(funder, "2020-01-01", before)[-1]
        assert closing == pytest.approx(opening + given - spent - returned)


@books
def test_by_year_purpose_and_age(funder):
    ever = donors.years(donors.whole(funder))
    year = donors.by(ever, "year").set_index("year")
    assert year.loc[2025].to_dict() == {"given_yuan": 1000.0, "spent_yuan": 900.0, "left_yuan": 100.0}
    assert year.loc[2026].to_dict() == {"given_yuan": 300.0, "spent_yuan": 150.0, "left_yuan": 150.0}
    purpose = donors.by(ever, "given_for").set_index("given_for")
    assert purpose["left_yuan"].to_dict() == {"freely": 150.0, "meals": 100.0}
    assert donors.ages(ever).to_dict("records") == [
        {"age_class": "half_year", "left_yuan": 150.0}, {"age_class": "two_years", "left_yuan": 100.0},
    ]  # fmt: skip


@books
def test_what_each_gift_bought(funder):
    uses = donors.whole(funder).read("funder_uses", days=("2025-01-01", "2026-10-31"), order="day")
    assert uses[["gift_id", "day", "spent_on", "served", "served_count", "yuan"]].astype(object).where(uses.notna(), None).to_numpy().tolist() == [
        [1, "2025-11-30", "meals", "meals_served", 40.0, 200.0],
        [1, "2026-03-31", "meals", "meals_served", 100.0, 700.0],
        [3, "2026-07-31", "running", None, None, 150.0],
    ]  # fmt: skip


@books
def test_goods_and_instalments(funder):
    goods = funder.read("funder_goods", order="used_for").set_index("used_for")
    assert goods["used_quantity"].to_dict() == {"activities": 5.0, "meals": 10.0}
    assert goods["left_quantity"].tolist() == [25.0, 25.0]
    parts = funder.read("funder_parts", order="due_by")
    assert parts[["part_yuan", "received_yuan", "state"]].to_numpy().tolist() == [
        [200.0, 200.0, "received_whole"], [200.0, 100.0, "instalment_late"], [500.0, 0.0, "instalment_coming"],
    ]  # fmt: skip


@books
def test_no_name_reaches_a_funder(funder):
    """By no table or view, for all months or one; nor by the papers."""
    for (kind, name), letters in access().items():
        if kind == "page" or "r" not in letters["funder"]:
            continue
        for month in (None, "2026-07"):
            frame = replace(funder, month=month).read(name)
            assert not INSIDE & set(frame.columns), name
            assert SECRET not in frame.to_csv(), name
            if "donor" in frame:
                assert set(frame["donor"]) <= {"面粉厂"}, name
            if name.startswith(("funder_", "money_")) and "home_id" in frame:
                assert set(frame["home_id"].dropna()) <= {1}, name
    page = donor_papers.statement(funder, None, "2025-01-01", "2026-11-20")
    book = zipfile.ZipFile(io.BytesIO(donor_papers.workbook(funder, None, "2025-01-01", "2026-11-20")))
    saved = "".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
    for said in (page, saved):
        assert SECRET not in said
        assert "别家厂" not in said
        assert "西院" not in said
    assert sum(name.startswith("xl/tables/") for name in book.namelist()) == 7


@books
def test_what_a_funder_may_not_ask_for(funder):
    for name in sorted(name for kind, name in access() if kind != "page" and not may("funder", "r", name, kind)):
        with pytest.raises(RuleBroken, match="not_allowed"):
            funder.read(name)
    for column in sorted(INSIDE):
        with pytest.raises(RuleBroken, match="not_allowed"):
            funder.read("gifts", **{column: "x"})
    assert {name for kind, name in access() if kind == "page" and may("funder", "r", name, "page")} <= {
        "giving", "gifts", "overview", "committee", "needs", "settings", "timebank", "ageing",
    }  # fmt: skip
    assert len(funder.read("gifts", donor="别家厂")) == 0
    assert not any(may("funder", letter, name) for kind, name in access() for letter in "aed" if kind != "page")


@books
def test_an_official_prints_the_same_statement(funder, sign_in):
    official = sign_in("official", county="肥源县")
    theirs = donor_papers.statement(official, "面粉厂", "2025-01-01", "2026-11-20", "7")
    assert SECRET not in theirs
    assert "别家厂" not in theirs
    assert donor_papers.sums(official, "面粉厂", "2026-01-01", "2026-11-20") == donor_papers.sums(
        donors.whole(funder), None, "2026-01-01", "2026-11-20"
    )


# -- the attack


@pytest.mark.parametrize("seed", range(6))
def test_no_span_home_or_month_tells_of_fewer_than_five(data, sign_in, seed):
    """All that a funder may get of any span, with any homes and month chosen, together with the county's totals of residents."""
    scope, chance = Scope(data, operator=True), random.Random(seed)
    county(scope, chance)
    funder = sign_in("funder", county="肥源县", donor="面粉厂")
    truth = residents(scope)
    seen: dict[tuple[int, str], int] = {}
    for homes, month, (first, last) in itertools.product([(), (1,), (2, 3)], [None, "2026-07"], SPANS):
        one = replace(funder, homes=homes, month=month)
        last_month, back = donors.months(first, last)
        cells = replace(one, month=last_month).read("funder_served", back=back).dropna(subset=["served_days"])
        for row in cells.itertuples():
            seen[int(row.home_id), row.month] = int(row.residents)
            assert row.people >= N or row.served_days == 0
        shown = donors.served(donors.whole(one), first, last).set_index("served_month")
        for month_of, rows in cells[cells["served_days"] > 0].groupby("month"):
            assert (
                shown.loc[month_of, "residents"] == rows["residents"].sum()
            )  # a sum of what is shown, so it tells no more
        assert set(shown.index) == set(cells[cells["served_days"] > 0]["month"])
    assert {home for home, _ in seen} <= {1, 2, 3, 4}
    for month in sorted({month for _, month in truth}):
        whole = (
            replace(funder, month=month)
            .read("overview_figures", "figure", "unit")
            .set_index("figure")["top"]
            .get("residents")
        )
        attack(month, {home: count for (home, each), count in truth.items() if each == month}, seen, whole)


@pytest.mark.parametrize(
    ("before", "after", "shown"), [(2, 6, False), (6, 2, False), (3, 0, False), (5, 7, True), (6, 6, True)]
)
def test_a_month_is_hidden_where_few_lived_before_or_after(data, sign_in, before, after, shown):
    """In July; two large homes beside it, so that no total tells it."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for home in (1, 2, 3):
            desk.insert("homes", {"id": home, "name": f"院{home}", "county": "肥源县"})
            for place in range(max(before, after) if home == 1 else 20):
                person = desk.insert("persons", {"home_id": home, "name": "张"})
                row = {
                    "home_id": home,
                    "person_id": person,
                    "from_day": "2026-07-11" if home == 1 and place >= before else "2026-01-01",
                }
                desk.insert("stays", row | {"to_day": "2026-07-11" if home == 1 and after <= place < before else None})
        desk.insert(
            "gifts", {"home_id": 1, "day": "2026-01-01", "source": "enterprise", "donor": "面粉厂", "amount_fen": 1000}
        )
    funder = replace(sign_in("funder", county="肥源县", donor="面粉厂"), month="2026-07")
    [row] = funder.read("funder_served").itertuples()
    assert pd.isna(row.served_days) != shown
    if shown:
        assert (row.residents, row.served_days) == (after, before * 10 + after * 21)


def county(scope: Scope, chance: random.Random) -> None:
    """Seven homes; the funder gave to four of them. People come and go all through the year."""
    with scope.work() as desk:
        for home in range(1, 8):
            desk.insert("homes", {"id": home, "name": f"院{home}", "county": "肥源县"})
            for _ in range(chance.choice([0, 1, 2, 4, 5, 6, 9, 14])):
                person = desk.insert("persons", {"home_id": home, "name": "张"})
                row = {
                    "home_id": home,
                    "person_id": person,
                    "from_day": f"2026-{chance.randint(1, 8):02}-{chance.choice([1, 15])}",
                }
                row["from_day"] = pd.Timestamp(row["from_day"]).strftime("%Y-%m-%d")
                if chance.random() < 0.2:
                    row |= {"to_day": f"2026-{chance.randint(9, 10):02}-10"}
                desk.insert("stays", row)
            if home < 5:
                gift = {
                    "home_id": home,
                    "day": "2026-01-01",
                    "source": "enterprise",
                    "donor": "面粉厂",
                    "amount_fen": 1000,
                }
                desk.insert("gifts", gift)


def residents(scope: Scope) -> dict[tuple[int, str], int]:
    """How many lived in each home on the last night of each month that is over."""
    found = scope.read("residents")
    counts = found[(found["month"] >= "2026-01") & (found["month"] <= "2026-10")].groupby(["home_id", "month"]).size()
    return {
        (home, month): int(counts.get((home, month), 0))
        for home in range(1, 8)
        for month in [f"2026-{m:02}" for m in range(1, 11)]
    }


def attack(month: str, truth: dict[int, int], seen: dict[tuple[int, str], int], whole: object) -> None:
    """No home that is hidden, and no few of them with fewer than five people, follows from the shown ones and the county's total."""
    homes = sorted(truth)
    known = [home for home in homes if (home, month) in seen]
    for home in known:
        assert seen[home, month] == truth[home]
    rows = [[float(home == each) for home in homes] for each in known]
    if whole is not None and not pd.isna(whole):
        assert whole == sum(truth.values())
        rows.append([1.0] * len(homes))
    matrix = np.array(rows or [[0.0] * len(homes)])
    rank = np.linalg.matrix_rank(matrix)
    hidden = [home for home in homes if home not in known and truth[home]]
    for size in range(1, len(hidden) + 1):
        for group in itertools.combinations(hidden, size):
            if sum(truth[home] for home in group) < N:
                # homes in which nobody lives add nothing, so they may be in the group as well
                empty = [home for home in homes if home not in known and not truth[home]]
                for more in range(len(empty) + 1):
                    for idle in itertools.combinations(empty, more):
                        asked = np.array([float(home in group or home in idle) for home in homes])
                        assert np.linalg.matrix_rank(np.vstack([matrix, asked])) > rank, (month, group, truth, known)


@drawn(st.lists(st.lists(st.integers(0, 14), min_size=1, max_size=6), min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_each_month_is_a_whole_of_its_own(months):
    """What is hidden of a month is safe from the month's total, whatever the other months hold."""
    rows = [(f"2026-{place + 1:02}", people) for place, homes in enumerate(months) for people in homes]
    frame = pd.DataFrame(rows, columns=["whole", "people"])
    out = hide_small(frame, N)
    for whole, parts in frame.groupby("whole"):
        gone = [
            people
            for people, kept in zip(parts["people"], out.loc[parts.index, "people"], strict=True)
            if pd.isna(kept)
        ]
        everyone = len(gone) == (parts["people"] > 0).sum()
        assert all(people >= N or people == 0 for people in out.loc[parts.index, "people"].dropna())
        assert not gone or everyone or (len(gone) > 1 and sum(gone) >= N), whole
