"""The committee's figures of the time bank by hand: hours, ratio, both sides, waits, bands, concentration, solvency, between homes, health."""

import random

import pandas as pd
import pytest

from components import timebank as shown
from db import store, timebank
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.conftest import tables as told
from tests.test_pages import county_made, run, said  # noqa: F401 fixtures

HOUSE = """
homes
name  county  township
东院  肥源县  东河乡
西院  肥源县  西河乡

persons
home_id  name    sex     birth_day   volunteer  categories
1        王秀英  female  1950-02-03  0          []
1        李大山  male    1955-04-05  0          []
1        赵有福  male    1948-01-01  0          []
1        孙奶奶  female  1936-06-07  0          ["alone"]
2        王小妹  female  1975-08-09  1          []

stays
home_id  person_id  from_day
1        1          2020-01-01
1        2          2020-01-01
1        3          2020-01-01
1        4          2026-11-01
"""
FIGURES = ("month", "figure", "unit")


def fill(scope: Scope, text: str) -> Scope:
    """The scope over the rows that a text holds."""
    with scope.work() as desk:
        for table, rows in told("\n".join(line.strip() for line in text.splitlines())):
            for row in rows:
                desk.insert(table, row)
    return scope


@pytest.fixture
def house(data, request) -> Scope:
    """The operator's scope of November over two homes, and over what the test's docstring adds."""
    scope = fill(Scope(data, operator=True, month="2026-11"), HOUSE)
    return fill(scope, request.function.__doc__ or "")


def figures(scope: Scope) -> dict[tuple[str, str], Row]:
    """Each figure of this month and the last."""
    rows = scope.read("time_figures", *FIGURES, back=1).to_dict("records")
    return {(row["figure"], row["month"]): row for row in rows}


def of(found: dict[tuple[str, str], Row], figure: str, month: str = "2026-11") -> tuple[float, float]:
    """Top and bottom of one figure."""
    row = found[figure, month]
    return row["top"], row["bottom"]


def served(scope: Scope, person: int, helper: int, minutes: int, payer: int, day: str = TODAY) -> None:
    """Somebody asked for company on a day, and a helper came: confirmed and paid."""
    request = {"home_id": 1, "person_id": person, "service": "company", "day": day, "start_minute": 600}
    id = scope.save("requests", request | {"minutes": minutes, "payer_id": payer, "asked_at": f"{day}T00:00:00Z"})
    shift = int(scope.read("shifts", request_id=id)["id"].iloc[0])
    done = {"home_id": 1, "day": day, "giver_id": helper, "receiver_id": person, "service": "company"}
    scope.save(
        "care_logs", done | {"start_minute": 600, "minutes": minutes, "confirmed": "receiver", "shift_id": shift}
    )


def account(scope: Scope, person: int) -> int:
    return int(scope.read("time_accounts", person_id=person)["id"].iloc[0])


YEAR = """
care_logs
home_id  day         giver_id  receiver_id  service  minutes  confirmed
1        2025-11-30  1         2            company  60       caretaker
1        2025-12-01  1         2            company  120      caretaker
1        2026-10-05  1         2            company  30       receiver
1        2026-10-06  3         2            company  90       -
1        2026-11-03  2         3            company  45       door
1        2026-11-04  1         3            company  60       caretaker
1        2026-11-05  1         3            medical  60       caretaker
1        2026-11-06  4         3            company  20       planned_end
"""


def test_hours_ratio_and_who_did_both(house):
    """Professional work, what nobody confirmed and a planned end earn nothing; 王 earns and redeems, 李 only earns."""
    fill(house, YEAR)
    served(house, 1, 3, 30, account(house, 1))
    found = figures(house)
    assert of(found, "time_earned") == ((45 + 60 + 30) / 60, 0)
    assert of(found, "time_earned", "2026-10") == (30 / 60, 0)
    assert of(found, "time_redeemed") == (30 / 60, 0)
    assert of(found, "time_ratio") == (30, 120 + 30 + 135)
    assert of(found, "time_ratio", "2026-10") == (0, 60 + 120 + 30)
    assert of(found, "time_mutual") == (1, 4)
    assert of(found, "time_mutual", "2026-10") == (0, 3)
    assert found["time_earned", "2026-11"]["people"] == 3
    assert found["time_redeemed", "2026-11"]["people"] == 1
    assert (found["time_mutual", "2026-11"]["people"], found["time_mutual", "2026-11"]["rest"]) == (1, 3)
    hours = house.read("time_hours", "time_month").set_index("time_month")
    assert hours["hours_earned"].to_dict() == {"2025-11": 1, "2025-12": 2, "2026-10": 0.5, "2026-11": 2.25}
    assert hours["hours_redeemed"].sum() == 0.5


def test_what_is_reversed_is_taken_off_and_what_overflows_counts(house):
    """
    time_rules
    home_id  cap_minutes
    1        60

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes  confirmed
    1        2026-11-03  1         2            company  45       caretaker
    1        2026-11-04  1         2            company  45       caretaker
    1        2026-11-05  3         2            company  30       caretaker
    """
    assert of(figures(house), "time_earned") == (2, 0)
    house.save("care_logs", {"id": 3, "minutes": 15})
    assert of(figures(house), "time_earned") == (1.75, 0)
    house.remove("care_logs", 3)
    assert of(figures(house), "time_earned") == (1.5, 0)
    assert figures(house)["time_earned", "2026-11"]["people"] == 1


def test_who_redeemed_more_than_a_year_ago_does_not_count(house):
    """
    care_logs
    home_id  day         giver_id  receiver_id  service  minutes  confirmed
    1        2025-12-01  1         2            company  60       caretaker
    """
    served(house, 1, 3, 30, account(house, 1), "2025-11-12")
    assert of(figures(house), "time_mutual") == (0, 4)
    assert of(figures(house), "time_mutual", "2026-10") == (1, 3)


def test_who_earned_more_than_a_year_ago_does_not_count(house):
    """
    care_logs
    home_id  day         giver_id  receiver_id  service  minutes  confirmed
    1        2025-11-30  1         2            company  60       caretaker
    """
    served(house, 1, 3, 30, account(house, 1))
    assert of(figures(house), "time_mutual") == (0, 4)


ASKED = """
care_logs
home_id  day         giver_id  receiver_id  service  minutes  confirmed
1        2026-11-03  1         2            company  240      caretaker
1        2026-11-04  1         2            company  240      caretaker

requests
home_id  person_id  service   day         start_minute  minutes  payer_id  asked_at
1        1          company   2026-10-30  600           30       6         2026-10-30T01:00:00Z
1        1          company   2026-11-12  600           30       6         2026-11-12T01:00:00Z
1        1          company   2026-11-13  600           30       6         2026-11-12T01:00:00Z
1        1          company   2026-11-14  600           30       6         2026-11-12T01:00:00Z
1        1          company   2026-11-15  600           30       6         2026-11-12T01:00:00Z
1        1          company   2026-11-20  600           30       6         2026-11-19T01:00:00Z
1        1          shopping  2026-11-21  600           30       6         2026-11-19T01:00:00Z
"""


def test_waits_and_what_nobody_took(house):
    """Accepted after 1, 2, 4 and 40 hours; one of October is out of date, one waits, one was withdrawn."""
    fill(house, ASKED)
    with house.work() as desk:
        for id, at in ((2, "12T02:00"), (3, "12T03:00"), (4, "12T05:00"), (5, "13T17:00")):
            desk.update("requests", id, {"accepted_at": f"2026-11-{at}:00Z"})
        desk.update("requests", 6, {"closed": "withdrawn", "closed_at": "2026-11-19T02:00:00Z"})
    waits = house.read("time_waits", "time_month", "waited_minutes")
    assert sorted(waits["waited_minutes"]) == [60, 120, 240, 2400]
    assert shown.medians_by_month(waits) == {"2026-11": 3.0}
    assert of(figures(house), "time_unmet") == (1, 0)
    assert of(figures(house), "time_unmet", "2026-10") == (1, 0)


@pytest.mark.parametrize(
    ("waited", "hours"),
    [([60], 1), ([60, 120], 1.5), ([60, 60, 600], 1), ([15, 30, 60, 90], 0.75), ([60] * 5 + [6000] * 4, 1)],
)
def test_half_were_faster(waited, hours):
    rows = pd.Series(waited).value_counts()
    frame = pd.DataFrame({"time_month": "2026-11", "waited_minutes": rows.index, "requests": rows.to_numpy()})
    assert shown.medians_by_month(frame.sample(frac=1, random_state=1)) == {"2026-11": hours}


@pytest.mark.parametrize(
    ("minutes", "band"),
    [(0, "band_0"), (1, "band_1"), (59, "band_1"), (60, "band_5"), (299, "band_5"), (300, "band_20"), (1199, "band_20"),
     (1200, "band_100"), (5999, "band_100"), (6000, "band_more")],
)  # fmt: skip
def test_bands_at_their_borders(house, minutes, band):
    house.save("time_rules", {"home_id": 1, "opening_minutes": minutes})
    house.save("time_accounts", {"home_id": 1, "kind": "person", "person_id": 1})
    found = house.read("time_holdings")[["band", "minutes", "people"]]
    assert found.to_dict("records") == [{"band": band, "minutes": minutes, "people": 1}]


def test_teams_and_closed_passbooks_hold_nothing_of_people(house):
    """
    time_accounts
    home_id  kind    person_id  team
    1        person  1          -
    1        person  2          -
    1        team    -          小学
    """
    house.save("time_accounts", {"id": account(house, 2), "closed_day": TODAY})
    assert house.read("time_holdings")["people"].sum() == 1


def plain(balances: list[int]) -> tuple[int, float, float]:
    """The top tenth, its share and Gini, of every two."""
    top = -(-len(balances) // 10)
    apart = sum(abs(one - other) for one in balances for other in balances)
    return top, sum(sorted(balances)[-top:]) / sum(balances), apart / (2 * len(balances) * sum(balances))


@pytest.mark.parametrize("seed", range(12))
def test_concentration_is_that_of_every_two(seed):
    dice = random.Random(seed)
    balances = [
        dice.choice((0, 0, 0, 15, 30, 30, 45, dice.randrange(1, 5000))) for _ in range(dice.randrange(1, 60))
    ] + [60]
    rows = pd.Series(balances).value_counts()
    found = shown.spread(pd.DataFrame({"minutes": rows.index, "people": rows.to_numpy()}))
    assert found == pytest.approx(plain(balances))


def test_solvency_over_the_last_three_full_months(house):
    """
    time_accounts
    home_id  kind  team
    1        team  小学

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  service  minutes  confirmed
    1        2026-07-31  1         -           2            company  200      -
    1        2026-08-01  1         -           2            company  120      -
    1        2026-09-15  1         -           2            medical  60       -
    1        2026-10-31  3         -           2            company  60       caretaker
    1        2026-11-01  1         -           2            company  90       caretaker
    1        2026-11-02  -         小学        2            company  30       caretaker
    1        2026-11-03  4         -           2            company  45       caretaker
    """
    found = house.read("time_solvency").set_index("home_id")
    assert found.loc[1].to_dict() == {
        "promised_hours": 3,
        "pool_hours": 0.75,
        "servable_hours": (120 + 60) / 3 * 12 / 60,
    }
    assert found.loc[2].to_dict() == {"promised_hours": 0, "pool_hours": 0, "servable_hours": 0}


@pytest.mark.parametrize(
    ("promised", "servable", "said"),
    [
        (0, 10, "nothing"),
        (5, 10, "enough"),
        (5.1, 10, "tight"),
        (10, 10, "tight"),
        (10.1, 10, "not_enough"),
        (1, 0, "not_enough"),
    ],
)
def test_whether_promises_can_be_honoured(promised, servable, said):
    assert shown.solvent(promised, servable) == said


ACROSS = """
care_logs
home_id  day         giver_id  receiver_id  service  minutes  confirmed
1        2026-11-03  1         2            company  240      caretaker

relatives
home_id  person_id  relative_id  kin_relation
1        1          5            child
"""


def test_homes_owe_what_was_sent_less_what_came_back(house):
    """120 minutes go over, 45 come back; another 30 were a mistake."""
    fill(house, ACROSS)
    with house.work() as desk:
        timebank.give(desk, account(house, 1), 5, 120)
    with house.work() as desk:
        timebank.give(desk, account(house, 5), 1, 45)
        wrong = timebank.give(desk, account(house, 1), 5, 30)
        timebank.reverse(desk, wrong, "记错")
    found = house.read("time_between", order="home_id")
    assert found[["home", "other_home", "owed_hours"]].values.tolist() == [
        ["东院", "西院", 1.25],
        ["西院", "东院", -1.25],
    ]


def test_homes_that_are_even_are_not_named(house):
    fill(house, ACROSS)
    with house.work() as desk:
        timebank.give(desk, account(house, 1), 5, 60)
    with house.work() as desk:
        timebank.give(desk, account(house, 5), 1, 60)
    assert house.read("time_between").empty


WAITING = """
time_accounts
home_id  kind  team
1        team  小学

care_logs
home_id  day         giver_id  giver_name  receiver_id  service  minutes  confirmed
1        2026-10-19  1         -           2            company  10       -
1        2026-10-20  1         -           2            company  11       -
1        2026-11-01  1         -           2            company  12       planned_end
1        2026-11-02  1         -           2            company  13       door
1        2026-11-03  1         -           2            medical  14       -
1        2026-11-04  -         小学        2            company  15       -
1        2026-11-05  -         某人        2            company  16       -
"""


def test_what_is_to_be_confirmed(house):
    """The last 31 days; no professional work, nothing confirmed, no name that is not settled."""
    fill(house, WAITING)
    house.save("persons", {"home_id": 1, "name": "护理员", "post": "caretaker"})
    row = {"home_id": 1, "day": "2026-11-06", "giver_id": 6, "receiver_id": 2, "service": "company", "minutes": 17}
    house.save("care_logs", row)
    found = house.read("time_to_confirm", order="day")
    assert found["minutes"].tolist() == [11, 12, 15]
    assert found["giver"].tolist() == ["王秀英", "王秀英", "小学"]
    with house.work() as desk:
        assert timebank.confirm(desk, found["id"].tolist()) == 3
    assert house.read("time_to_confirm").empty
    assert house.read("time_faults").empty


def test_one_touch_confirms_all_that_is_ticked(run, demo_data):  # noqa: F811
    scope = Scope(demo_data, operator=True)
    app = run(demo_data, "caretaker", "care")
    before = len(scope.read("time_to_confirm"))
    first = next(each for each in app.button_group if (each.key or "").startswith("confirm_"))
    kept = first.value[1:]
    first.set_value(kept).run()
    next(each for each in app.button if (each.key or "").startswith("confirm_all")).click().run()
    assert not app.exception
    assert len(scope.read("time_to_confirm")) == before - 59
    assert store.check(demo_data) == []


def test_a_wrong_balance_turns_the_light_red(run, demo_data):  # noqa: F811
    app = run(demo_data, "official", "timebank")
    app.button(key="time_check").click().run()
    assert "账都对" in said(app)
    with store.writing(demo_data, "test") as db:
        db.execute("DROP TRIGGER time_balances_kept")
        db.execute("UPDATE time_balances SET balance = balance + 1 WHERE account_id = 4")
    app = run(demo_data, "official", "timebank")
    app.button(key="time_check").click().run()
    assert any("余额与往来不符" in each.value for each in app.error)
    assert "账都对" not in said(app)


def test_a_funder_sees_no_small_group(house, sign_in):
    """Three have earned: outside the home nobody is told how much; inside, all."""
    fill(house, YEAR)
    funder = sign_in("funder", donor="某厂", county="肥源县")
    outside = Scope(funder.data, funder.token, month="2026-11").read("time_figures", *FIGURES)
    assert outside[outside["figure"] == "time_earned"]["top"].isna().all()
    assert funder.read("time_holdings", "band")["people"].isna().all()
    for view in ("time_hours", "time_waits", "time_solvency", "time_between", "time_faults"):
        assert not funder.may("r", view)


def test_homes_that_owe_nothing_say_so(run, county_made):  # noqa: F811
    app = run(county_made, "official", "timebank")
    assert "没有欠" in said(app)


def test_who_earned_and_redeemed_within_a_year(house):
    """
    care_logs
    home_id  day         giver_id  receiver_id  service  minutes  confirmed
    1        2026-09-05  1         2            company  60       caretaker
    1        2026-11-05  1         3            company  60       caretaker
    """
    served(house, 1, 2, 30, account(house, 1))
    assert both(house, 1) == ("2026-11", "2027-10", 12)
    house.remove("care_logs", 2)
    assert both(house, 1) == ("2026-11", "2027-08", 10), "what is left was earned in September"
    assert store.check(house.data) == []


def both(house: Scope, person: int) -> tuple[str, str, int]:
    """The first and the last month, and how many, to which somebody did both within a year."""
    with store.reading(house.data) as db:
        months = db.execute(
            "SELECT month FROM time_both WHERE account_id = ? ORDER BY 1", [account(house, person)]
        ).fetchall()
    return months[0][0], months[-1][0], len(months)
