"""Rooms: how each stands, checks due, repairs, meters, closures and the bookings they hit, buildings on their way to a room."""

import pytest

from db import rooms, store, upkeep
from db.rules import RuleBroken
from db.scope import Scope
from tests.conftest import HOME, TODAY, tables
from tests.test_rules import script

VILLAGE = """
    homes
    id  name
    1   东院
    2   西院

    rooms
    id  home_id  room  kind           capacity  idle_since  idle_cause  last_day    first_day
    1   1        活动室  activity_room  20        -           -           -           -
    2   1        旧教室  idle_room      30        2026-11-01  no_staff    -           -
    3   1        浴室    bathroom       4         -           -           2026-11-19  -
    4   1        食堂    kitchen        40        -           -           -           2026-12-01
    5   2        活动室  activity_room  20        2026-11-20  no_need     -           -
"""


@pytest.fixture
def village(data):
    """Two homes; rooms in use, idle, given up and not yet in use."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, rows in tables(VILLAGE):
            for row in rows:
                desk.insert(table, row)
    return scope


def shown(scope, view, *columns, order="id", **where):
    """The rows of a view as tuples, nothing as None."""
    found = scope.read(view, order=order, **where)[list(columns)].astype(object)
    return [tuple(row) for row in found.where(found.notna(), None).to_numpy()]


def add(scope, text):
    with scope.work() as desk:
        return [desk.insert(table, row) for table, rows in tables(text) for row in rows]


def test_how_each_room_stands_today(village):
    add(village, """
        closures
        home_id  room_id  first_day   last_day    reason
        1        1        2026-11-20  2026-11-20  repair
        1        4        2026-11-19  2026-11-19  repair
    """)  # fmt: skip
    assert shown(village, "room_list", "room_state", home_id=1) == [
        ("shut_today",),
        ("stands_idle",),
        ("given_up",),
        ("not_yet",),
    ]
    assert village.read("room_list", id=2)["days"].tolist() == [19]
    assert shown(village, "room_idle", "room", "days", "idle_cause") == [
        ("旧教室", 19, "no_staff"),
        ("活动室", 0, "no_need"),
    ]


def test_a_closure_of_the_home_shuts_its_rooms_and_no_others(village):
    village.save("closures", {"home_id": 1, "first_day": "2026-11-01", "last_day": "2026-12-01", "reason": "harvest"})
    assert [row[0] for row in shown(village, "room_list", "room_state") if row[0] == "shut_today"] == ["shut_today"]


def test_idle_times_are_kept_as_they_were(village):
    """Idle in November, in use for a week, idle again: two spells, the last one open; a mark taken back the same day leaves none."""
    day = "UPDATE settings SET value = ? WHERE name = 'today'"

    def on(today, act, *args):
        with village.work() as desk:
            desk.db.execute(day, [today])
            act(desk, *args)

    on("2026-11-20", rooms.idle, 1, "no_need")
    on("2026-11-20", rooms.use_again, 1)
    assert village.read("idle_spells", room_id=1).empty
    on("2026-11-20", rooms.use_again, 2, "day_care")
    on("2026-11-27", rooms.idle, 2, "few_services")
    on("2026-11-28", rooms.idle, 2, "no_money")
    assert shown(village, "idle_spells", "first_day", "until_day", "idle_cause", order="first_day", room_id=2) == [
        ("2026-11-01", "2026-11-20", "no_staff"),
        ("2026-11-27", None, "no_money"),
    ]


def test_an_earlier_begin_said_later_takes_the_place_of_what_was_kept(village):
    village.save("rooms", {"id": 2, "idle_since": "2026-10-15"})
    village.save("rooms", {"id": 2, "idle_since": "2026-11-10"})
    assert shown(village, "idle_spells", "first_day", "until_day", order="first_day", room_id=2) == [
        ("2026-11-10", None)
    ]


def test_hours_change_from_the_day_on_and_no_month_before(village):
    village.save("rooms", {"id": 1, "closes_minute": 1200})
    village.save("rooms", {"id": 1, "closes_minute": 1260})
    assert shown(village, "room_hours", "from_day", "closes_minute", order="from_day", room_id=1) == [
        ("1900-01-01", 1080),
        (TODAY, 1260),
    ]


def test_an_idle_room_is_used_again_as_something(village):
    with village.work() as desk, pytest.raises(RuleBroken, match="rooms_becoming"):
        rooms.use_again(desk, 2)
    with village.work() as desk:
        rooms.use_again(desk, 2, "day_care")
        rooms.use_again(desk, 2, "kitchen")  # a second touch finds it done
    assert shown(village, "room_list", "kind", "room_state", "idle_since", id=2) == [("day_care", "in_use", None)]


def test_a_picture_takes_the_place_of_the_one_before(village):
    for image in ("one", "two"):
        with village.work() as desk:
            rooms.keep_photo(desk, {"id": 1, "home_id": 1}, image)
    assert shown(village, "room_photos", "id", "image") == [(1, "two")]


@pytest.mark.parametrize(("change", "fault"), [
    ("UPDATE idle_spells SET until_day = '2026-11-10' WHERE room_id = 2", "idle_spells: 2"),
    ("DELETE FROM idle_spells WHERE room_id = 2", "idle_spells: 2"),
    ("UPDATE room_hours SET closes_minute = 600 WHERE room_id = 1", "room_hours: 1"),
])  # fmt: skip
def test_a_check_finds_what_is_kept_otherwise_than_it_stands(village, change, fault):
    assert store.check(village.data) == []
    script(village.data, change)
    assert store.check(village.data) == [fault]


# closures and what they hit


@pytest.fixture
def booked(village):
    """Bookings of a club: today, tomorrow twice, next week; one of tomorrow is begun, one is cancelled."""
    add(village, """
        rooms
        id  home_id  room  kind         capacity
        6   1        书画室  games_room   10

        clubs
        id  home_id  club
        1   1        戏曲队

        bookings
        id  home_id  room_id  day         start_minute  minutes  club_id  key
        1   1        1        2026-11-20  600           60       1        a
        2   1        1        2026-11-21  600           60       1        b
        3   1        6        2026-11-21  600           60       -        c
        4   1        1        2026-11-28  600           60       1        d
    """)  # fmt: skip
    return village


CLOSED = {
    "home_id": 1,
    "room_id": None,
    "first_day": "2026-11-20",
    "last_day": "2026-11-21",
    "reason": "festival",
    "key": "shut",
}


@pytest.mark.parametrize(("change", "hit"), [
    ({}, [1, 2, 3]),
    ({"room_id": 1}, [1, 2]),
    ({"first_day": "2026-11-21"}, [2, 3]),
    ({"first_day": "2026-11-22", "last_day": "2026-11-22"}, []),
    ({"last_day": "2027-01-01", "room_id": 1}, [1, 2, 4]),
    ({"first_day": "2026-01-01", "room_id": 6}, [3]),
])  # fmt: skip
def test_a_closure_cancels_the_bookings_of_its_days(booked, change, hit):
    row = CLOSED | change
    days = (row["first_day"], row["last_day"])
    where = {"room_id": row["room_id"]} if row["room_id"] else {}
    assert booked.read("booking_ahead", home_id=1, order="id", days=days, **where)["id"].tolist() == hit
    with booked.work() as desk:
        assert rooms.close(desk, row) == len(hit)
        assert rooms.close(desk, row) == 0  # a second touch
    cancelled = booked.read("bookings", order="id")
    assert cancelled[cancelled["cancelled_at"].notna()]["id"].tolist() == hit
    assert len(booked.read("closures")) == 1


def test_a_closure_that_is_refused_cancels_nothing(booked):
    with pytest.raises(RuleBroken, match="closures_order"), booked.work() as desk:
        rooms.close(desk, CLOSED | {"last_day": "2026-11-19"})
    assert booked.read("bookings")["cancelled_at"].isna().all()


@pytest.mark.parametrize(("first", "last", "left"), [
    ("2026-11-10", "2026-11-25", [("2026-11-10", "2026-11-19", "closed_past")]),
    ("2026-11-20", "2026-11-25", []),
    ("2026-11-22", "2026-11-25", []),
    ("2026-11-10", "2026-11-15", [("2026-11-10", "2026-11-15", "closed_past")]),
])  # fmt: skip
def test_opened_again_yesterday_was_the_last_day_shut(village, first, last, left):
    shut = village.save("closures", CLOSED | {"first_day": first, "last_day": last})
    with village.work() as desk:
        rooms.open_again(desk, shut)
    assert shown(village, "closure_list", "first_day", "last_day", "closure_state") == left


# buildings


def test_a_building_becomes_a_room_of_its_source_once(village):
    (school,) = add(village, """
        buildings
        home_id  building  source  condition     becomes   step_free
        1        原小学       school  minor_repair  day_care  0
    """)  # fmt: skip
    with village.work() as desk:
        for state in ("inspected", "agreed"):
            assert rooms.step(desk, school, state) is None
        made = rooms.step(desk, school, "converted")
        assert rooms.step(desk, school, "converted") == made
    assert shown(village, "room_list", "room", "kind", "source", "step_free", "first_day", id=made) == [
        ("原小学", "day_care", "school", 0, TODAY)
    ]
    assert village.read("building_list")["building_state"].tolist() == ["converted"]


def test_a_building_of_which_nobody_said_what_it_becomes_is_not_converted(village):
    school = village.save("buildings", {"home_id": 1, "building": "原小学", "source": "school", "state": "agreed"})
    with pytest.raises(RuleBroken, match="rooms_becoming"), village.work() as desk:
        rooms.step(desk, school, "converted")
    assert village.read("building_list")["building_state"].tolist() == ["agreed"]
    with village.work() as desk:
        rooms.becomes(desk, "buildings", school, "clinic")
        assert rooms.step(desk, school, "converted")


# checks and repairs


def test_what_is_due_to_be_checked(village):
    """Every 31 days: checked on the 20th of October it is due today, and overdue tomorrow."""
    add(village, """
        safety_checks
        home_id  day         kind   result  note
        1        2026-10-19  fire   fine    -
        1        2026-10-20  power  fine    -
        1        2026-10-27  gas    fine    -
        1        2026-10-28  food   fine    -
        1        2026-10-01  food   defect  蟑螂
    """)  # fmt: skip
    assert shown(
        village, "safety_due", "kind", "check_state", "days", "due_by", "repair_count", home_id=1, order="sort"
    ) == [
        ("fire", "check_overdue", 32, "2026-11-19", 0),
        ("power", "check_soon", 31, TODAY, 0),
        ("gas", "check_soon", 24, "2026-11-27", 0),
        ("water_pipes", "check_never", None, None, 0),
        ("structure", "check_never", None, None, 0),
        ("food", "check_done", 23, "2026-11-28", 1),
    ]
    assert shown(village, "room_homes", "room_count", "idle_count", "due_count", "repair_count", order="home_id") == [
        (3, 1, 3, 1),
        (1, 1, 6, 0),
    ]


def test_fine_at_one_touch_once_a_day_and_taken_back(village):
    with village.work() as desk:
        first = upkeep.fine(desk, 1, "fire")
        assert upkeep.fine(desk, 1, "fire") == first
        upkeep.take_back(desk, first)
        upkeep.take_back(desk, first)
        assert upkeep.fine(desk, 1, "fire")
    assert len(village.read("safety_checks")) == 1


def test_a_defect_waits_to_be_mended_and_goes_with_its_check(village):
    row = {"home_id": 1, "room_id": 1, "kind": "fire", "note": "通道堵塞", "key": "touch"}
    with village.work() as desk:
        check = upkeep.defect(desk, row)
        assert upkeep.defect(desk, row) == check
    assert shown(village, "repair_list", "matter", "kind", "room", "repair_state") == [
        ("通道堵塞", "fire", "活动室", "repair_waits")
    ]
    assert village.read("room_list", id=1)["repair_count"].tolist() == [1]
    with village.work() as desk:
        upkeep.take_back(desk, check)
    assert village.read("repair_list").empty


def test_a_defect_without_a_word_is_refused(village):
    with pytest.raises(RuleBroken, match="safety_checks_note"), village.work() as desk:
        upkeep.defect(desk, {"home_id": 1, "kind": "fire", "note": "", "key": "touch"})
    assert village.read("repairs").empty


def test_fine_again_after_a_defect_of_the_same_day(village):
    with village.work() as desk:
        upkeep.fine(desk, 1, "fire")
        upkeep.defect(desk, {"home_id": 1, "kind": "fire", "note": "通道堵塞", "key": "touch"})
        upkeep.fine(desk, 1, "fire")
    assert village.read("safety_checks", order="id")["result"].tolist() == ["fine", "defect", "fine"]


def test_a_repair_waits_is_late_and_is_mended(village):
    """Within 14 days: reported on the 6th it is late tomorrow, on the 5th today."""
    add(village, """
        repairs
        id  home_id  day         matter  urgent
        1   1        2026-11-06  灯        0
        2   1        2026-11-05  门        1
    """)  # fmt: skip
    assert shown(village, "repair_list", "repair_state", "days", "pressing") == [
        ("repair_waits", 14, 0),
        ("repair_late", 15, 1),
    ]
    with village.work() as desk:
        upkeep.mended(desk, 2, "换了新的")
        upkeep.mended(desk, 2, None)  # a second touch keeps what was said
    assert shown(village, "repair_list", "repair_state", "done_day", "outcome", "days", id=2) == [
        ("repair_done", TODAY, "换了新的", 15)
    ]
    with village.work() as desk:
        upkeep.not_mended(desk, 2)
    assert shown(village, "repair_list", "repair_state", "outcome", id=2) == [("repair_late", None)]


def test_a_touch_reports_once(village):
    row = {"home_id": 1, "room_id": None, "matter": "漏水", "urgent": 0, "key": "touch"}
    with village.work() as desk:
        assert upkeep.report(desk, row) == upkeep.report(desk, row)
    with pytest.raises(RuleBroken, match="repairs_matter"), village.work() as desk:
        upkeep.report(desk, row | {"matter": "", "key": "other"})


# meters


def test_what_a_meter_used(village):
    """
    A step counts in the month in which it was read; the first reading, and that of a new meter, tell of no use.
    """
    add(village, """
        meter_readings
        home_id  meter        day         reading  new_meter
        1        water        2026-09-30  100      0
        1        water        2026-10-31  112      0
        1        water        2026-11-10  115      0
        1        water        2026-11-19  120      0
        1        electricity  2026-10-31  900      0
        1        electricity  2026-11-05  5        1
        1        electricity  2026-11-19  45       0
        2        water        2026-11-19  7        0
        2        heating      2026-10-31  10       0
        2        heating      2026-11-19  50       1
    """)  # fmt: skip
    assert shown(village, "meter_months", "home_id", "month", "meter", "used", order="home_id, meter, month") == [
        (1, "2026-10", "electricity", None),
        (1, "2026-11", "electricity", 40),
        (1, "2026-09", "water", None),
        (1, "2026-10", "water", 12),
        (1, "2026-11", "water", 8),
        (2, "2026-10", "heating", None),
        (2, "2026-11", "heating", None),
        (2, "2026-11", "water", None),
    ]
    assert shown(village, "meter_list", "meter", "read_on", "shows", "showed", "used", order="sort", home_id=1) == [
        ("water", "2026-11-19", 120, 115, 5),
        ("electricity", "2026-11-19", 45, 5, 40),
        ("heating", None, None, None, None),
        ("gas_meter", None, None, None, None),
    ]


def test_the_second_reading_of_a_day_takes_the_place_of_the_first(village):
    with village.work() as desk:
        first = upkeep.read_meter(desk, 1, "water", 120)
        assert upkeep.read_meter(desk, 1, "water", 112) == first
        assert upkeep.read_meter(desk, 2, "water", 3, new=True) != first
    assert shown(village, "meter_readings", "reading", "new_meter") == [(112, 0), (3, 1)]


def test_a_reading_below_the_last_asks_whether_the_meter_is_new(village):
    village.save("meter_readings", {"home_id": 1, "meter": "water", "day": "2026-11-01", "reading": 100})
    with pytest.raises(RuleBroken, match="meter_readings_falls"), village.work() as desk:
        upkeep.read_meter(desk, 1, "water", 99)
    with village.work() as desk:
        upkeep.read_meter(desk, 1, "water", 3, new=True)
    assert shown(village, "meter_list", "shows", "used", order="sort", home_id=1, meter="water") == [(3, None)]


# who may


def test_the_auditor_reads_and_the_funder_sees_nothing(village, sign_in):
    auditor, funder = sign_in("auditor", home_id=1), sign_in("funder", donor="面粉厂", **HOME)
    for view in ("room_list", "room_idle", "safety_due", "repair_list", "building_list"):
        assert auditor.may("r", view)
        assert not funder.may("r", view)
    assert not any(
        auditor.may(letter, table) for letter in "aed" for table in ("rooms", "repairs", "safety_checks", "buildings")
    )
    assert not any(auditor.may("r", view) for view in ("meter_list", "closure_list", "room_photos"))


def test_a_caretaker_touches_nothing_of_another_home(village, sign_in):
    caretaker = sign_in("caretaker", home_id=1)
    assert set(caretaker.read("room_list")["home_id"]) == {1}
    for act, args in ((rooms.idle, (5, "no_need")), (upkeep.fine, (2, "fire")), (upkeep.read_meter, (2, "water", 5))):
        with pytest.raises(RuleBroken, match="gone"), caretaker.work() as desk:
            act(desk, *args)
