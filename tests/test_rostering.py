"""The roster on a screen: an open place filled by one touch, a rule let pass, a week filled and accepted, paper and calendar."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from components import choosing, filling, placing, roster_papers, week_board, week_drawn
from db import rota, weeks
from db.festivals import festivals
from db.roster import Assignment, Board, Helper, Leave, Shift, Week, broken
from db.scope import Scope
from tests.conftest import TODAY
from tests.test_pages import SCRIPT, press, run, said, widget  # noqa: F401 - run is a fixture

WEEK = "2026-11-16"


@pytest.fixture
def scope(demo_data):
    return Scope(demo_data, operator=True)


@pytest.fixture(autouse=True)
def no_job():
    filling.JOBS.clear()
    yield
    filling.JOBS.clear()


def at(app: AppTest, **address: object) -> AppTest:
    """The page at an address."""
    for name, value in address.items():
        app.query_params[name] = str(value)
    return app.run()


def gap(scope: Scope, **where: object) -> dict:
    """The first open shift of a duty in the days to come that fits."""
    found = scope.read("shift_list", order="day, start_minute, id", **where)
    return found[(found["open"] > 0) & (found["day"] >= "2026-11-20") & found["request_id"].isna()].iloc[0].to_dict()


def test_the_board_shows_days_duties_names_and_open_places(scope):
    shifts, on = week_board.rows(scope, 1, WEEK)
    html = week_drawn.drawn(shifts, on, WEEK, "2026-11-20", may=True)
    assert html.count("<th scope='col'") == 7
    asked = any(row["request_id"] for row in shifts)
    assert html.count("<th scope='row'") == 10 + asked
    ahead = [row for row in shifts if row["day"] >= "2026-11-20" and row["open"]]
    assert html.count("data-to='shift=") == len(ahead) > 0
    assert html.count("data-to='on=") == sum(row["day"] >= "2026-11-20" for row in on)
    assert "<em title='本人愿意，有人陪着做'>!</em>" in html
    assert "data-to" not in week_drawn.drawn(shifts, on, WEEK, "2026-11-20", may=False)
    assert "<b>今天</b>" in html


@pytest.mark.parametrize(("day", "expected"), [
    ("2026-02-17", ("spring_festival",)), ("2026-02-16", ("new_years_eve",)), ("2026-10-01", ("national_day",)),
    ("2026-09-25", ("mid_autumn",)), ("2026-10-18", ("double_ninth",)), ("2026-12-22", ("winter_solstice",)),
    ("2026-11-20", ()), ("1890-01-01", ()), ("2026-06-19", ("dragon_boat",)),
])  # fmt: skip
def test_festivals(day, expected):
    assert festivals(day) == expected


def test_one_touch_assigns_and_a_second_does_not_again(run, scope):  # noqa: F811
    shift = gap(scope, night=0)
    app = at(run(scope.data, "caretaker", "roster"), shift=shift["id"])
    first = next(each for each in app.button if (each.key or "").startswith("take_"))
    assert "本月" in first.label
    person = int(first.key.removeprefix("take_"))
    app = first.click().run()
    assert not app.exception
    assert "已排上" in said(app)
    assert "shift" not in app.query_params
    assert person in set(scope.read("assignments", shift_id=shift["id"])["person_id"])
    with scope.work() as desk:
        rota.claim(desk, shift["id"], person)
    assert len(scope.read("assignments", shift_id=shift["id"], person_id=person)) == 1


def test_a_refusal_is_said_and_may_be_let_pass_with_a_reason(run, scope):  # noqa: F811
    shift = gap(scope, night=0)
    app = at(run(scope.data, "caretaker", "roster"), shift=shift["id"])
    barred = next(each for each in app.button if (each.key or "").startswith("barred_"))
    person = int(barred.key.removeprefix("barred_"))
    app = barred.click().run()
    assert app.warning
    app = press(app, "特批，照样排上")
    assert "理由" in app.error[0].value
    assert scope.read("assignments", shift_id=shift["id"], person_id=person).empty
    app.button_group(key="override_reason").set_value("short_handed").run()
    app = press(app, "特批，照样排上")
    assert not app.exception
    row = scope.read("override_list", order="id DESC", limit=1).iloc[0]
    assert (row["override_reason"], row["decided_by"]) == ("当天没有别人", "郭巧云")
    assert person in set(scope.read("assignments", shift_id=shift["id"])["person_id"])
    assert "当天没有别人" in said(at(app, week=rota.monday(shift["day"])))


def test_who_has_least_for_their_ability_comes_first():
    """Four hours at full ability are less than three at half; between equals the one who knows the duty."""
    eight = Shift(1, "cleaning", 480, 540)
    people = (
        Helper(1, "甲", ability=50, so_far=180),
        Helper(2, "乙", so_far=240),
        Helper(3, "丙", so_far=600),
        Helper(4, "丁", so_far=240, skills=frozenset({"cleaning"})),
    )
    week = Week((eight,), people)
    assert [one.name for one in choosing.ranked(week, Board(week), eight, list(people))] == ["丁", "乙", "甲", "丙"]


def test_a_swap_is_offered_only_where_both_may():
    """One of them can't cook, or is away, or is on the other shift already."""
    cook, clean = Shift(1, "cooking", 480, 540, skill="cooking"), Shift(2, "cleaning", 1920, 1980)
    one, other = ({"shift_id": shift, "person_id": person} for shift, person in ((1, 1), (2, 2)))
    able = frozenset({"cooking"})
    standing = (Assignment(1, 1), Assignment(2, 2))
    week = Week((cook, clean), (Helper(1, "甲", skills=able), Helper(2, "乙", skills=able)), standing=standing)
    assert placing.could_swap(week, one, other)
    assert placing.could_swap(week, other, one)
    assert not placing.could_swap(week, one, one)
    for worse in (
        replace(week, helpers=(Helper(1, "甲", skills=able), Helper(2, "乙"))),
        replace(week, leaves=(Leave(1, 1440, 2880),)),
        replace(week, leaves=(Leave(2, 0, 1440),)),
    ):
        assert not placing.could_swap(worse, one, other)
        assert not placing.could_swap(worse, other, one)


def test_what_is_over_or_full_says_so(run, scope):  # noqa: F811
    past = scope.read("shift_list", day="2026-11-18", limit=1).iloc[0]
    app = at(run(scope.data, "caretaker", "roster"), shift=past["id"])
    assert [each.value for each in app.info] == ["这个班已经过去，不能再改。"]
    full = scope.read("shift_list", day="2026-11-21", open=0, limit=1).iloc[0]
    app = at(run(scope.data, "caretaker", "roster"), shift=full["id"])
    assert [each.value for each in app.info] == ["这个班已经排满。"]


@pytest.mark.parametrize("address", ["x", "0", "99999", "１"])
def test_an_address_that_names_no_shift_shows_the_week(run, scope, address):  # noqa: F811
    app = at(run(scope.data, "caretaker", "roster"), shift=address, on=address, week=address)
    assert not app.exception
    assert any(each.label == "自动排班" for each in app.button)


def mine(scope: Scope) -> dict:
    found = scope.read("assignment_list", day="2026-11-21", order="start_minute DESC, id")
    return found.iloc[0].to_dict()


def test_a_place_is_given_back_handed_over_and_swapped(run, scope):  # noqa: F811
    one = mine(scope)
    app = at(run(scope.data, "caretaker", "roster"), on=one["id"])
    hand = next(each for each in app.button if (each.key or "").startswith("take_"))
    app = hand.click().run()
    assert not app.exception
    person = int(scope.read("assignments", id=one["id"])["person_id"].iloc[0])
    assert person == int(hand.key.removeprefix("take_")) != one["person_id"]
    app = press(at(app, on=one["id"]), "撤下来")
    assert not app.exception
    assert scope.read("assignments", id=one["id"]).empty


def test_two_swap(run, scope):  # noqa: F811
    for one in scope.read("assignment_list", day="2026-11-21", order="start_minute, id").to_dict("records"):
        app = at(run(scope.data, "caretaker", "roster", section="与人对调"), on=one["id"])
        touch = next((each for each in app.button if (each.key or "").startswith("swap_")), None)
        if touch is not None:
            break
    other = scope.read("assignments", id=int(touch.key.removeprefix("swap_"))).iloc[0]
    app = touch.click().run()
    assert not app.exception
    assert "已对调" in said(app)
    assert one["person_id"] in set(scope.read("assignments", shift_id=int(other["shift_id"]))["person_id"])
    assert other["person_id"] in set(scope.read("assignments", shift_id=one["shift_id"])["person_id"])


def test_who_falls_ill_frees_the_shifts(run, scope):  # noqa: F811
    one = mine(scope)
    app = press(at(run(scope.data, "caretaker", "roster"), on=one["id"]), "登记请假，空出班次")
    assert not app.exception
    assert "已请假" in said(app)
    assert scope.read("assignments", id=one["id"]).empty
    leave = scope.read("leaves", order="id DESC", limit=1).iloc[0]
    assert (leave["person_id"], leave["reason"], leave["last_day"]) == (one["person_id"], "ill", "2026-11-21")


def filled(app: AppTest, button: str) -> AppTest:
    """The page after a run of the engine has ended."""
    app = press(app, button)
    for _ in range(600):
        if all(job.plan or job.failed for job in filling.JOBS.values()):
            break
        time.sleep(0.1)
    return app.run()


def test_a_week_is_filled_seen_and_accepted(run, scope):  # noqa: F811
    """Nothing is saved before; one proposal is taken out, and is the one that is not saved."""
    before = len(scope.read("assignments"))
    app = filled(at(run(scope.data, "caretaker", "roster"), week="2026-11-23"), "自动排班")
    assert not app.exception
    assert len(scope.read("assignments")) == before
    proposed = len(app.checkbox)
    assert proposed > 1
    assert all("：" in each.label for each in app.checkbox)
    out = app.checkbox[0].key.split("_")
    app = press(app.checkbox[0].uncheck().run(), f"采用这 {proposed - 1} 项")
    assert not app.exception
    assert len(scope.read("assignments")) == before + proposed - 1
    assert scope.read("assignments", shift_id=int(out[1]), person_id=int(out[3])).empty
    assert not filling.JOBS


def test_an_empty_week_is_filled_and_what_stays_open_says_why(run, scope):  # noqa: F811
    for person in scope.read("persons").to_dict("records"):
        if "medical" in person["gives"]:
            scope.save("persons", {"id": person["id"], "gives": "[]"})
    app = filled(at(run(scope.data, "caretaker", "roster"), week="2026-11-23"), "自动排班")
    assert not app.exception
    assert len(app.checkbox) > 40
    text = said(app)
    assert "仍然空着的班" in text
    assert "要补上" in text
    proposed = len(app.checkbox)
    again = at(run(scope.data, "caretaker", "roster"), week="2026-11-23")
    assert len(again.checkbox) == proposed
    app = press(again, f"采用这 {proposed} 项")
    assert not app.exception
    assert len(scope.read("assignment_list", monday="2026-11-23")) == proposed


def test_a_plan_that_was_overtaken_is_refused_whole(run, scope):  # noqa: F811
    app = filled(at(run(scope.data, "caretaker", "roster"), week="2026-11-23"), "自动排班")
    first = next(iter(filling.JOBS.values())).changes[0]
    scope.save("leaves", {"home_id": 1, "person_id": first.came, "first_day": "2026-11-23", "last_day": "2026-11-29"})
    app = press(app, f"采用这 {len(app.checkbox)} 项")
    assert "请了假" in app.error[0].value
    assert scope.read("assignment_list", monday="2026-11-23").empty


def test_a_run_that_is_stopped_leaves_the_best_so_far(scope):
    """Stopped before it began: the turns alone, no rule broken, and the distance to the best is told."""
    week, before = weeks.week(scope, 1, "2026-11-23")
    job = filling.Job(week, before)
    job.stopped.set()
    job.run()
    proposed = {one.shift for one in job.plan.assignments}
    assert not any(each.shift in proposed for each in broken(week, job.plan.assignments))
    assert len(job.changes) > 40
    assert job.plan.gap > 0


def test_a_run_that_fails_says_so(run, scope, monkeypatch):  # noqa: F811
    monkeypatch.setattr(filling, "plan", lambda *_, **__: 1 / 0)
    monkeypatch.setattr(filling.threading, "excepthook", lambda _: None)
    app = filled(run(scope.data, "caretaker", "roster"), "自动排班")
    assert [each.value for each in app.error] == ["排班没有成功，请再试一次。"]
    app = press(app, "不采用")
    assert not app.error
    assert any(each.label == "自动排班" for each in app.button)


def test_replanning_shows_what_changes(run, scope):  # noqa: F811
    one = mine(scope)
    with scope.work() as desk:
        freed = rota.take_leave(
            desk,
            {
                "home_id": 1,
                "person_id": one["person_id"],
                "first_day": TODAY,
                "last_day": "2026-11-22",
                "reason": "ill",
            },
        )
    app = filled(run(scope.data, "caretaker", "roster"), "重排（尽量少动）")
    assert not app.exception
    assert {change.shift for change in next(iter(filling.JOBS.values())).changes} >= {
        row["shift_id"] for row in freed[:1]
    }
    assert len(app.checkbox) < 15


def test_the_paper_has_names_and_lines_to_write_on(scope):
    page = roster_papers.paper(replace(scope, homes=(1,)), 1, WEEK)
    shifts, on = week_board.rows(scope, 1, WEEK)
    assert (
        page.count("<tr>") == len({row["duty_id"] for row in shifts if not row["request_id"]}) + 2
    )  # the head, the requests
    assert page.count("class='line'") == sum(row["open"] for row in shifts) > 0
    assert all(row["label"] in page for row in on if row["done"] != 0)


def test_the_calendar_has_an_event_for_each_and_its_uid_stays(scope):
    _, on = week_board.rows(scope, 1, WEEK)
    events = Calendar.from_ical(roster_papers.calendar(on)).walk("VEVENT")
    again = Calendar.from_ical(roster_papers.calendar(on)).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [str(event["uid"]) for event in again]
    assert len({str(event["uid"]) for event in events}) == len([row for row in on if row["done"] != 0])
    night = next(row for row in on if row["service"] == "nightwatch" and row["done"] != 0)
    event = next(each for each in events if str(each["uid"]) == f"assignment-{night['id']}@happiness-home")
    assert event.decoded("dtstart").isoformat() == f"{night['day']}T13:00:00+00:00"
    assert (event.decoded("dtend") - event.decoded("dtstart")).seconds == 540 * 60


def test_shifts_are_made_by_a_touch(run, scope):  # noqa: F811
    app = press(at(run(scope.data, "caretaker", "roster"), week="2026-12-07"), "生成这周的班次")
    assert not app.exception
    assert "69" in said(app)
    assert len(scope.read("shift_list", monday="2026-12-07")) == 55


def test_a_duty_is_added_and_a_leave_frees(run, scope):  # noqa: F811
    app = run(scope.data, "caretaker", "duties")
    widget(app, "text_input", "值日项目").set_value("喂鸡")
    widget(app, "selectbox", "服务项目").set_value("company")
    widget(app, "number_input", "时长").set_value(30)
    app.time_input[0].set_value(dt.time(7, 0))
    app = press(app, "保存", "duties")
    assert not app.error
    assert scope.read("duties", duty="喂鸡")["start_minute"].tolist() == [420]
    assert len(scope.read("duties", duty="喂鸡")["weekdays"].iloc[0].split(",")) == 7


def test_an_official_of_many_homes_sees_where_people_are_lacking(run, scope):  # noqa: F811
    """The home with open places first; a touch opens its week, and a choice in the field does too."""
    home = scope.read("homes").iloc[0]
    scope.save("homes", {"name": "又一院", "county": home["county"], "township": "西河乡"})
    app = run(scope.data, "official", "roster")
    assert "自动排班" not in [each.label for each in app.button]
    app = next(each for each in app.button if (each.key or "").startswith("gap_")).click().run()
    assert not app.exception
    assert "自动排班" in [each.label for each in app.button]
    assert app.selectbox(key="of").value == home["name"]
