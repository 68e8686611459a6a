"""Classes: begun with their bookings, places and who waits, attendance, what is wanted and who could lead it. Today is Friday, 2026-11-20."""

import pytest

from components import one_class
from components.tables import rows
from db import activities, store, using
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_pages import run, said  # noqa: F401
from tests.test_rules import script
from tests.test_using import OPERA, ROOM, act, at, clear

ZHANG, WANG, LI, ZHAO, QIAN = range(1, 6)


@pytest.fixture
def home(data) -> Scope:
    """A home with a room and five people; it is nine o'clock on a Friday."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        desk.insert("homes", {"name": "东院"})
        for name, skills, gives, able in (
            ("张", "唱戏", "[]", "able"), ("王", None, '["haircut"]', "able"), ("李", None, "[]", None), ("赵", "教书", "[]", "partial"),
            ("钱", None, '["learning"]', None),
        ):  # fmt: skip
            row = {"home_id": 1, "name": name, "skills": skills, "gives": gives, "self_care": able}
            person = desk.insert("persons", row)
            desk.insert("stays", {"home_id": 1, "person_id": person, "from_day": "2026-01-01"})
        desk.insert("rooms", {"home_id": 1, "room": "活动室", "kind": "activity_room", "capacity": 10})
    at(scope, 540)
    return scope


def opened(scope: Scope, **more: object) -> int:
    return act(scope, activities.start, OPERA | {"places": 2, "key": "opera"} | more)[0]


def told(scope: Scope, activity: int) -> Row:
    return rows(scope.read("activity_list", id=activity))[0]


def people(scope: Scope, activity: int) -> list[list[object]]:
    found = scope.read("activity_people", activity_id=activity, order="place")
    return found[["label", "state", "wait_place"]].values.tolist()


def test_a_class_is_begun_once_and_its_room_booked(home):
    one = opened(home)
    assert opened(home) == one
    assert len(home.read("bookings", activity_id=one)) == activities.WEEKS
    assert (told(home, one)["booked_until"], told(home, one)["leader"]) == ("2027-02-05", "张")
    assert act(home, activities.prolong, one, "2027-02-05") == (12, {})
    assert act(home, activities.prolong, one, "2027-02-05") == (0, {})
    assert told(home, one)["booked_until"] == "2027-04-30"


def test_a_class_with_a_last_day_is_booked_to_it(home):
    one = opened(home, last_day="2026-12-10")
    assert home.read("bookings", activity_id=one, order="day")["day"].tolist() == [TODAY, "2026-11-27", "2026-12-04"]
    assert act(home, activities.prolong, one, "2026-12-04") == (0, {})


def test_days_on_which_the_room_is_not_to_be_had_are_told(home):
    home.save("closures", {"home_id": 1, "first_day": "2026-11-27", "last_day": "2026-11-27", "reason": "festival"})
    _, refused = act(home, activities.start, OPERA)
    assert refused == {"2026-11-27": "bookings_closed"}
    assert "11月27日" in one_class.prolonged(11, refused)


def test_beyond_the_places_somebody_waits_and_moves_up(home):
    one = opened(home)
    for person in (WANG, LI, ZHAO, QIAN, WANG):
        act(home, activities.enrol, one, person)
    assert people(home, one) == [
        ["王", "enrolled", 0],
        ["李", "enrolled", 0],
        ["赵", "waiting", 1],
        ["钱", "waiting", 2],
    ]
    assert (told(home, one)["taken"], told(home, one)["waiting"]) == (2, 2)
    act(home, activities.leave, one, WANG)
    act(home, activities.leave, one, WANG)
    assert people(home, one) == [["李", "enrolled", 0], ["赵", "enrolled", 0], ["钱", "waiting", 1]]
    act(home, activities.enrol, one, WANG)
    assert people(home, one)[-1] == ["王", "waiting", 2]
    with pytest.raises(RuleBroken, match=r"^enrolments_leader$"):
        act(home, activities.enrol, one, ZHANG)
    free = home.read("activity_candidates", activity_id=one, enrolled=0)["label"].tolist()
    assert free == []


def test_who_came_to_the_last_sessions(home):
    one = opened(home)
    act(home, activities.enrol, one, WANG)
    first = act(home, using.begin, ROOM, int(home.read("bookings", day=TODAY)["id"].iloc[0]))
    act(home, using.face, first, WANG, True)
    act(home, using.face, first, LI, True)
    act(home, using.count, first, 3)
    act(home, using.end, first)
    assert home.read("activity_came", activity_id=one, order="id")["label"].tolist() == ["王", "李"]
    assert home.read("activity_people", activity_id=one)["times"].tolist() == [1]
    row = told(home, one)
    assert (row["sessions"], row["heads"], row["last_session"]) == (1, 5, TODAY)
    clear(home)


def test_a_stopped_class_frees_its_room_and_takes_nobody(home):
    one = opened(home)
    act(home, activities.stop, one)
    act(home, activities.stop, one)
    assert home.read("activity_list").empty
    assert set(home.read("booking_list", activity_id=one)["state"]) == {"booking_cancelled"}
    with pytest.raises(RuleBroken, match=r"^bookings_activity$"):
        home.save(
            "bookings",
            {
                "home_id": 1,
                "room_id": ROOM,
                "day": "2026-11-27",
                "start_minute": 540,
                "minutes": 30,
                "activity_id": one,
            },
        )


def test_who_could_lead(home):
    """Able, with a skill or something that they give: Zhao is not able, Li has neither."""
    opened(home)
    found = home.read("activity_leaders", order="id")[["label", "skills", "leads"]]
    assert [[each["label"], each["skills"], each["leads"]] for each in rows(found)] == [
        ["张", "唱戏", 1],
        ["王", None, 0],
        ["钱", None, 0],
    ]


def test_what_is_wanted_and_nobody_offers(home):
    """Two lack learning, which Qian gives; one lacks culture, which a class answers until it stops."""
    round_id = home.save("survey_rounds", {"name": "秋季", "first_day": "2026-10-01", "last_day": "2026-10-31"})
    needs = {WANG: {"learning": 3, "culture": 2}, LI: {"learning": 2}, ZHAO: {}}
    services = home.read("services", asked=1)["code"].tolist()
    with home.work() as desk:
        for person, lacks in needs.items():
            survey = desk.insert(
                "surveys",
                {"home_id": 1, "person_id": person, "round_id": round_id, "day": "2026-10-10", "surveyor": "张"},
            )
            for service in services:
                desk.insert(
                    "survey_answers",
                    {
                        "home_id": 1,
                        "survey_id": survey,
                        "service": service,
                        "need": lacks.get(service, 0),
                        "receives": 0,
                        "would_pay": 0,
                        "could_give": 0,
                    },
                )
            desk.update("surveys", survey, {"finished": 1})

    def wanted() -> list[list[object]]:
        found = home.read("activity_wanted", order="people DESC, service")
        return found[["service", "people", "supply", "givers"]].values.tolist()

    assert wanted() == [["learning", 2, 1, '["钱"]'], ["culture", 1, 0, "[]"]]
    one = opened(home)
    assert wanted() == [["learning", 2, 1, '["钱"]']]
    act(home, activities.stop, one)
    assert len(wanted()) == 2


# -- on the page


def touch(app, label: str, value: object):
    """The page after one of a row of targets was touched."""
    group = next(each for each in app.get("button_group") if each.label == label)
    return group.set_value(value).run()


@pytest.fixture
def morning(demo_data):
    """The demo at seven in the morning, with a room that is free and a teacher who leads nothing yet."""
    script(demo_data, "UPDATE settings SET value = '420' WHERE name = 'minute'")
    scope = Scope(demo_data, operator=True)
    scope.save("rooms", {"home_id": 1, "room": "新屋", "kind": "activity_room", "capacity": 9, "closes_minute": 1200})
    scope.save("persons", {"home_id": 1, "name": "老师", "skills": "教书", "gives": '["learning"]', "volunteer": 1})
    return demo_data


def test_a_class_is_made_by_touch(run, morning):  # noqa: F811
    scope = Scope(morning, operator=True)
    room, before = int(scope.read("room_board", room="新屋")["id"].iloc[0]), len(scope.read("activities"))
    leader = int(scope.read("activity_leaders", label="老师")["id"].iloc[0])
    app = run(morning, "caretaker", "activities").button(key="activity_new").click().run()
    app = touch(app, "满足哪种需求", "learning")
    app = touch(app, "谁来带头", leader)
    app = touch(app, "哪个房间", str(room))
    app = touch(app, "几点开始", 1080)
    app = app.button(key="activity_confirm").click().run()
    assert not app.exception
    row = rows(scope.read("activities", order="id DESC", limit=1))[0]
    assert len(scope.read("activities")) == before + 1
    assert [row[each] for each in ("service", "leader_id", "room_id", "start_minute", "weekday", "first_day")] == [
        "learning", leader, room, 1080, "friday", TODAY,
    ]  # fmt: skip
    assert "房间已订12次" in app.success[0].value
    assert row["activity"] in said(app)
    assert store.check(morning) == []


def test_somebody_is_enrolled_and_leaves_by_touch(run, morning):  # noqa: F811
    scope = Scope(morning, operator=True)
    one = int(scope.read("activity_list", order="id", limit=1)["id"].iloc[0])
    person = int(scope.read("activity_candidates", activity_id=one, enrolled=0, outside=0, order="label")["id"].iloc[0])
    app = run(morning, "caretaker", "activities").button(key=f"activity_{one}").click().run()
    app = app.button(key=f"enrol_{person}").click().run()
    assert person in scope.read("activity_people", activity_id=one)["id"].tolist()
    app = touch(app, "有人不来了", person).button(key="leave_do").click().run()
    assert not app.exception
    assert person not in scope.read("activity_people", activity_id=one)["id"].tolist()


def test_a_room_is_begun_counted_and_ended_by_touch(run, morning):  # noqa: F811
    scope = Scope(morning, operator=True)
    script(morning, "UPDATE settings SET value = '1090' WHERE name = 'minute'")
    room = int(scope.read("room_board", room="新屋")["id"].iloc[0])
    app = run(morning, "caretaker", "using").button(key=f"begin_{room}").click().run()
    for touched in ("five", "plus", "plus", "minus"):
        app = app.button(key=f"{touched}_{room}").click().run()
    assert "<b>6</b>" in said(app)
    app = app.button(key=f"five_{room}").click().run()
    assert "房间能容纳" in app.error[0].value
    app = app.button(key=f"end_{room}").click().run()
    assert not app.exception
    assert rows(scope.read("room_board", id=room))[0]["done_heads"] == 6
    assert store.check(morning) == []


def test_a_room_is_booked_weekly_by_touch(run, morning):  # noqa: F811
    scope = Scope(morning, operator=True)
    room = int(scope.read("room_board", room="新屋")["id"].iloc[0])
    app = run(morning, "official", "using").button(key="book_new").click().run()
    app = touch(app, "哪个房间", str(room))
    app = touch(app, "几点开始", 1080)
    app = touch(app, "每周都要吗", "booking.weeks_4")
    app = app.button(key="book_confirm").click().run()
    assert not app.exception
    booked = scope.read("bookings", room_id=room, start_minute=1080)
    assert (len(booked), booked["series"].nunique()) == (4, 1)
    app = app.button(key=f"do_booking.cancel_rest_{booked['id'].min()}").click().run()
    assert set(scope.read("booking_list", room_id=room, start_minute=1080)["state"]) == {"booking_cancelled"}
