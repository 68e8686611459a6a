"""What rooms are used for, by hand, on data small enough; today is Friday 20 November 2026, whose first is a Sunday."""

import pandas as pd
import pytest

from components import charts, facilities, heats
from db import store, today
from db.scope import Scope
from tests.test_money_figures import BOOKS
from tests.test_views import ask

ROOMS = """
    homes
    id  name  kind         beds  opened      weekdays
    1   东院  residential  4     2026-01-01  ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]
    2   西院  day          0     2026-11-11  ["monday","tuesday","wednesday","thursday","friday"]
    3   南院  residential  6     2026-01-01  ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]

    rooms
    id  home_id  room    kind           opens_minute  closes_minute  idle_since  idle_cause  weekdays
    1   1        厨房    kitchen        480           1080           -           -           ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]
    2   1        活动室  activity_room  540           720            -           -           ["monday","tuesday","wednesday","thursday","friday"]
    3   1        浴室    bathroom       480           1080           2026-11-11  no_money    ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]
    4   1        101     bedroom        0             1440           -           -           ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]
    5   2        照料室  day_care       480           1080           -           -           ["monday","tuesday","wednesday","thursday","friday"]

    closures
    home_id  room_id  first_day   last_day    reason
    1        -        2026-11-07  2026-11-08  festival
    1        2        2026-11-16  2026-11-18  repair

    persons
    id  home_id  name
    1   1        张
    2   1        王
    3   2        李

    stays
    home_id  person_id  from_day    place
    1        1          2026-01-01  bed
    1        2          2026-11-11  bed
    2        3          2026-11-11  day_place

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-02  1         2            visit    30
    1        2026-11-04  1         2            visit    30
    1        2026-11-07  1         2            visit    30

    room_sessions
    home_id  room_id  day         start_minute  minutes  others
    1        1        2026-11-02  660           90       6
    1        1        2026-11-03  660           90       5
    1        2        2026-11-02  540           60       8
    1        2        2026-11-02  630           60       3
    1        3        2026-11-05  840           60       2
    2        5        2026-11-12  545           100      4
    """


def rooms(function):
    """The docstring's data for all tests that ask for these rooms."""
    function.__doc__ = ROOMS
    return function


def figures(scope: Scope, home: int, month: str = "2026-11") -> dict[str, tuple[float, float]]:
    """The figures of a home in a month: top and bottom."""
    found = Scope(scope.data, operator=True, homes=(home,), month=month).read("room_figures")
    return {row["figure"]: (row["top"], row["bottom"]) for row in found.to_dict("records")}


@rooms
def test_a_home_by_hand(given):
    # closed on 7 and 8: the kitchen is due on 18 of 20 days, the activity room on 15 weekdays less 3, the bathroom on 8 of the first 10
    assert figures(given, 1) == {
        "open_rate": (4, 18),  # 2, 3, 4 and 5 November; on 7 it was closed, whatever was done
        "used_rate": (6, 18 * 10 + 12 * 3 + 8 * 10),
        "vacant_days": (18 + 12 + 8 - 4, 3),
        "idle_rate": (1, 4),
        "gatherings": (2, 0),
        "day_visitors": (24, 5),
        "person_times": (3, 0),
        "bed_rate": (20 + 10, 4 * 20),
    }


@rooms
def test_a_home_that_opened_last_week_counts_from_its_opening(given):
    # 11 to 13 and 16 to 20 November are eight weekdays
    assert figures(given, 2) == {
        "open_rate": (1, 8), "used_rate": (100 / 60, 80), "vacant_days": (7, 1), "idle_rate": (0, 1), "gatherings": (0, 0), "day_visitors": (4, 1),
    }  # fmt: skip
    assert figures(given, 2, "2026-10") == {"idle_rate": (0, 1)}


def test_a_sunday_that_is_not_due_makes_no_open_day(given):
    """
    homes
    id  name  kind  opened      weekdays
    1   东院  day   2026-01-01  ["monday","tuesday","wednesday","thursday","friday"]

    persons
    id  home_id  name
    1   1        张
    2   1        王

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-11-08  1         2            visit    30
    1        2026-11-09  1         2            visit    30
    """
    assert figures(given, 1)["open_rate"] == (1, 15)
    assert ask(given, "SELECT due_days, open_days, days_with_entries FROM home_open WHERE month = '2026-11'") == [
        (15, 1, 2)
    ]
    given.save("closures", {"home_id": 1, "first_day": "2026-11-09", "last_day": "2026-11-09", "reason": "festival"})
    assert figures(given, 1)["open_rate"] == (0, 14)


@rooms
def test_a_month_of_which_nothing_is_written_down_has_no_figure_of_use(given):
    assert figures(given, 1, "2026-10") == {"idle_rate": (0, 4), "bed_rate": (31, 124)}
    assert figures(given, 3) == {}
    silent = Scope(given.data, operator=True, homes=(3,), month="2026-11").read("home_open").iloc[0]
    assert (silent["due_days"], silent["open_days"], silent["days_with_entries"]) == (20, 0, 0)


@rooms
def test_rooms_one_by_one(given):
    found = Scope(given.data, operator=True, homes=(1,), month="2026-11").read("room_use", order="room_id")
    columns = ["room_id", "hours_open", "used_hours", "used_days", "vacant_days", "heads"]
    assert [tuple(row) for row in found[columns].itertuples(index=False)] == [
        (1, 180, 3, 2, 16, 11), (2, 36, 2, 1, 11, 11), (3, 80, 1, 1, 7, 2),
    ]  # fmt: skip
    assert facilities.rated(found)["used_percent"].round(2).tolist() == [1.67, 5.56, 1.25]


@rooms
def test_hours_that_change_hold_from_today(given):
    given.save("rooms", {"id": 1, "opens_minute": 540})
    assert ask(given, "SELECT due_days, open_minutes FROM room_open WHERE room_id = 1 AND month = '2026-11'") == [
        (18, 17 * 600 + 540)
    ]
    given.save("rooms", {"id": 1, "weekdays": '["monday"]'})
    assert ask(given, "SELECT due_days, open_minutes FROM room_open WHERE room_id = 1 AND month = '2026-11'") == [
        (17, 17 * 600)
    ]


@rooms
def test_an_idle_room_in_use_again_is_open_from_today(given):
    given.save("rooms", {"id": 3, "idle_since": None, "idle_cause": None})
    assert ask(given, "SELECT due_days FROM room_open WHERE room_id = 3 AND month = '2026-11'") == [(9,)]
    assert figures(given, 1)["idle_rate"] == (0, 4)


@rooms
def test_a_room_that_is_given_up_or_not_there_yet(given):
    given.save("rooms", {"id": 1, "first_day": "2026-11-10", "last_day": "2026-11-12"})
    assert ask(given, "SELECT due_days FROM room_open WHERE room_id = 1 AND month = '2026-11'") == [(3,)]
    assert ask(given, "SELECT due_days FROM room_open WHERE room_id = 1 AND month = '2026-10'") == [(0,)]
    assert figures(given, 1)["idle_rate"] == (1, 3)


def test_a_home_that_will_be_closed_later_this_month_counts_once(given):
    """
    homes
    id  name  opened
    1   东院  2026-01-01

    rooms
    id  home_id  room  kind     opens_minute  closes_minute
    1   1        厨房  kitchen  480           1080

    closures
    home_id  first_day   last_day    reason
    1        2026-11-24  2026-11-25  repair

    room_sessions
    home_id  room_id  day         start_minute  minutes  others
    1        1        2026-11-02  660           60       3
    """
    assert ask(given, "SELECT open, due, used FROM home_use WHERE month = '2026-11'") == [(20 * 600, 20, 60)]


def test_a_room_that_is_given_up_on_the_first_of_a_month(given):
    """
    homes
    id  name  opened
    1   东院  2026-01-01

    rooms
    id  home_id  room  kind      opens_minute  closes_minute  last_day
    1   1        厨房  kitchen   480           1080           -
    2   1        浴室  bathroom  480           1080           2026-11-01

    room_sessions
    home_id  room_id  day         start_minute  minutes  others
    1        1        2026-11-02  660           60       3
    """
    assert figures(given, 1)["used_rate"] == (1, 20 * 10 + 10)


@rooms
def test_the_week_as_a_map(given):
    # 2 November is one of the three Mondays up to the 20th; 90 minutes from eleven on are half in twelve
    found = ask(
        given,
        "SELECT weekday, hour, rooms_used * 3 FROM room_map WHERE home_id = 1 AND month = '2026-11' ORDER BY turn, hour",
    )
    monday = {hour: round(used, 3) for day, hour, used in found if day == "monday"}
    assert monday == {9: 1, 10: 0.5, 11: 1.5, 12: 0.5}
    assert {day for day, _, _ in found} == {"monday", "tuesday", "thursday"}
    assert (
        ask(given, "SELECT hour, round(rooms_used * 2, 3) FROM room_map WHERE home_id = 2 AND month = '2026-11'") != []
    )


def test_the_map_in_words():
    week = pd.DataFrame(
        [("tuesday", "09", 3.2), ("monday", "10", 1.0), ("wednesday", "09", 0.0)],
        columns=["weekday", "hour", "rooms_used"],
    )
    said = heats.reading(week, "hour", "weekday", "rooms_used")
    assert said == "最忙：周二9–10点，平均3.2间在用。从没用过：周三、周四、周五、周六、周日。"
    assert heats.hours(week["hour"]) == ["09", "10"]
    figure = charts.figure("room_map", charts.heat, week, x="hour", y="weekday", color="rooms_used")
    assert said in figure.drawn
    nothing = charts.figure("room_map", charts.heat, week.iloc[:0], x="hour", y="weekday", color="rooms_used")
    assert "<svg" not in nothing.drawn


@rooms
def test_a_day_home_counts_those_of_the_attendance_round(given):
    with given.work() as desk:
        for day in ("2026-11-12", "2026-11-13"):
            round_ = desk.insert("rounds", {"home_id": 2, "day": day, "kind": "morning_check"})
            desk.insert("round_marks", {"home_id": 2, "round_id": round_, "person_id": 3, "state": "done"})
            stamp = {"confirmed_at": f"{day}T01:00:00Z", "confirmed_by": "郭"}
            desk.update("rounds", round_, stamp)
    assert figures(given, 2)["day_visitors"] == (2, 2)
    assert store.check(given.data) == []


@rooms
def test_meals_are_what_people_took_part_in(given):
    with given.work() as desk:
        for kind, states in {
            "lunch": ("done", "away"),
            "dinner": ("done", "done"),
            "medicine": ("done", "done"),
        }.items():
            round_ = desk.insert("rounds", {"home_id": 1, "day": "2026-11-20", "kind": kind})
            for person, state in enumerate(states, 1):
                desk.insert("round_marks", {"home_id": 1, "round_id": round_, "person_id": person, "state": state})
            desk.update("rounds", round_, {"confirmed_at": "2026-11-20T04:00:00Z", "confirmed_by": "郭"})
    assert figures(given, 1)["meals"] == (3, 0)
    assert ask(given, "SELECT kind, rounds, done FROM round_months WHERE home_id = 1 ORDER BY kind") == [
        ("dinner", 1, 2), ("lunch", 1, 1), ("medicine", 1, 2),
    ]  # fmt: skip
    with given.work() as desk:
        mark = desk.db.execute("SELECT id FROM round_marks WHERE state = 'away'").fetchone()[0]
        desk.update("round_marks", mark, {"state": "done", "corrected_at": today.now(desk), "corrected_by": "郭"})
    assert figures(given, 1)["meals"] == (4, 0)
    assert store.check(given.data) == []


def test_the_sums_follow_a_session_that_is_taken_back(data):
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        home = desk.insert("homes", {"name": "东院"})
        room = desk.insert("rooms", {"home_id": home, "room": "活动室", "kind": "activity_room"})
        row = {"home_id": home, "room_id": room, "day": "2026-11-20", "start_minute": 540, "minutes": 60, "others": 3}
        row["recorded_at"] = today.now(desk)
        session = desk.insert("room_sessions", row)
    assert ask(scope, "SELECT month, weekday, days FROM open_months") == [("2026-11", 5, 1)]
    with scope.work() as desk:
        desk.update("room_sessions", session, {"undone_at": today.now(desk), "undone_by": "郭"})
    assert ask(scope, "SELECT * FROM open_months") == []
    assert store.check(data) == []


def test_money_of_twelve_months(given):
    scope = Scope(given.data, operator=True, month="2026-11")
    found = scope.read("room_figures").set_index("figure")
    assert tuple(found.loc["spend_rate", ["top", "bottom"]]) == (1210.0, 1000.0)
    cost = scope.read("money_costs").iloc[0]
    assert tuple(found.loc["unit_cost", ["top", "bottom"]]) == (cost["spent_yuan"], cost["served_days"])
    assert ask(given, "SELECT sum(received_fen), sum(spent_fen) FROM money_months") == [(200000, 141000)]
    assert store.check(given.data) == []


test_money_of_twelve_months.__doc__ = BOOKS


def test_a_part_of_the_spending_for_each_room(given):
    with given.work() as desk:
        for room, minutes, heads in (("厨房", 300, 10), ("浴室", 100, 0)):
            id = desk.insert("rooms", {"home_id": 1, "room": room, "kind": "kitchen", "closes_minute": 1200})
            row = {
                "home_id": 1,
                "room_id": id,
                "day": "2026-05-04",
                "start_minute": 480,
                "minutes": minutes,
                "others": heads,
            }
            desk.insert("room_sessions", row)
    found = Scope(given.data, operator=True, month="2026-11").read("room_costs", order="room_id")
    assert found["share_yuan"].tolist() == [1210 * 0.75, 1210 * 0.25]
    assert found["visit_yuan"].fillna(-1).tolist() == [90.75, -1]


test_a_part_of_the_spending_for_each_room.__doc__ = BOOKS


@rooms
def test_homes_of_like_size_together(given):
    month = Scope(given.data, operator=True, month="2026-11")
    table = facilities.by_size(month.read("room_figures"), month.read("report_sizes"))
    assert table["size"].tolist() == ["size_9"]
    assert table.loc[0, "homes_counted"] == 2
    assert table.loc[0, "figure.open_rate"] == "19.2 %"  # 5 of 26 days, not the mean of 22 and 13 percent
    assert table.loc[0, "figure.unit_cost"] is None
    one = Scope(given.data, operator=True, homes=(3,), month="2026-11")
    assert facilities.by_size(one.read("room_figures"), one.read("report_sizes")).empty


@pytest.mark.parametrize("month", ["2026-11", "2026-10", "2025-11"])
def test_the_demo_tells_the_same_by_room_and_by_home(demo_data, month):
    scope = Scope(demo_data, operator=True, month=month)
    found = scope.read("room_figures").set_index("figure")
    use = scope.read("room_use")
    assert found.loc["used_rate", "top"] == pytest.approx(use["used_hours"].sum())
    assert found.loc["used_rate", "bottom"] == pytest.approx(use["hours_open"].sum())
    assert found.loc["vacant_days", "top"] == use["vacant_days"].sum()
    assert found.loc["gatherings", "top"] > 0
    for row in found.to_dict("records"):
        assert row["unit"] != "percent" or 0 <= row["top"] <= 1.5 * row["bottom"], row
