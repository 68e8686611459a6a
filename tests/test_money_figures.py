"""The figures of the committee's money page by hand, on data small enough; today is 20 November 2026."""

import pandas as pd
import pytest

from components import charts, flows, money
from db.scope import Scope
from tests.test_views import ask, on

BOOKS = """
    homes
    id  name  county
    1   东院  肥源县

    persons
    id  home_id  name
    1   1        张
    2   1        王

    stays
    home_id  person_id  from_day    to_day
    1        1          2025-06-01  -
    1        2          2026-03-11  2026-05-11

    funds
    id  home_id  fund     kind        purposes                      until_day
    1   1        general  general     []                            -
    2   1        meals    restricted  ["meals"]                     -
    3   1        both     restricted  ["meals", "activities"]       2026-12-31

    gifts
    id  home_id  day         donor   source      amount_fen  purpose  fund_id
    1   1        2025-09-01  面粉厂  enterprise  100000      meals    -
    2   1        2026-02-01  村      collective  60000       -        -
    3   1        2026-06-30  面粉厂  enterprise  30000       -        3
    4   1        2026-07-01  村      collective  10000       meals    -

    spendings
    id  home_id  day         fund_id  purpose     amount_fen  payee  handler  filed_by
    1   1        2025-11-30  2        meals       20000       粮店   李       李
    2   1        2026-03-31  2        meals       70000       粮店   李       李
    3   1        2026-04-01  1        utilities   24000       电站   李       李
    4   1        2026-07-31  3        activities  12000       书店   李       李
    5   1        2026-08-31  2        meals       15000       粮店   李       李
    6   1        2026-11-01  1        running     3600        纸店   李       李

    approvals
    home_id  spending_id  outcome   decided_by
    1        1            approved  赵
    1        2            approved  赵
    1        3            approved  赵
    1        4            approved  赵
    1        5            approved  赵
    1        6            approved  赵

    reversals
    id  home_id  day         spending_id  reason  filed_by
    1   1        2026-11-02  6            开错    李

    approvals
    home_id  reversal_id  outcome   decided_by
    1        1            approved  赵

    budgets
    home_id  year  purpose    amount_fen
    1        2026  meals      80000
    1        2026  repairs    50000
    1        2025  utilities  99900
    """


def november(given: Scope, month: str = "2026-11") -> Scope:
    return Scope(given.data, operator=True, month=month)


def books(function):
    """The docstring's data for all tests that ask for these books."""
    function.__doc__ = BOOKS
    return function


@books
def test_what_came_in_and_was_spent_in_twelve_months(given):
    year = money.flows(november(given))
    received = year.groupby("source")["received_yuan"].sum()
    assert received.to_dict() == {"collective": 700.0, "enterprise": 300.0}  # the gift of September 2025 is older
    assert year.groupby("spent_on")["spent_yuan"].sum().to_dict() == {
        "activities": 120.0, "meals": 850.0, "utilities": 240.0, "running": 0.0,
    }  # fmt: skip
    way = year[year["spent_yuan"] > 0].set_index(["source", "bound_to", "spent_on"])["spent_yuan"]
    assert way.groupby(level=[0, 1, 2]).sum().to_dict() == {
        ("enterprise", "meals", "meals"): 800.0,  # 700 of March, 100 of August: then the first gift is used up
        ("collective", "meals", "meals"): 50.0,
        ("collective", "freely", "utilities"): 240.0,
        ("enterprise", "several", "activities"): 120.0,
    }
    october = money.flows(november(given, "2025-11"))
    assert (october["received_yuan"].sum(), october["spent_yuan"].sum()) == (1000.0, 200.0)


@books
def test_the_cards(given):
    # free: 600 - 240; bound: meals 1000 + 100 - 200 - 700 - 150 = 50, both 300 - 120 = 180
    scope = november(given)
    found = money.figures(money.flows(scope), money.lying(scope), money.costs(scope))
    days = 335 + 61  # 张 from 1 December 2025 to the end of October; 王 for 61 nights
    assert found == {
        "income_year": 1000.0, "spent_year": 1210.0, "free_now": 360.0, "bound_now": 230.0, "months_covered": 3.6,
        "largest_source": 70.0, "largest": "collective", "old_bound": 0.0, "day_cost": round(1210 / days, 2),
    }  # fmt: skip


@books
def test_restricted_money_by_age(given):
    # 180 yuan came on 30 June, 50 on 1 July
    expected = {
        "2026-12-29": {"half_year": 230.0}, "2026-12-30": {"half_year": 50.0, "one_year": 180.0},
        "2027-06-30": {"one_year": 50.0, "two_years": 180.0}, "2028-06-29": {"two_years": 50.0, "longer": 180.0},
    }  # fmt: skip
    for day, ages in expected.items():
        on(given, day)
        assert money.waiting(money.lying(november(given))).set_index("age_class")["left_yuan"].to_dict() == ages, day
    on(given, "2027-07-02")
    scope = november(given)
    old = money.figures(money.flows(scope), money.lying(scope), money.costs(scope))
    assert old["old_bound"] == 230.0


@books
def test_budget_against_actual(given):
    scope = november(given)
    plan = money.plan(scope).set_index("purpose")
    assert plan.to_dict("index") == {
        "activities": {"budget_yuan": 0.0, "spent_yuan": 120.0, "under_budget_yuan": -120.0},
        "meals": {"budget_yuan": 800.0, "spent_yuan": 850.0, "under_budget_yuan": -50.0},
        "repairs": {"budget_yuan": 500.0, "spent_yuan": 0.0, "under_budget_yuan": 500.0},
        "utilities": {"budget_yuan": 0.0, "spent_yuan": 240.0, "under_budget_yuan": -240.0},
    }
    july = november(given, "2026-07")
    assert money.plan(july).set_index("purpose").loc["meals", "spent_yuan"] == 700.0  # later is not in it


@books
def test_homes_without_a_budget_do_not_stand_beside_the_budget_of_others(given):
    other, before = given.save("homes", {"name": "西院", "county": "肥源县"}), money.plan(november(given))
    given.save(
        "gifts", {"home_id": other, "day": "2026-01-05", "source": "collective", "amount_fen": 9000, "purpose": "meals"}
    )
    fund = int(given.read("funds", home_id=other)["id"].iloc[0])
    row = {
        "home_id": other,
        "day": "2026-02-01",
        "fund_id": fund,
        "purpose": "meals",
        "amount_fen": 9000,
        "payee": "集市",
    }
    voucher = given.save("spendings", row | {"handler": "李", "filed_by": "李"})
    given.save("approvals", {"home_id": other, "spending_id": voucher, "outcome": "approved", "decided_by": "赵"})
    assert money.flows(november(given))["spent_yuan"].sum() == before["spent_yuan"].sum() + 90
    assert money.plan(november(given)).equals(before)
    given.save("budgets", {"home_id": other, "year": 2026, "purpose": "meals", "amount_fen": 10_000})
    both = money.plan(november(given)).set_index("purpose").loc["meals"]
    assert both.tolist() == [900.0, 940.0, -40.0]
    assert money.plan(november(given, "2024-11")).empty


@books
def test_people_of_a_month_and_their_days(given):
    # 王 came on 11 March and left on 11 May: 21, 30 and 10 nights
    months = november(given).read("funder_served", back=9, order="month").set_index("month")
    assert months["served_days"].to_dict() == {
        "2026-02": 28, "2026-03": 31 + 21, "2026-04": 60, "2026-05": 31 + 10, "2026-06": 30, "2026-07": 31,
        "2026-08": 31, "2026-09": 30, "2026-10": 31,
    }  # fmt: skip
    assert months["residents"].tolist() == [1, 2, 2, 1, 1, 1, 1, 1, 1]
    assert "2026-11" not in months.index  # it is not over
    assert ask(given, "SELECT month, more, more_days, living, bookings FROM stay_months ORDER BY month") == [
        ("2025-06", 1, 30, 1, 1), ("2026-03", 1, 21, 2, 1), ("2026-05", -1, -21, 1, 1),
    ]  # fmt: skip


def test_the_sums_of_stays_follow_every_change(given):
    """
    homes
    id  name
    1   东院

    persons
    id  home_id  name
    1   1        张

    stays
    id  home_id  person_id  from_day
    1   1        1          2026-01-31
    """

    def found() -> list[tuple[object, ...]]:
        return ask(given, "SELECT month, more, more_days, living, bookings FROM stay_months ORDER BY month")

    assert found() == [("2026-01", 1, 1, 1, 1)]
    given.save("stays", {"id": 1, "from_day": "2026-02-10"})
    assert found() == [("2026-02", 1, 19, 1, 1)]
    given.save("stays", {"id": 1, "to_day": "2026-02-20", "end_reason": "left", "end_decided_by": "赵"})
    assert found() == [("2026-02", 0, 10, 0, 2)]
    given.save("stays", {"home_id": 1, "person_id": 1, "from_day": "2026-03-01", "to_day": "2026-04-01"})
    assert found() == [("2026-02", 0, 10, 0, 2), ("2026-03", 1, 31, 1, 1), ("2026-04", -1, -30, 0, 1)]
    with given.work() as desk:
        desk.db.conn.execute("DELETE FROM stays")
    assert ask(given, "SELECT * FROM stay_months") == []


def test_costs_beside_homes_of_like_size(data):
    """Eight homes with a resident each, who cost 1 to 8 yuan a day: the middle half is 3 to 6; a ninth of ten people is of another size."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for home in range(1, 10):
            desk.insert("homes", {"id": home, "name": f"院{home}", "county": "肥源县"})
            for _ in range(1 if home < 9 else 12):
                person = desk.insert("persons", {"home_id": home, "name": "张"})
                desk.insert("stays", {"home_id": home, "person_id": person, "from_day": "2025-12-01"})
            fen = 100 * home * 335
            gift = {"home_id": home, "day": "2026-01-01", "source": "collective", "amount_fen": fen, "purpose": "meals"}
            desk.insert("gifts", gift)
            fund = desk.db.execute("SELECT id FROM funds WHERE home_id = ?", [home]).fetchone()[0]
            row = {
                "home_id": home,
                "day": "2026-02-01",
                "fund_id": fund,
                "purpose": "meals",
                "amount_fen": fen,
                "payee": "店",
            }
            id = desk.insert("spendings", row | {"handler": "李", "filed_by": "李"})
            desk.insert("approvals", {"home_id": home, "spending_id": id, "outcome": "approved", "decided_by": "赵"})
    costs = Scope(data, operator=True, month="2026-11").read("money_costs", order="home_id")
    assert costs["cost_yuan"].round(2).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 0.75]
    assert costs["size"].tolist() == ["under_10"] * 8 + ["under_20"]
    assert set(zip(costs["low_yuan"][:8], costs["high_yuan"][:8], strict=True)) == {(3.0, 6.0)}
    assert pd.isna(costs["low_yuan"][8])  # a home alone of its size is compared with nobody
    one = Scope(data, operator=True, month="2026-11", homes=(2,)).read("money_costs").iloc[0]
    assert (one["low_yuan"], one["high_yuan"], one["peers"]) == (
        3.0,
        6.0,
        8,
    )  # the range is the county's, not the filter's
    assert money.compared(costs.dropna(subset=["cost_yuan"])).to_dict("records")[0] == {
        "size": "under_10", "homes_counted": 8, "low_yuan": 3.0, "high_yuan": 6.0, "homes_below": 2, "homes_above": 2,
    }  # fmt: skip


@pytest.mark.parametrize(("day", "watched"), [
    ("2026-10-31", []), ("2026-11-20", [("fund_ending", 3, 41)]), ("2027-01-05", [("fund_over", 3, 5)]),
    ("2027-07-03", [("fund_over", 3, 184), ("fund_waiting", 2, 367)]),
])  # fmt: skip
@books
def test_funds_to_watch(given, day, watched):
    on(given, day)
    found = ask(given, "SELECT matter, id, days FROM overview_watch WHERE matter LIKE 'fund_%' ORDER BY matter, id")
    assert found == watched


@books
def test_free_money_for_less_than_a_month_is_watched(given):
    def low() -> list[tuple[object, ...]]:
        return ask(given, "SELECT matter, id, label FROM overview_watch WHERE matter = 'money_low'")

    assert low() == []  # 360 yuan at 100 a month
    with given.work() as desk:
        row = {
            "home_id": 1,
            "day": "2026-11-10",
            "fund_id": 1,
            "purpose": "running",
            "amount_fen": 30000,
            "payee": "店",
        }
        id = desk.insert("spendings", row | {"handler": "李", "filed_by": "李"})
        desk.insert("approvals", {"home_id": 1, "spending_id": id, "outcome": "approved", "decided_by": "赵"})
    assert low() == [("money_low", 1, "general")]


# -- the flow as it is drawn

WAY = pd.DataFrame(
    [
        ("fiscal", "meals", "meals", 5000.0),
        ("fiscal", "freely", "utilities", 900.0),
        ("family", "freely", "running", 100.0),
    ],
    columns=["source", "bound_to", "spent_on", "yuan"],
)


def test_every_layer_of_a_flow_is_as_high_as_the_money():
    found = flows.lay(WAY, ["source", "bound_to", "spent_on"], "yuan", "others")
    assert found.nodes.groupby("layer")["yuan"].sum().tolist() == [6000.0] * 3
    thick = found.nodes.assign(thick=found.nodes["y2"] - found.nodes["y"])
    assert (thick["thick"] / thick["yuan"]).round(9).nunique() == 1
    assert found.nodes["y2"].max() <= flows.HIGH
    for _, nodes in found.nodes.groupby("layer"):
        places = nodes.sort_values("middle")["middle"]
        assert (places.diff().dropna() >= flows.SLOT).all()  # labels do not lie on each other
    ends = found.bands[found.bands["x"].isin([found.bands["x"].min(), found.bands["x"].max()])]
    for (_, name), bands in ends[ends["x"] == ends["x"].min()].groupby(["x", "out"]):
        node = found.nodes[(found.nodes["layer"] == 0) & (found.nodes["name"] == name)].iloc[0]
        assert bands["y"].min() == pytest.approx(node["y"])
        assert bands["y2"].max() == pytest.approx(node["y2"])


def test_the_smallest_nodes_of_a_flow_fall_together():
    many = pd.DataFrame([(f"s{n}", "meals", 100.0 - n) for n in range(12)], columns=["source", "spent_on", "yuan"])
    nodes = flows.lay(many, ["source", "spent_on"], "yuan", "others").nodes
    first = nodes[nodes["layer"] == 0]
    assert len(first) == flows.MOST
    assert first["name"].iloc[-1] == "others"
    assert first["yuan"].sum() == many["yuan"].sum()


def test_a_node_is_a_link_of_our_own():
    frame = WAY.assign(source_link=["money?source=fiscal", "money?source=fiscal", "money?source=family"])
    drawn = charts.figure(
        "money_flow", charts.flow, frame, x="source", via="bound_to", y="yuan", color="spent_on"
    ).drawn
    assert 'xlink:href="money?source=fiscal"' in drawn
    assert "vega.github.io" not in drawn
    assert "role='group'" in drawn
