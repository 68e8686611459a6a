"""The roster's tables against the engine and against chance: no sequence of touches leaves a broken rule behind."""

import json
import sqlite3
import tempfile
import threading
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from db import rota, store, weeks
from db.roster import Board, Change, broken, greedy, plan, why
from db.rules import RuleBroken
from db.scope import Scope
from tests.conftest import TODAY

MONDAY = "2026-11-23"  # of the week after TODAY
DUTIES = [("做饭", "cooking", 360, 120, 2, 1, 1, 0), ("打扫", "cleaning", 420, 90, 1, 0, 1, 0), ("陪伴", "company", 480, 60, 2, 0, 2, 0),
          ("值夜", "nightwatch", 1260, 480, 1, 0, 1, 1), ("陪医", "medical", 540, 240, 1, 1, 0, 0)]  # fmt: skip
# what a roster must never hold, asked without any trigger, view or engine
FAULTS = """WITH b AS (SELECT a.id, a.person_id, s.* FROM assignments a JOIN shifts s ON s.id = a.shift_id WHERE a.done IS NOT 0)
SELECT 'full', id FROM shifts s WHERE needed < (SELECT count(*) FROM b WHERE b.duty_id = s.duty_id AND b.day = s.day)
UNION ALL SELECT 'busy', x.person_id FROM b x JOIN b y ON x.person_id = y.person_id AND x.id < y.id AND x.starts < y.ends AND y.starts < x.ends
UNION ALL SELECT 'rest', x.person_id FROM b x JOIN b y ON x.person_id = y.person_id AND x.id <> y.id
  AND x.late AND y.starts >= x.ends AND y.starts < x.ends + 600
UNION ALL SELECT 'leave', b.person_id FROM b JOIN leaves l USING (person_id)
  WHERE b.starts < strftime('%s', l.last_day) / 60 + 1440 AND strftime('%s', l.first_day) / 60 < b.ends
UNION ALL SELECT 'conflict', x.person_id FROM b x JOIN b y ON x.starts < y.ends AND y.starts < x.ends
  JOIN conflicts c ON c.person_id = x.person_id AND c.other_id = y.person_id
UNION ALL SELECT 'day', person_id FROM b GROUP BY person_id, day HAVING sum(minutes) > 720
UNION ALL SELECT 'week', person_id FROM b GROUP BY person_id, monday HAVING sum(minutes) > 2400
UNION ALL SELECT 'skill', person_id FROM b JOIN persons p ON p.id = person_id WHERE skill IS NOT NULL AND instr(p.gives, skill) = 0
UNION ALL SELECT 'gone', b.person_id FROM b WHERE NOT EXISTS (SELECT 1 FROM stays t WHERE t.person_id = b.person_id AND t.from_day <= b.day
  AND coalesce(t.to_day, '9999') > b.day)"""


@st.composite
def homes(draw):
    """The rows of a small home: people of all ages and levels, some away, some kept apart."""
    people = []
    for id in range(1, draw(st.integers(3, 7)) + 1):
        born = f"{draw(st.integers(1936, 1966))}-{draw(st.sampled_from(['11-22', '11-23', '11-26', '03-01']))}"
        gives = draw(st.lists(st.sampled_from(["cooking", "medical", "cleaning"]), unique=True))
        people.append({"id": id, "home_id": 1, "name": f"人{id}", "birth_day": born, "gives": json.dumps(gives),
                       "self_care": draw(st.sampled_from(["able", "able", "able", "partial", None]))})  # fmt: skip
    who = st.integers(1, len(people))
    away = draw(st.lists(st.tuples(who, st.integers(0, 6), st.integers(0, 3)), max_size=2))
    apart = draw(st.lists(st.tuples(who, who).filter(lambda two: two[0] < two[1]), max_size=2, unique=True))
    duties = draw(st.lists(st.sampled_from(DUTIES), min_size=2, unique=True))
    return people, away, apart, duties


def day(n):
    return (date.fromisoformat(MONDAY) + timedelta(n)).isoformat()


def built(empty, folder, home):
    """A scope over a fresh copy with this home in it, its shifts of the week made."""
    people, away, apart, duties = home
    folder = Path(tempfile.mkdtemp(dir=folder))  # a new one each time: connections to the last file are kept
    with (
        closing(sqlite3.connect(empty / "happiness.db")) as old,
        closing(sqlite3.connect(folder / "happiness.db")) as new,
    ):
        old.backup(new)
    scope = Scope(folder, operator=True)
    names = ("duty", "service", "start_minute", "minutes", "needed", "skilled", "level_most", "night")
    with scope.work() as desk:
        desk.insert("homes", {"id": 1, "name": "东院"})
        for person in people:
            desk.insert("persons", person)
            desk.insert("stays", {"home_id": 1, "person_id": person["id"], "from_day": "2026-01-01"})
        for who, first, more in away:
            desk.insert(
                "leaves", {"home_id": 1, "person_id": who, "first_day": day(first), "last_day": day(first + more)}
            )
        for one, other in apart:
            desk.insert("conflicts", {"home_id": 1, "person_id": one, "other_id": other})
        for duty in duties:
            desk.insert("duties", {"home_id": 1, **dict(zip(names, duty, strict=True))})
        rota.make(desk, 1, day(-1), day(7))
    return scope


def faults(scope):
    with store.reading(scope.data) as db:
        return db.execute(FAULTS).fetchall()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("week")


slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@drawn(homes(), st.data())
def test_what_the_engine_proposes_the_tables_take(empty, folder, home, data):
    """Row by row, the plan of the model and of the turns, beside what stands already; and each says why."""
    scope = built(empty, folder, home)
    for one in data.draw(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 7)), max_size=8)):
        with suppress(RuleBroken), scope.work() as desk:
            rota.claim(desk, *one)
    week, before = weeks.week(scope, 1, MONDAY)
    assert before == ()
    made = plan(week, seconds=2) if data.draw(st.booleans()) else greedy(week)
    assert broken(week, made.assignments) == []
    for one in made.assignments:
        assert 0 <= week.shift[one.shift].day < 7
        assert why(week, one)
        with scope.work() as desk:
            rota.claim(desk, one.shift, one.helper)
    assert faults(scope) == []
    again, _ = weeks.week(scope, 1, MONDAY)
    assert not greedy(again).assignments or len(made.assignments) < sum(each.needed for each in week.shifts)


@slow
@drawn(homes(), st.data())
def test_what_the_engine_bars_the_tables_refuse(empty, folder, home, data):
    """The two know the same rules: whom the engine bars beside what stands, a touch can't put on either."""
    scope = built(empty, folder, home)
    for one in data.draw(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 7)), max_size=8)):
        with suppress(RuleBroken), scope.work() as desk:
            rota.claim(desk, *one)
    week, _ = weeks.week(scope, 1, MONDAY)
    board = Board(week)
    inside = [shift for shift in week.shifts if 0 <= shift.day < 7]
    for shift in data.draw(st.lists(st.sampled_from(inside), max_size=4)):
        for helper in week.helpers:
            if helper.id in board.by[shift.id]:
                continue
            can = board.open(shift) > 0 and board.bar(shift, helper) is None
            with scope.work() as desk:
                assert (rota.barriers(desk, shift.id, helper.id) == []) == can
    assert faults(scope) == []


TOUCH = st.one_of(
    st.tuples(st.just("claim"), st.integers(1, 40), st.integers(1, 7)),
    st.tuples(st.just("release"), st.integers(1, 12)),
    st.tuples(st.just("hand_over"), st.integers(1, 12), st.integers(1, 7)),
    st.tuples(st.just("swap"), st.integers(1, 12), st.integers(1, 12)),
    st.tuples(st.just("leave"), st.integers(1, 7), st.integers(0, 6), st.integers(0, 2)),
    st.tuples(st.just("conflict"), st.integers(1, 7), st.integers(1, 7)),
    st.tuples(st.just("moved"), st.integers(1, 40), st.integers(0, 1439)),
)


def touched(desk, what, *about):
    if what == "leave":
        who, first, more = about
        rota.take_leave(desk, {"home_id": 1, "person_id": who, "first_day": day(first), "last_day": day(first + more)})
    elif what == "conflict":
        desk.insert("conflicts", {"home_id": 1, "person_id": about[0], "other_id": about[1]})
    elif what == "moved":
        desk.update("shifts", about[0], {"start_minute": about[1]})
    else:
        getattr(rota, what)(desk, *about)


@slow
@drawn(homes(), st.lists(TOUCH, max_size=40))
def test_no_sequence_of_touches_breaks_a_rule(empty, folder, home, touches):
    scope = built(empty, folder, home)
    for touch in touches:
        with suppress(RuleBroken), scope.work() as desk:
            touched(desk, *touch)
    assert faults(scope) == []


def hall(scope, people=20, needed=1):
    with scope.work() as desk:
        desk.insert("homes", {"id": 1, "name": "东院"})
        for id in range(1, people + 1):
            desk.insert(
                "persons", {"id": id, "home_id": 1, "name": f"人{id}", "birth_day": "1960-01-01", "volunteer": 1}
            )
        desk.insert(
            "duties",
            {
                "id": 1,
                "home_id": 1,
                "duty": "打扫",
                "service": "cleaning",
                "start_minute": 480,
                "minutes": 60,
                "needed": needed,
            },
        )
        rota.make(desk, 1, TODAY, day(6))
    return scope


def test_twenty_claim_the_last_place(data):
    """All at one moment, each with a connection of their own: exactly one gets it, the others hear that it is full."""
    scope = hall(Scope(data, operator=True))
    ready, said = threading.Barrier(20), []

    def claims(person):
        ready.wait()
        try:
            with Scope(data, operator=True).work() as desk:
                rota.claim(desk, 1, person)
            said.append("in")
        except RuleBroken as refused:
            said.append(refused.name)

    threads = [threading.Thread(target=claims, args=[person]) for person in range(1, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["assignments_full"] * 19 + ["in"]
    assert len(scope.read("assignments", shift_id=1)) == 1


def test_a_second_making_adds_nothing(data):
    scope = hall(Scope(data, operator=True))
    before = scope.read("shifts")
    with scope.work() as desk:
        assert rota.make(desk, 1, TODAY, day(6)) == 0
    assert scope.read("shifts").equals(before)
    with scope.work() as desk:
        assert rota.make(desk, 1, TODAY, day(7)) == 1


def test_a_duty_falls_on_its_weekdays_and_not_on_its_days_off(data):
    """Monday and Sunday; off on the second Monday for all, two people on that Sunday for this one."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        desk.insert("homes", {"id": 1, "name": "东院"})
        duty = {
            "home_id": 1,
            "duty": "打扫",
            "service": "cleaning",
            "start_minute": 480,
            "minutes": 60,
            "weekdays": '["monday","sunday"]',
        }
        desk.insert("duties", {"id": 1} | duty)
        desk.insert("duties", {"id": 2} | duty | {"duty": "做饭", "active": 0})
        off = {"home_id": 1, "reason": "festival"}
        desk.insert("duty_days", off | {"first_day": day(7), "last_day": day(13), "needed": 0})
        desk.insert("duty_days", off | {"first_day": day(13), "last_day": day(13), "needed": 2, "duty_id": 1})
        rota.make(desk, 1, day(0), day(20))
    made = scope.read("shifts", order="day")
    assert list(zip(made["day"], made["needed"], strict=True)) == [
        (day(0), 1),
        (day(6), 1),
        (day(13), 2),
        (day(14), 1),
        (day(20), 1),
    ]


def test_a_swap_is_whole_or_nothing(data):
    scope = hall(Scope(data, operator=True), people=3)
    with scope.work() as desk:
        one, other = rota.claim(desk, 1, 1), rota.claim(desk, 2, 2)
        rota.swap(desk, one, other)
    assert set(zip(*scope.read("assignments")[["shift_id", "person_id"]].T.to_numpy(), strict=True)) == {(1, 2), (2, 1)}
    with scope.work() as desk:
        desk.insert("leaves", {"home_id": 1, "person_id": 3, "first_day": TODAY, "last_day": TODAY})
        third = rota.claim(desk, 3, 3)
    first = int(scope.read("assignments", shift_id=1)["id"].iloc[0])
    with pytest.raises(RuleBroken, match="assignments_leave"), scope.work() as desk:
        rota.swap(desk, first, third)
    assert len(scope.read("assignments")) == 3


def test_whoever_falls_ill_is_freed_and_the_open_shifts_are_told(data):
    scope = hall(Scope(data, operator=True), people=3)
    with scope.work() as desk:
        for shift in (1, 2, 3):
            rota.claim(desk, shift, 1)
    with pytest.raises(RuleBroken, match="leaves_on_duty"):
        scope.save("leaves", {"home_id": 1, "person_id": 1, "first_day": TODAY, "last_day": day(-2)})
    with scope.work() as desk:
        freed = rota.take_leave(
            desk,
            {"home_id": 1, "person_id": 1, "first_day": TODAY, "last_day": "2026-11-21", "reason": "ill", "key": "tap"},
        )
        assert [row["day"] for row in freed] == [TODAY, "2026-11-21"]
        assert (
            rota.take_leave(
                desk,
                {
                    "home_id": 1,
                    "person_id": 1,
                    "first_day": TODAY,
                    "last_day": "2026-11-21",
                    "reason": "ill",
                    "key": "tap",
                },
            )
            == []
        )
    assert scope.read("assignments")["shift_id"].tolist() == [3]
    assert scope.read("leaves")["reason"].tolist() == ["ill"]


def test_an_override_passes_what_it_names_and_nothing_else(data):
    scope = hall(Scope(data, operator=True), people=3)
    scope.save("leaves", {"home_id": 1, "person_id": 1, "first_day": TODAY, "last_day": TODAY})
    scope.save("persons", {"id": 1, "self_care": "none"})
    with scope.work() as desk:
        assert set(rota.barriers(desk, 1, 1)) >= {"assignments_leave", "assignments_ability"}
        rules = rota.barriers(desk, 1, 1)
    assert scope.read("assignments").empty
    assert scope.read("overrides").empty
    with pytest.raises(RuleBroken, match="assignments_ability"), scope.work() as desk:
        rota.override(desk, 1, 1, ["assignments_leave"], "没有别人")
    with pytest.raises(RuleBroken, match="overrides_reason"), scope.work() as desk:
        rota.override(desk, 1, 1, rules, " ")
    with scope.work() as desk:
        rota.override(desk, 1, 1, rules, "没有别人", key="tap")
        rota.override(desk, 1, 1, rules, "没有别人", key="tap")
    assert set(scope.read("overrides")["rule"]) == set(rules)
    assert len(scope.read("overrides")) == len(rules)
    assert scope.read("assignment_list")["override_reason"].str.contains("没有别人").all()
    with scope.work() as desk:
        assert rota.barriers(desk, 1, 2) == ["assignments_full"]


def test_a_plan_is_accepted_whole_or_not(data):
    scope = hall(Scope(data, operator=True), people=3)
    with scope.work() as desk:
        rota.claim(desk, 1, 1)
        assert rota.accept(desk, [Change(1, 1, 2), Change(2, None, 3)]) == 2
        assert rota.accept(desk, [Change(1, 1, 2), Change(2, None, 3)]) == 2
    assert len(scope.read("assignments")) == 2
    with pytest.raises(RuleBroken, match="assignments_full"), scope.work() as desk:
        rota.accept(desk, [Change(3, None, 1), Change(1, None, 3)])
    assert len(scope.read("assignments")) == 2


def test_what_is_over_is_not_planned(data):
    """Of a week that is under way only the days from today on."""
    scope = hall(Scope(data, operator=True), people=3)
    with scope.work() as desk:
        rota.make(desk, 1, "2026-11-16", TODAY)
    week, _ = weeks.week(scope, 1, "2026-11-16")
    assert sorted(week.shift[one.shift].day for one in plan(week).assignments) == [4, 5, 6]


def test_replanning_moves_as_few_as_it_can(data):
    """One of three falls ill; the other two keep what they have."""
    scope = hall(Scope(data, operator=True), people=3)
    week, _ = weeks.week(scope, 1, MONDAY)
    with scope.work() as desk:
        rota.accept(desk, [_came(one) for one in plan(week).assignments])
        freed = rota.take_leave(
            desk, {"home_id": 1, "person_id": 1, "first_day": MONDAY, "last_day": day(6), "reason": "ill"}
        )
    week, before = weeks.week(scope, 1, MONDAY, move=True)
    made = plan(week, before=before)
    assert {change.shift for change in made.changes} == {row["shift_id"] for row in freed}
    assert all(change.gone is None for change in made.changes)


def _came(one):
    return Change(one.shift, None, one.helper)
