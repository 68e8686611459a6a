"""What is missing or late, matter by matter, by hand; today is 20 November 2026."""

import pytest

from components import quality
from db.scope import Scope
from tests.test_views import ask, on

HOME = """
    homes
    id  name  opened
    1   东院  2026-01-01

    persons
    id  home_id  name  birth_day
    1   1        张    1950-01-01
    2   1        王    -

    stays
    home_id  person_id  from_day
    1        1          2026-02-01
    1        2          2026-03-01

    rooms
    id  home_id  room    kind           idle_since  idle_cause
    1   1        活动室  activity_room  -           -
    2   1        浴室    bathroom       2026-01-01  no_money
    3   1        101     bedroom        -           -

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  service  minutes
    1        2026-11-10  1         -           2            visit    30
    1        2026-11-12  -         老李        1            visit    30

    room_sessions
    id  home_id  room_id  day         start_minute  minutes
    1   1        1        2026-10-20  540           60

    meter_readings
    home_id  meter        day         reading
    1        water        2026-09-30  10
    1        water        2026-10-02  12
    1        electricity  2026-09-02  100

    gifts
    id  home_id  day         source      amount_fen  purpose
    1   1        2026-08-01  collective  100000      -
    """


def home(function):
    """The docstring's data for all tests that ask for this home."""
    function.__doc__ = HOME
    return function


def found(scope: Scope) -> dict[str, tuple[int, str | None, int]]:
    """Each matter of home 1 with rank, since when, how many."""
    return {
        matter: (rank, since, count)
        for matter, rank, since, count in ask(
            scope, "SELECT matter, rank, since, count FROM quality_matters WHERE home_id = 1"
        )
    }


@home
def test_each_matter_by_hand(given):
    assert found(given) == {
        "no_care_log": (1, "2026-11-12", 1),
        "room_unused": (2, "2026-10-20", 1),  # the idle one and the bedroom need no session
        "meter_unread": (2, "2026-09-02", 1),  # water was read in October
        "meter_no_voucher": (2, "2026-09-01", 2),
        "no_voucher": (2, "2026-08-01", 1),
        "names_open": (3, "2026-11-12", 1),
        "no_birth_day": (3, "2026-03-01", 1),
        "never_assessed": (3, "2026-02-01", 2),
    }
    assert ask(given, "SELECT days FROM quality_matters WHERE matter = 'no_care_log'") == [(8,)]


@home
def test_what_is_put_right_is_gone(given):
    given.save("persons", {"id": 2, "birth_day": "1950-01-01"})
    given.save("meter_readings", {"home_id": 1, "meter": "electricity", "day": "2026-11-01", "reading": 120})
    given.save("care_logs", {"id": 2, "giver_id": 2, "giver_name": None})
    given.save(
        "care_logs",
        {"home_id": 1, "day": "2026-11-17", "giver_id": 1, "receiver_id": 2, "service": "company", "minutes": 20},
    )
    given.save("room_sessions", {"home_id": 1, "room_id": 1, "day": "2026-10-21", "start_minute": 540, "minutes": 60})
    row = {
        "home_id": 1,
        "fund_id": ask(given, "SELECT id FROM funds")[0][0],
        "amount_fen": 5000,
        "payee": "店",
        "handler": "李",
        "filed_by": "李",
    }
    light = given.save("spendings", row | {"day": "2026-10-31", "purpose": "utilities"})
    assert {"meter_no_voucher", "no_voucher"} <= set(found(given))  # filed is not approved
    paper = given.save("spendings", row | {"day": "2026-10-05", "purpose": "running"})
    given.save("approvals", {"home_id": 1, "spending_id": paper, "outcome": "approved", "decided_by": "赵"})
    assert "meter_no_voucher" in found(given)  # paper is no electricity
    given.save("approvals", {"home_id": 1, "spending_id": light, "outcome": "approved", "decided_by": "赵"})
    assert set(found(given)) == {"never_assessed"}


@home
def test_a_matter_grows_old(given):
    on(given, "2026-11-15")
    assert "no_care_log" not in found(given)  # three days are allowed
    assert "room_unused" not in found(given)
    on(given, "2026-11-16")
    assert "no_care_log" in found(given)
    on(given, "2026-10-31")
    assert "no_voucher" not in found(given) or found(given)["no_voucher"][1] == "2026-08-01"


@home
def test_a_room_in_which_nothing_ever_was_has_no_day_since_when(given):
    given.save("rooms", {"home_id": 1, "room": "书画室", "kind": "games_room"})
    assert found(given)["room_unused"] == (2, None, 2)
    given.save("rooms", {"id": 4, "first_day": "2026-11-01"})
    assert found(given)["room_unused"] == (2, "2026-10-20", 1)


def test_a_home_that_was_never_used_says_that_and_no_more(given):
    """
    homes
    id  name  opened
    1   东院  2026-11-13
    """
    assert found(given) == {"never_used": (1, "2026-11-13", 1), "rooms_unwritten": (3, "2026-11-13", 1)}
    given.save("homes", {"id": 1, "opened": "2026-12-01"})
    assert "never_used" not in found(given)


def test_rounds_that_stopped_and_rows_that_were_refused(given):
    """
    homes
    id  name  opened
    1   东院  2026-01-01

    persons
    id  home_id  name  birth_day
    1   1        张    1950-01-01

    stays
    home_id  person_id  from_day
    1        1          2026-02-01

    imports
    id  home_id  file_name  file_hash  at                   user_name  refused
    1   1        册.xlsx    x          2026-11-01T02:00:00  郭         3
    2   1        旧.xlsx    y          2026-06-01T02:00:00  郭         9
    """
    with given.work() as desk:
        round_ = desk.insert("rounds", {"home_id": 1, "day": "2026-11-16", "kind": "lunch"})
        desk.insert("round_marks", {"home_id": 1, "round_id": round_, "person_id": 1, "state": "done"})
        desk.update("rounds", round_, {"confirmed_at": "2026-11-16T04:00:00Z", "confirmed_by": "郭"})
    assert found(given)["no_rounds"] == (2, "2026-11-16", 1)
    assert found(given)["rows_refused"] == (3, "2026-11-01", 3)
    on(given, "2026-11-19")
    assert "no_rounds" not in found(given)


def test_the_demo_has_a_way_to_mend_each_matter(demo_data):
    matters = {row[0] for row in ask(Scope(demo_data, operator=True), "SELECT matter FROM quality_matters")}
    assert matters
    assert matters <= set(quality.MENDED)


def test_homes_in_the_order_of_what_is_oldest(given):
    """
    homes
    id  name  opened
    1   东院  2026-11-13
    2   西院  2020-01-01
    3   南院  -
    """
    frame = given.read("quality_matters", order="days DESC, rank, matter")
    drawn = quality.matrix(frame, {1: "东", 2: "西", 3: "南"})
    assert drawn.index("西院") < drawn.index("东院") < drawn.index("南院")
    assert "<details" not in drawn
    assert drawn.count("<tr>") == 4


@pytest.mark.parametrize(("homes", "folded"), [(20, False), (21, True)])
def test_many_homes_are_folded(data, homes, folded):
    scope = Scope(data, operator=True)
    for number in range(homes):
        scope.save("homes", {"name": f"院{number}", "opened": "2026-01-01"})
    drawn = quality.matrix(scope.read("quality_matters"), {id: str(id) for id in range(1, homes + 1)})
    assert ("<details" in drawn) == folded
