"""Rooms in use: one touch begins, counts, ends and takes back; bookings, series and what is let go. Today is Friday, 2026-11-20."""

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given as draws
from hypothesis import settings, strategies

from components import room_week, slots
from components.tables import rows
from db import activities, bookings, store, using
from db.rules import RuleBroken
from db.scope import UNTRACKED, Row, Scope
from tests.conftest import TODAY, signed_in
from tests.test_rules import script

ROOM, SMALL, YARD = 1, 2, 3
DRUMS, ELDERS = 1, 2
ZHANG, WANG, LI, DOCTOR = range(1, 5)
MONDAY = "2026-11-23"
SLOT: Row = {"home_id": 1, "room_id": ROOM, "day": MONDAY, "start_minute": 540, "minutes": 60}
OPERA: Row = {
    "home_id": 1,
    "activity": "戏曲",
    "room_id": ROOM,
    "weekday": "friday",
    "start_minute": 540,
    "first_day": TODAY,
    "leader_id": ZHANG,
}


@pytest.fixture
def home(data) -> Scope:
    """A home with three rooms, two clubs and four people; it is nine o'clock."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        desk.insert("homes", {"name": "东院", "county": "肥源县"})
        for name, gives in (("张", "[]"), ("王", "[]"), ("李", "[]"), ("医", '["medical"]')):
            person = desk.insert("persons", {"home_id": 1, "name": name, "gives": gives})
            desk.insert("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
        for room, capacity in (("活动室", 10), ("小屋", 3), ("场院", 50)):
            desk.insert("rooms", {"home_id": 1, "room": room, "kind": "activity_room", "capacity": capacity})
        for club, minutes in (("腰鼓队", 240), ("老年协会", 600)):
            desk.insert("clubs", {"home_id": 1, "club": club, "week_minutes": minutes})
    at(scope, 540)
    return scope


def at(scope: Scope, minute: int, day: str = TODAY) -> None:
    """Set the clock of the house."""
    script(
        scope.data,
        f"UPDATE settings SET value = CASE name WHEN 'minute' THEN '{minute}' ELSE '{day}' END WHERE name IN ('minute', 'today')",
    )


def act(scope: Scope, action, *arguments: object, **more: object):
    with scope.work() as desk:
        return action(desk, *arguments, **more)


def card(scope: Scope, room: int = ROOM) -> Row:
    return rows(scope.read("room_board", id=room))[0]


def session(scope: Scope, id: int) -> Row:
    return rows(scope.read("session_list", id=id))[0]


def state(scope: Scope, booking: int) -> str:
    return str(scope.read("booking_list", id=booking)["state"].iloc[0])


def clear(scope: Scope) -> None:
    assert store.check(scope.data) == []


# -- a session


def test_a_walk_in_begins_once_is_counted_and_ends(home):
    first = act(home, using.begin, ROOM)
    assert act(home, using.begin, ROOM) == first
    assert (card(home)["began"], card(home)["lasted"], card(home)["heads"]) == (540, 120, 0)
    with pytest.raises(RuleBroken, match=r"^room_sessions_capacity$"):
        act(home, using.count, first, 11)
    for heads in (5, 1, 1, 1, -1):
        act(home, using.count, first, heads)
    assert card(home)["heads"] == 7
    at(home, 605)
    act(home, using.end, first)
    act(home, using.end, first)
    assert card(home)["session_id"] is None
    assert (card(home)["done_id"], card(home)["done_heads"]) == (first, 7)
    assert (session(home, first)["minutes"], session(home, first)["state"]) == (65, "session_done")
    clear(home)


def test_heads_are_never_negative_nor_more_than_the_room_holds(home):
    small = act(home, using.begin, SMALL)
    with pytest.raises(RuleBroken, match=r"^room_sessions_others$"):
        act(home, using.count, small, -1)
    act(home, using.count, small, 2)
    with pytest.raises(RuleBroken, match=r"^room_sessions_capacity$"):
        act(home, using.count, small, 5)
    act(home, using.face, small, ZHANG, True)
    with pytest.raises(RuleBroken, match=r"^room_sessions_capacity$"):
        act(home, using.face, small, WANG, True)
    assert card(home, SMALL)["heads"] == 3


def test_a_face_is_touched_on_and_off(home):
    one = act(home, using.begin, ROOM)
    for came in (True, True, False, False, True):
        act(home, using.face, one, WANG, came)
    act(home, using.count, one, 4)
    assert [session(home, one)[each] for each in ("others", "named", "heads")] == [4, 1, 5]
    people = rows(home.read("session_people", session_id=one, order="id"))
    assert [(each["label"], each["came"]) for each in people] == [("张", 0), ("王", 1), ("李", 0), ("医", 0)]
    clear(home)


@pytest.mark.parametrize(("minute", "minutes"), [(541, 1), (540, 1), (660, 120), (780, 240), (781, 120)])
def test_the_real_end_holds_unless_it_is_long_after_the_plan(home, minute, minutes):
    """Begun at nine for two hours: up to two hours after eleven the clock says when it ended, later the plan does."""
    one = act(home, using.begin, ROOM)
    at(home, minute)
    act(home, using.end, one)
    assert session(home, one)["minutes"] == minutes


def test_what_nobody_ended_stands_until_its_planned_end(home):
    one = act(home, using.begin, ROOM)
    at(home, 779)
    assert session(home, one)["state"] == "session_running"
    at(home, 780)
    assert (session(home, one)["state"], card(home)["session_id"]) == ("session_over", None)
    at(home, 540, "2026-11-21")
    act(home, using.end, one)
    assert session(home, one)["minutes"] == 120


def test_a_session_ends_no_later_than_the_next_begins(home):
    booked = act(home, bookings.book, SLOT | {"day": TODAY, "start_minute": 600, "key": "x"})
    one = act(home, using.begin, ROOM)
    assert session(home, one)["minutes"] == 60
    at(home, 600)
    act(home, using.begin, ROOM, booked)
    at(home, 640)
    act(home, using.end, one)
    assert session(home, one)["minutes"] == 60
    assert state(home, booked) == "booking_begun"


def test_a_walk_in_ends_at_closing_time_and_never_after_midnight(home):
    at(home, 1020)
    assert session(home, act(home, using.begin, ROOM))["minutes"] == 60
    at(home, 1439)
    assert session(home, act(home, using.begin, SMALL))["minutes"] == 1
    act(home, using.end, act(home, using.begin, SMALL))
    clear(home)


def test_an_end_then_a_begin_are_taken_back(home):
    one = act(home, using.begin, ROOM)
    at(home, 550)
    act(home, using.end, one)
    act(home, using.undo, one)
    assert (card(home)["session_id"], card(home)["lasted"]) == (one, 120)
    act(home, using.undo, one)
    act(home, using.undo, one)
    assert (card(home)["session_id"], home.read("session_list").empty) == (None, True)
    assert act(home, using.begin, ROOM) != one
    clear(home)


def test_later_than_ten_minutes_nothing_is_taken_back(home):
    script(
        home.data,
        "INSERT INTO room_sessions (home_id, room_id, day, start_minute, minutes, recorded_at) "
        f"VALUES (1, 1, '{TODAY}', 540, 60, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-11 minutes'))",
    )
    with pytest.raises(RuleBroken, match=r"^room_sessions_undo_late$"):
        act(home, using.undo, 1)


def test_the_sums_are_the_sums_of_the_log(home):
    """Whatever is touched in whatever order, days, months and hours of the week add up."""
    steps = strategies.lists(
        strategies.tuples(
            strategies.sampled_from(("begin", "more", "fewer", "came", "left", "end", "undo", "later")),
            strategies.integers(1, 3),
        ),
        min_size=8,
        max_size=20,
    )

    @settings(max_examples=3, deadline=None)
    @draws(steps)
    def touched(steps):
        minute = 480
        for what, number in steps:
            minute = min(1439, minute + 13 * number * (what == "later"))
            at(home, minute)
            _touch(home, what, number)
        clear(home)

    touched()


def _touch(home: Scope, what: str, number: int) -> None:
    """One touch; one that a rule refuses changes nothing."""
    with home.work() as desk:
        last = desk.db.execute("SELECT max(id) FROM room_sessions WHERE room_id = ?", [number]).fetchone()[0]
        acts = {
            "begin": lambda: using.begin(desk, number),
            "more": lambda: using.count(desk, last, number),
            "fewer": lambda: using.count(desk, last, -1),
            "came": lambda: using.face(desk, last, number, True),
            "left": lambda: using.face(desk, last, number, False),
            "end": lambda: using.end(desk, last),
            "undo": lambda: using.undo(desk, last),
        }
        if what in acts and (last or what == "begin"):
            with suppress(RuleBroken):
                acts[what]()


# -- the leader of a class


def logs(scope: Scope) -> list[list[object]]:
    """The care log, each entry with whether it stands."""
    found = rows(scope.read("care_logs", order="id"))
    told = ("day", "giver_id", "receiver_name", "service", "start_minute", "minutes")
    return [[*(each[name] for name in told), each["undone_at"] is None] for each in found]


def test_the_end_of_a_class_books_what_its_leader_gave_and_undo_takes_it_back(home):
    activity, refused = act(home, activities.start, OPERA)
    assert refused == {}
    one = act(home, using.begin, ROOM, int(home.read("bookings", day=TODAY)["id"].iloc[0]))
    at(home, 590)
    act(home, using.end, one)
    act(home, using.end, one)
    assert logs(home) == [[TODAY, ZHANG, "everyone", "culture", 540, 50, True]]
    act(home, using.undo, one)
    assert logs(home)[0][-1] is False
    at(home, 595)
    act(home, using.end, one)
    assert [each[5:] for each in logs(home)] == [[50, False], [55, True]]
    assert session(home, one)["activity_id"] == activity
    clear(home)


@pytest.mark.parametrize(
    ("more", "booked"),
    [
        ({"leader_id": None, "guest": "何老师"}, 0),
        ({"leader_id": None}, 0),
        ({"service": "medical"}, 0),
        ({"service": "medical", "leader_id": DOCTOR}, 1),
    ],
)
def test_only_who_may_give_it_is_booked(home, more, booked):
    """A guest, nobody, or somebody without the skill that the work asks for books nothing."""
    act(home, activities.start, OPERA | more)
    act(home, using.end, act(home, using.begin, ROOM, int(home.read("bookings", day=TODAY)["id"].iloc[0])))
    assert len(home.read("care_logs")) == booked


def test_a_class_that_nobody_ended_waits_to_be_ended_as_planned(home):
    act(home, activities.start, OPERA)
    one = act(home, using.begin, ROOM, int(home.read("bookings", day=TODAY)["id"].iloc[0]))
    assert home.read("session_list", to_end=1).empty
    at(home, 540, "2026-11-22")
    assert home.read("session_list", to_end=1)["id"].tolist() == [one]
    act(home, using.end, one)
    assert home.read("session_list", to_end=1).empty
    assert logs(home) == [[TODAY, ZHANG, "everyone", "culture", 540, 60, True]]


# -- bookings


def test_a_booking_is_made_once_begun_and_done(home):
    one = act(home, bookings.book, SLOT | {"day": TODAY, "key": "touch"})
    assert act(home, bookings.book, SLOT | {"day": TODAY, "key": "touch"}) == one
    assert (card(home)["next_id"], state(home, one)) == (one, "booking_booked")
    at(home, 550)
    first = act(home, using.begin, ROOM, one)
    assert act(home, using.begin, ROOM, one) == first
    assert (session(home, first)["minutes"], state(home, one)) == (50, "booking_begun")
    act(home, using.end, first)
    assert state(home, one) == "booking_done"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"day": "2026-11-19"}, "bookings_past"), ({"day": TODAY, "start_minute": 510}, "bookings_past"), ({"start_minute": 1050}, "bookings_hours"),
        ({"start_minute": 1400, "minutes": 60}, "bookings_midnight"), ({"people": 11}, "bookings_capacity"), ({"club_id": DRUMS, "minutes": 300}, "bookings_quota"),
    ],
)  # fmt: skip
def test_what_cannot_be_booked_says_why(home, row, rule):
    with pytest.raises(RuleBroken, match=rf"^{rule}$"):
        act(home, bookings.book, SLOT | row)
    assert home.read("bookings").empty


def test_nobody_came_and_the_room_is_let_go_when_it_is_looked_at(home):
    one = act(home, bookings.book, SLOT | {"day": TODAY, "club_id": DRUMS})
    at(home, 569)
    assert state(home, one) == "booking_booked"
    at(home, 570)
    assert state(home, one) == "booking_no_show"
    assert (card(home)["gone_id"], card(home)["gone_by"], card(home)["next_id"]) == (one, "腰鼓队", None)
    other = act(home, bookings.book, SLOT | {"day": TODAY, "start_minute": 570, "minutes": 30})
    assert act(home, bookings.cancel, other) is None
    late = act(home, using.begin, ROOM, one)
    assert (state(home, one), session(home, late)["minutes"]) == ("booking_begun", 30)


def test_a_closure_that_came_later_shuts_what_was_booked(home):
    one = act(home, bookings.book, SLOT)
    home.save("closures", {"home_id": 1, "first_day": MONDAY, "last_day": MONDAY, "reason": "repair"})
    assert state(home, one) == "booking_shut"
    shut = home.read("room_openings", room_id=ROOM, day=MONDAY)["shut"].tolist()
    assert shut == ["repair"]


def test_a_series_is_looked_at_first_and_the_rest_of_it_booked(home):
    act(home, bookings.book, SLOT | {"day": "2026-12-07", "start_minute": 570})
    home.save("closures", {"home_id": 1, "first_day": "2026-12-14", "last_day": "2026-12-14", "reason": "festival"})
    row = SLOT | {"key": "series", "club_id": DRUMS}
    told = {"2026-12-07": "bookings_overlap", "2026-12-14": "bookings_closed"}
    assert act(home, bookings.trial, row, "2026-12-21") == (3, told)
    assert len(home.read("bookings")) == 1
    made, refused = act(home, bookings.book_series, row, "2026-12-21")
    assert (len(made), refused) == (3, told)
    assert act(home, bookings.book_series, row, "2026-12-21")[0] == made
    assert home.read("bookings", series="series", order="day")["day"].tolist() == [MONDAY, "2026-11-30", "2026-12-21"]
    assert act(home, bookings.cancel_rest, made[1]) == 2
    assert act(home, bookings.cancel_rest, made[1]) == 0
    assert [state(home, each) for each in made] == ["booking_booked", "booking_cancelled", "booking_cancelled"]
    with pytest.raises(RuleBroken, match=r"^bookings_series_long$"):
        bookings.weekly(MONDAY, "2027-11-29")


def test_a_booking_is_moved_whole_or_not_at_all(home):
    one = act(home, bookings.book, SLOT | {"club_id": DRUMS, "key": "a"})
    act(home, bookings.book, SLOT | {"start_minute": 600, "key": "b"})
    with pytest.raises(RuleBroken, match=r"^bookings_overlap$"):
        act(home, bookings.move, one, {"start_minute": 630, "key": "c"})
    assert state(home, one) == "booking_booked"
    moved = act(home, bookings.move, one, {"start_minute": 480, "minutes": 90, "key": "d"})
    assert act(home, bookings.move, one, {"start_minute": 480, "minutes": 90, "key": "d"}) == moved
    assert (state(home, one), state(home, moved)) == ("booking_cancelled", "booking_booked")
    assert home.read("booking_list", id=moved)[["start_minute", "minutes", "club"]].values.tolist() == [
        [480, 90, "腰鼓队"]
    ]
    assert len(home.read("bookings")) == 3


def test_a_club_sees_what_is_left_of_its_week(home):
    act(home, bookings.book, SLOT | {"day": "2026-11-22", "club_id": DRUMS, "minutes": 90})
    act(home, bookings.book, SLOT | {"club_id": DRUMS, "minutes": 240})
    act(home, bookings.cancel, act(home, bookings.book, SLOT | {"day": TODAY, "club_id": DRUMS, "minutes": 30}))
    left = home.read("club_list", order="id")[["used_minutes", "left_minutes"]].values.tolist()
    assert left == [[90, 150], [0, 600]]


PARALLEL = """
import os, sys
from pathlib import Path
from db import bookings
from db.rules import RuleBroken
from db.scope import Scope
row = {"home_id": 1, "room_id": 1, "day": "2026-11-23", "start_minute": 540, "minutes": 60}
gate, opened = os.pipe()
for number in range(20):
    if os.fork() == 0:
        os.close(opened)
        os.read(gate, 1)
        try:
            with Scope(Path(sys.argv[1]), operator=True).work() as desk:
                bookings.book(desk, row | {"key": str(number)})
            said = "booked"
        except RuleBroken as rule:
            said = rule.name
        os.write(1, f"{said}\\n".encode())
        os._exit(0)
os.close(opened)
for number in range(20):
    os.wait()
"""


def test_of_twenty_at_once_exactly_one_has_the_room(home):
    """Twenty processes wait for one gate and book the same hour."""
    command = [sys.executable, "-c", PARALLEL, str(home.data)]
    ran = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    assert sorted(ran.stdout.split()) == ["booked"] + ["bookings_overlap"] * 19
    assert len(home.read("bookings")) == 1


# -- what is shown


def test_the_half_hours_that_are_free():
    """Open eight to eleven, nine to ten taken: what can start, and for how long."""
    opening = {"opens_minute": 480, "closes_minute": 660}
    assert slots.starts(opening, [(540, 600)], 0) == {480: 60, 510: 30, 600: 60, 630: 30}
    assert slots.starts(opening, [(550, 560)], 500) == {510: 40, 570: 90, 600: 60, 630: 30}
    assert slots.starts(opening, [], 600) == {600: 60, 630: 30}
    assert slots.starts(opening, [(480, 660)], 0) == {}


def test_the_week_of_a_room_escapes_and_shows_all(home):
    home.save("clubs", {"home_id": 1, "club": "<b>队"})
    act(home, bookings.book, SLOT | {"club_id": 3})
    days = rows(home.read("room_openings", room_id=ROOM, order="day"))[7:14]
    drawn = room_week.drawn({"id": ROOM}, days, rows(home.read("room_uses", room_id=ROOM)), TODAY, True)
    assert "<b>" not in drawn
    assert "09:00–10:00 &lt;b&gt;队" in drawn
    assert drawn.count("data-to='book=1.") == 7


def test_what_the_minute_decides_is_asked_anew(home):
    caretaker = signed_in(home.data, "caretaker", home_id=1)
    one = act(home, bookings.book, SLOT | {"day": TODAY})
    script(home.data, "DROP TRIGGER audit_settings_update")  # as time goes by, it leaves no trail
    found = []
    for minute in (560, 570):
        at(home, minute)
        found += [state(caretaker, one), card(caretaker)["next_id"], int(caretaker.read("clock")["minute"].iloc[0])]
    assert found == ["booking_booked", one, 560, "booking_no_show", None, 570]


@pytest.mark.parametrize("path", sorted(store.HERE.glob("views/*.sql")), ids=lambda path: path.stem)
def test_every_view_that_the_minute_decides_is_asked_anew(path):
    sql = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    if re.search(r"(?<![\w.])minute\b|\b(booking_list|session_list|room_board|room_uses)\b", sql):
        assert UNTRACKED.search(f"FROM [{path.stem}]")


def test_a_caretaker_of_another_home_begins_nothing_here(home):
    other = home.save("homes", {"name": "西院"})
    stranger = signed_in(home.data, "caretaker", home_id=other)
    with pytest.raises(RuleBroken, match=r"^gone$"):
        act(stranger, using.begin, ROOM)


@pytest.mark.parametrize(("kind", "called"), [("day", "day_attendance"), ("residential", "morning_check")])
def test_in_a_day_home_the_morning_check_is_the_attendance(home, kind, called):
    from db import rounds

    home.save("homes", {"id": 1, "kind": kind, "beds": 0})
    assert home.read("today_rounds", order="turn")["called"].tolist()[0] == called
    act(home, rounds.mark, 1, "morning_check", {WANG: "away"})
    act(home, rounds.confirm, 1, "morning_check")
    assert home.read("round_list")[["kind", "took_part", "left_out"]].values.tolist() == [[called, 3, 1]]
