"""The rules of the time bank: what a change would do is what it does; where which rules hold; the past keeps its own."""

import pytest

from components import tables
from components import timerules as shown
from components.timerules_change import effects
from db import timebank, timerules
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.conftest import tables as told

HOUSE = """
homes
name  county  township
东院  肥源县  东河乡
西院  肥源县  西河乡
外院  别县    南河乡

persons
home_id  name    birth_day   categories
1        王秀英  1950-02-03  []
1        李大山  1962-04-05  []
1        赵有福  1948-01-01  []
1        孙奶奶  1936-06-07  ["alone"]
2        王小妹  1965-08-09  []
2        钱大嫂  1975-08-09  []

relatives
home_id  person_id  relative_id  kin_relation
1        1          3            spouse
1        2          3            parent

care_logs
home_id  day         giver_id  receiver_id  service  minutes  confirmed
1        2025-03-01  1         3            company  400      receiver
1        2026-10-02  1         3            company  50       receiver
1        2026-10-03  2         3            haircut  20       caretaker
1        2026-10-31  3         1            company  61       door
1        2026-10-15  2         1            company  30       planned_end
1        2026-11-01  2         1            company  100      receiver
1        2026-10-05  4         1            company  40       receiver
2        2026-10-05  5         6            company  70       receiver
2        2026-09-30  5         6            company  10       receiver
"""


@pytest.fixture
def house(data) -> Scope:
    """The operator's scope over three homes of two counties, with care that is booked; the balances are 450, 120, 61 and 80."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, rows in told(HOUSE):
            for row in rows:
                desk.insert(table, row)
    return scope


def do(scope: Scope, action, *args, **more):
    with scope.work() as desk:
        return action(desk, *args, **more)


def account(scope: Scope, person: int) -> int:
    return int(scope.read("time_accounts", person_id=person)["id"].iloc[0])


def ask(scope: Scope, elder: int, payer: int, minutes: int = 30, start: int = 900) -> int:
    row = {
        "home_id": 1,
        "person_id": elder,
        "service": "company",
        "day": TODAY,
        "start_minute": start,
        "minutes": minutes,
    }
    return scope.save("requests", row | {"payer_id": account(scope, payer)})


def sums(scope: Scope, *homes: int) -> Row:
    """The figures of some homes as they stand."""
    found = scope.read("time_rule_effects")
    return {name: int(found[found["home_id"].isin(homes)][name].sum()) for name in timerules.FIGURES}


@pytest.mark.parametrize(("row", "says"), [
    ({"cap_minutes": 100}, {"over_cap": 2, "over_minutes": 370, "old_over_cap": 0}),
    ({"cap_minutes": 120}, {"over_cap": 1, "over_minutes": 330}),
    ({"cap_minutes": 450}, {"over_cap": 0, "over_minutes": 0}),
    ({"floor_minutes": -60}, {"under_floor": 0}),
    ({"least_saved": 120}, {"fewer": 1, "more": 0, "not_saved": 1}),
    ({"least_saved": 121}, {"fewer": 2, "more": 0}),
    ({"expiry_months": 12}, {"expiring": 1, "expiring_minutes": 370}),
    ({"expiry_months": 24}, {"expiring": 0, "expiring_minutes": 0}),
    ({"served_age": 65}, {"barred": 1, "old_barred": 0}),
    ({"served_kin": "self_spouse"}, {"barred": 1}),
    ({"served_kin": "only_self"}, {"barred": 2}),
    ({"round_to": 30}, {"month_entries": 4, "month_minutes": 240, "old_month_minutes": 171}),
    ({"round_to": 30, "round_how": "nearest"}, {"month_entries": 4, "month_minutes": 180}),
    ({"round_to": 60, "round_how": "down"}, {"month_entries": 1, "month_minutes": 60}),
    ({"proof": "proof_receiver"}, {"month_entries": 2, "month_minutes": 90, "old_month_entries": 4}),
    ({"opening_minutes": 300, "stale_days": 9, "closing": "to_pool"}, {"over_cap": 0, "barred": 0, "month_minutes": 171, "fewer": 0}),
])  # fmt: skip
def test_what_is_said_before_is_what_then_holds(house, row, says):
    ask(house, 1, 1, 40)  # own time
    ask(house, 3, 1, 40)  # the wife's, for the husband
    ask(house, 3, 2, 30, 800)  # a child's, for the father
    ask(house, 2, 2, 10)  # somebody of 64
    before, rules = sums(house, 1), len(house.read("time_rules"))
    found = do(house, timerules.preview, {"home_id": 1, **row})
    assert {name: found[name] for name in says} == says
    assert (found["homes"], found["apart"], found["passbooks"]) == (1, 0, 3)
    assert {name: found[f"old_{name}"] for name in timerules.FIGURES} == before
    assert (sums(house, 1), len(house.read("time_rules"))) == (before, rules)  # nothing is kept
    do(house, timebank.set_rules, {"home_id": 1, **row})
    assert sums(house, 1) == {name: found[name] for name in timerules.FIGURES}


def test_above_a_new_cap_nobody_loses_and_the_pool_gets_the_rest(house):
    do(house, timebank.set_rules, {"home_id": 1, "cap_minutes": 100})
    row = {
        "home_id": 1,
        "day": TODAY,
        "giver_id": 1,
        "receiver_id": 3,
        "service": "company",
        "minutes": 30,
        "confirmed": "receiver",
    }
    house.save("care_logs", row)
    books = house.read("time_account_list", home_id=1).set_index("label")["balance"].to_dict()
    assert (books["王秀英"], books["pool"]) == (450, 70)  # 40 of the key elder


def test_below_a_new_floor_nothing_is_taken_and_nothing_can_be_spent(house):
    do(house, timebank.set_rules, {"home_id": 1, "floor_minutes": -60})
    do(house, timebank.donate, account(house, 3), 111)  # 50 in debt
    for floor, under in ((-60, 0), (-50, 0), (-49, 1), (0, 1)):
        assert do(house, timerules.preview, {"home_id": 1, "floor_minutes": floor})["under_floor"] == under
    do(house, timebank.set_rules, {"home_id": 1})
    assert house.read("time_balances", account_id=account(house, 3))["balance"].tolist() == [-50]
    with pytest.raises(RuleBroken, match="transfers_floor"):
        do(house, timebank.donate, account(house, 3), 1)


def test_who_can_no_longer_redeem_is_refused_and_who_can_is_not(house):
    assert do(house, timerules.preview, {"home_id": 1, "least_saved": 120})["fewer"] == 1
    do(house, timebank.set_rules, {"home_id": 1, "least_saved": 120})
    with pytest.raises(RuleBroken, match="requests_saved"):
        ask(house, 3, 3)
    ask(house, 1, 1)
    assert do(house, timerules.preview, {"home_id": 1, "least_saved": 60})["more"] == 1
    do(house, timebank.set_rules, {"home_id": 1, "least_saved": 60})
    ask(house, 3, 3)


def test_what_is_barred_could_not_be_asked_again(house):
    ask(house, 2, 2, 10)
    do(house, timebank.set_rules, {"home_id": 1, "served_age": 65})
    assert sums(house, 1)["barred"] == 1
    with pytest.raises(RuleBroken, match="requests_age"):
        ask(house, 2, 2, 10, 1000)
    clock = tables.rows(house.read("settings", name="today"))[0]["id"]
    house.save("settings", {"id": clock, "value": "2026-11-30"})
    assert sums(house, 1)["barred"] == 0  # out of date: it holds nothing any more


def test_what_is_said_to_expire_expires(house):
    found = do(house, timerules.preview, {"home_id": 1, "expiry_months": 12})
    do(house, timebank.set_rules, {"home_id": 1, "expiry_months": 12})
    assert do(house, timebank.expire_all, [1, 2]) == (found["expiring"], found["expiring_minutes"]) == (1, 400)
    assert sums(house, 1)["expiring"] == 0
    last = house.read("time_passbook", account_id=account(house, 1), order="seq DESC").iloc[0]
    assert (last["kind"], last["minutes"], last["balance"], last["other"]) == ("expire", -400, 50, "pool")
    assert do(house, timebank.expire_all, [1, 2]) == (0, 0)


def test_a_month_under_the_new_rounding_is_what_it_books(house):
    found = do(house, timerules.preview, {"home_id": 1, "round_to": 30})
    do(house, timebank.set_rules, {"home_id": 1, "round_to": 30})
    with house.work() as desk:
        logs = list(desk.db.query("SELECT * FROM care_logs WHERE home_id = 1 AND day LIKE '2026-10%'"))
        for log in logs:
            desk.delete("care_logs", log["id"])
            desk.insert(
                "care_logs",
                {
                    name: log[name]
                    for name in ("home_id", "day", "giver_id", "receiver_id", "service", "minutes", "confirmed")
                },
            )
        booked = desk.db.execute("""SELECT sum(minutes) FROM transfers t WHERE home_id = 1 AND day LIKE '2026-10%' AND kind IN ('earn', 'overflow')
            AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.reverses_id = t.id)""").fetchone()[0]
    assert booked == found["month_minutes"] == 240


def test_home_county_all(house):
    """A home's own rules come before its county's, these before those for all; a home can go back."""

    def caps() -> list[int | None]:
        return house.read("time_terms", order="home_id")["cap_minutes"].tolist()

    assert caps() == [90000, 90000, 90000]
    everywhere = do(house, timerules.preview, {"cap_minutes": 6000})
    assert (everywhere["homes"], everywhere["apart"]) == (3, 0)
    do(house, timebank.set_rules, {"cap_minutes": 6000})
    county = do(house, timerules.preview, {"county": "肥源县", "cap_minutes": 60})
    assert (county["homes"], county["apart"], county["over_cap"], county["passbooks"]) == (2, 0, 4, 4)
    do(house, timebank.set_rules, {"county": "肥源县", "cap_minutes": 60})
    do(house, timebank.set_rules, {"home_id": 1, "cap_minutes": 300})
    assert caps() == [300, 60, 6000]
    again = do(house, timerules.preview, {"county": "肥源县", "cap_minutes": 90})
    assert (again["homes"], again["apart"], again["passbooks"], again["over_cap"]) == (1, 1, 1, 0)
    assert do(house, timerules.preview, {"cap_minutes": 70})["homes"] == 1
    back = do(house, timerules.preview, {"home_id": 1, "inherits": 1})
    assert (back["homes"], back["over_cap"], back["old_over_cap"]) == (1, 3, 1)
    do(house, timebank.set_rules, {"home_id": 1, "inherits": 1})
    assert caps() == [60, 60, 6000]


def test_the_past_keeps_its_rule(house):
    first = house.read("time_passbook", account_id=account(house, 1))["rule_id"].tolist()
    rule = do(house, timebank.set_rules, {"home_id": 1, "round_to": 15})
    row = {
        "home_id": 1,
        "day": "2026-10-09",
        "giver_id": 1,
        "receiver_id": 3,
        "service": "company",
        "minutes": 31,
        "confirmed": "receiver",
    }
    house.save("care_logs", row)
    found = house.read("time_passbook", account_id=account(house, 1), order="seq")
    assert found["rule_id"].tolist() == [*first, rule] == [1, 1, rule]
    assert found["minutes"].tolist() == [400, 50, 45]


def test_a_second_touch_saves_once_and_a_refused_row_nothing(house):
    for _ in range(2):
        rule = do(house, timebank.set_rules, {"home_id": 1, "round_to": 15, "key": "once"})
    assert house.read("time_rules")["id"].tolist() == [1, rule]
    with pytest.raises(RuleBroken, match="time_rules_cap"):
        do(house, timerules.preview, {"home_id": 1, "cap_minutes": 5})
    assert len(house.read("time_rules")) == 2


def test_the_history_says_what_changed(house):
    do(house, timebank.set_rules, {"county": "肥源县", "cap_minutes": 6000, "note": "县里定的"})
    do(house, timebank.set_rules, {"home_id": 1, "cap_minutes": 6000, "round_to": 15})
    do(house, timebank.set_rules, {"home_id": 1, "inherits": 1})
    do(house, timebank.set_rules, {"home_id": 1, "cap_minutes": 9000})
    found = house.read("time_rule_list", home_id=1, order="id").set_index("id")
    assert found["reach"].tolist() == ["of_all", "of_county", "of_home", "of_home", "of_home"]
    assert [None if each != each else int(each) for each in found["before_id"]] == [None, 1, 2, 3, 2]  # noqa: PLR0124
    rows = {int(id): row for id, row in found.to_dict("index").items()}
    assert timerules.changes(rows[2], rows[3]) == {"round_to": (0, 15)}
    assert timerules.changes(rows[2], rows[5]) == {"cap_minutes": (6000, 9000)}
    assert house.read("time_rule_list", home_id=2)["id"].tolist() == [1, 2]
    other = do(house, timebank.set_rules, {"county": "别县", "cap_minutes": 600})
    last = do(house, timebank.set_rules, {"county": "肥源县", "cap_minutes": 660})
    assert house.read("time_rule_list", home_id=3)["id"].tolist() == [1, other]
    assert house.read("time_rule_list", home_id=1, id=last)["before_id"].tolist() == [2]


def test_sentences_say_what_is_touched_and_nothing_else(house):
    quiet = effects(do(house, timerules.preview, {"home_id": 2, "opening_minutes": 60}))
    assert quiet == [
        "管到 1 家幸福院、1 本存折。",
        "上月确认的互助，按现在的规则记 1小时10分，按新规则记 1小时10分（不变）。",
        "以前的记录仍按当时的规则，不改。",
    ]
    loud = effects(do(house, timerules.preview, {"home_id": 1, "cap_minutes": 100, "least_saved": 120, "round_to": 30}))
    assert "超过上限的存折：2 本（现在 0 本），共多出 6小时10分。已有的时间不减；以后存入的转入时间池。" in loud
    assert "1 人存得不够，不能再兑换，要先存够。" in loud
    assert "上月确认的互助，按现在的规则记 2小时51分，按新规则记 4小时（+1小时9分）。" in loud


@pytest.mark.parametrize(("who", "row", "refused"), [
    ({"role": "admin"}, {}, None),
    ({"role": "admin"}, {"county": "别县"}, None),
    ({"role": "official", "county": "肥源县"}, {"county": "肥源县"}, None),
    ({"role": "official", "county": "肥源县"}, {"home_id": 2}, None),
    ({"role": "official", "county": "肥源县"}, {}, "outside_area"),
    ({"role": "official", "county": "肥源县"}, {"county": "别县"}, "outside_area"),
    ({"role": "official", "county": "肥源县"}, {"home_id": 3}, "gone"),
    ({"role": "official", "county": "肥源县", "township": "东河乡"}, {"county": "肥源县"}, "outside_area"),
    ({"role": "official", "home_id": 1}, {"county": "肥源县"}, "not_allowed"),
    ({"role": "official", "home_id": 1}, {"home_id": 1}, None),
    ({"role": "caretaker", "home_id": 1}, {"home_id": 1}, "not_allowed"),
    ({"role": "auditor", "county": "肥源县"}, {"county": "肥源县"}, "not_allowed"),
])  # fmt: skip
def test_who_may_change_which_rules(house, sign_in, who, row, refused):
    scope = sign_in(who["role"], **{name: value for name, value in who.items() if name != "role"})
    for action in (timerules.preview, timebank.set_rules):
        if refused:
            with pytest.raises(RuleBroken, match=refused):
                do(scope, action, row | {"cap_minutes": 6000})
        else:
            do(scope, action, row | {"cap_minutes": 6000})


@pytest.mark.parametrize(("who", "places"), [
    ({"role": "admin"}, ["of_all", "of_county", "of_county", "of_home", "of_home", "of_home"]),
    ({"role": "official", "county": "肥源县"}, ["of_county", "of_home", "of_home"]),
    ({"role": "official", "county": "肥源县", "township": "西河乡"}, ["of_home"]),
    ({"role": "official", "home_id": 1}, ["of_home"]),
])  # fmt: skip
def test_the_places_offered_are_those_that_may_be_changed(house, sign_in, who, places):
    scope = sign_in(who["role"], **{name: value for name, value in who.items() if name != "role"})
    offered = shown.places(scope)
    assert [place["reach"] for place in offered.values()] == places
    for place in offered.values():
        row = {name: place[name] for name in ("home_id", "county") if name in place}
        do(scope, timebank.set_rules, row | {"cap_minutes": 6000})
