"""Every rule of the roster: refused by its name through the scope and by a script, for new rows and for changed ones."""

import re
import sqlite3

import pytest

from db import rota, store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import _says, inserting, script, updating

FRIDAY, SATURDAY, SUNDAY, MONDAY = TODAY, "2026-11-21", "2026-11-22", "2026-11-23"
ALL = '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'
BASE: dict[str, Row] = {
    "weekdays": {"id": 7, "code": "eighth"},
    "duties": {"home_id": 1, "duty": "洗衣", "service": "laundry", "start_minute": 540, "minutes": 60},
    "duty_days": {"home_id": 1, "duty_id": 1, "first_day": "2026-12-01", "last_day": "2026-12-02", "reason": "festival"},
    "shifts": {"home_id": 1, "duty_id": 1, "day": "2026-12-01", "start_minute": 480, "minutes": 60, "needed": 1},
    "overrides": {"home_id": 1, "shift_id": 1, "person_id": 1, "rule": "assignments_busy", "reason": "顶班", "decided_by": "郭"},
    "leaves": {"home_id": 1, "person_id": 1, "first_day": "2026-12-01", "last_day": "2026-12-02"},
    "conflicts": {"home_id": 1, "person_id": 1, "other_id": 2},
    "hour_caps": {"age_from": 65, "level_from": 0, "day_minutes": 480, "week_minutes": 2400},
}  # fmt: skip
DAYS = ["2026-12-32", "12月1日"]
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("duties_duty", "duties", [{"duty": ""}, {"duty": " 　"}, {"duty": "长" * 21}], [{"duty": "长" * 20}]),
    ("duties_weekdays", "duties", [{"weekdays": "monday"}, {"weekdays": "{}"}], [{"weekdays": "[]"}, {"weekdays": ALL}]),
    ("duties_weekday_known", "duties", [{"weekdays": '["monday", "8"]'}, {"weekdays": "[null]"}, {"weekdays": "[1]"}],
     [{"weekdays": '["sunday"]'}]),
    ("duties_start", "duties", [{"start_minute": -1}, {"start_minute": 1440}], [{"start_minute": 0}, {"start_minute": 1439}]),
    ("duties_minutes", "duties", [{"minutes": 4}, {"minutes": 961}], [{"minutes": 5}, {"minutes": 960}]),
    ("duties_needed", "duties", [{"needed": 0}, {"needed": 21}], [{"needed": 1}, {"needed": 20}]),
    ("duties_skilled", "duties", [{"skilled": 2}], [{"skilled": 1}]),
    ("duties_level_most", "duties", [{"level_most": -1}, {"level_most": 4}], [{"level_most": 0}, {"level_most": 3}]),
    ("duties_load", "duties", [{"load": 9}, {"load": 301}], [{"load": 10}, {"load": 300}]),
    ("duties_night", "duties", [{"night": 2}], [{"night": 1}]),
    ("duties_active", "duties", [{"active": 2}], [{"active": 0}]),
    ("duties_home_id_once", "duties", [{"duty": "打扫"}], [{"duty": "打扫 "}]),
    ("duty_days_first_day", "duty_days", [{"first_day": each} for each in DAYS], [{"first_day": "2026-11-30"}]),
    ("duty_days_last_day", "duty_days", [{"last_day": each} for each in DAYS], [{"last_day": "2026-12-03"}]),
    ("duty_days_needed", "duty_days", [{"needed": -1}, {"needed": 21}], [{"needed": 0}, {"needed": 20}]),
    ("duty_days_reason", "duty_days", [{"reason": "rain"}], [{"reason": each} for each in ("festival", "harvest", "other_reason")]),
    ("duty_days_order", "duty_days", [{"last_day": "2026-11-30"}], [{"last_day": "2026-12-01"}]),
    ("duty_days_home", "duty_days", [{"home_id": 2}, {"duty_id": 2}], [{"home_id": 2, "duty_id": 2}, {"duty_id": None}]),
    ("shifts_day", "shifts", [{"day": each} for each in DAYS], [{"day": "2026-12-02"}]),
    ("shifts_start", "shifts", [{"start_minute": -1}, {"start_minute": 1440}], [{"start_minute": 0}, {"start_minute": 1439}]),
    ("shifts_minutes", "shifts", [{"minutes": 4}, {"minutes": 961}], [{"minutes": 5}, {"minutes": 960}]),
    ("shifts_needed", "shifts", [{"needed": 0}, {"needed": 21}], [{"needed": 20}]),
    ("shifts_level_most", "shifts", [{"level_most": -1}, {"level_most": 4}], [{"level_most": 0}, {"level_most": 3}]),
    ("shifts_load", "shifts", [{"load": 9}, {"load": 301}], [{"load": 10}, {"load": 300}]),
    ("shifts_night", "shifts", [{"night": 2}], [{"night": 1}]),
    ("shifts_duty_id_once", "shifts", [{"day": FRIDAY}], [{"day": "2026-12-02"}]),
    ("shifts_home", "shifts", [{"home_id": 2}, {"duty_id": 2}], [{"home_id": 2, "duty_id": 2}]),
    ("overrides_rule", "overrides", [{"rule": each} for each in ("assignments_full", "assignments_past", "assignments_gone", "x")],
     [{"rule": each} for each in rota.PASSABLE]),
    ("overrides_reason", "overrides", [{"reason": ""}, {"reason": " 　"}], [{}]),
    ("overrides_decided_by", "overrides", [{"decided_by": ""}, {"decided_by": " 　"}], [{}]),
    ("overrides_home", "overrides", [{"home_id": 2}, {"person_id": 8}, {"shift_id": 9}], [{}]),
    ("leaves_first_day", "leaves", [{"first_day": each} for each in DAYS], [{"first_day": "2026-11-30"}]),
    ("leaves_last_day", "leaves", [{"last_day": each} for each in DAYS], [{"last_day": "2026-12-03"}]),
    ("leaves_reason", "leaves", [{"reason": "bored"}], [{"reason": each} for each in ("ill", "visiting_kin", "farm_work", "other_reason")]),
    ("leaves_order", "leaves", [{"last_day": "2026-11-30"}], [{"last_day": "2026-12-01"}]),
    ("leaves_home", "leaves", [{"home_id": 2}, {"person_id": 8}], [{"home_id": 2, "person_id": 8}]),
    ("conflicts_self", "conflicts", [{"other_id": 1}], [{}]),
    ("conflicts_once", "conflicts", [{"person_id": 3, "other_id": 4}, {"person_id": 4, "other_id": 3}], [{"person_id": 3}]),
    ("conflicts_home", "conflicts", [{"home_id": 2}, {"other_id": 8}, {"person_id": 8}], [{}]),
    ("hour_caps_age_from", "hour_caps", [{"age_from": -1}, {"age_from": 121}], [{"age_from": 1}, {"age_from": 120}]),
    ("hour_caps_level_from", "hour_caps", [{"level_from": -1}, {"level_from": 5}], [{"level_from": 4}]),
    ("hour_caps_day_minutes", "hour_caps", [{"day_minutes": -1}, {"day_minutes": 1441}], [{"day_minutes": 0}, {"day_minutes": 1440}]),
    ("hour_caps_week_minutes", "hour_caps", [{"week_minutes": 10081}], [{"week_minutes": 10080}]),
    ("hour_caps_order", "hour_caps", [{"week_minutes": 479}], [{"week_minutes": 480}]),
    ("hour_caps_age_from_once", "hour_caps", [{"age_from": 70}], [{"age_from": 70, "level_from": 3}]),
]  # fmt: skip
# with tests of their own below
COVERED = {"weekdays_id", "weekdays_code_once", "duties_home", "assignments_done", "assignments_shift_id_once", "assignments_home",
           "assignments_past", "assignments_gone", "assignments_full", "assignments_busy", "assignments_rest", "assignments_leave",
           "assignments_skill", "assignments_ability", "assignments_conflict", "assignments_day_hours", "assignments_week_hours",
           "assignments_early", "overrides_kept", "leaves_on_duty", "conflicts_on_duty", "shifts_agreed", "settings_rest"}  # fmt: skip


@pytest.fixture
def hall(data):
    """Two homes; residents of all kinds and a volunteer; shifts of three days in the first home, and one in the second."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
    return scope


# 1 and 2 able; 3 and 4 kept apart; 5 moves out on Saturday; 6 a volunteer; 7 partly able; 8 of the other home; 9 died; 10 is 85
WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}),
    ("homes", {"id": 2, "name": "西院"}),
    *(("persons", {"id": id, "home_id": 2 if id == 8 else 1, "name": f"人{id}", "birth_day": "1941-01-01" if id == 10 else "1960-01-01",
                   "gives": '["cooking"]' if id == 1 else "[]", "volunteer": int(id in (6, 9)),
                   "self_care": "partial" if id == 7 else "able"}) for id in range(1, 11)),
    *(("stays", {"home_id": 2 if id == 8 else 1, "person_id": id, "from_day": "2026-01-01", "to_day": SATURDAY if id == 5 else None})
      for id in (1, 2, 3, 4, 5, 7, 8, 10)),
    ("stays", {"home_id": 1, "person_id": 9, "from_day": "2026-01-01", "to_day": "2026-06-01", "end_reason": "death", "end_decided_by": "村"}),
    ("conflicts", {"home_id": 1, "person_id": 3, "other_id": 4}),
    ("duties", {"id": 1, "home_id": 1, "duty": "打扫", "service": "cleaning", "start_minute": 480, "minutes": 60}),
    ("duties", {"id": 2, "home_id": 2, "duty": "打扫", "service": "cleaning", "start_minute": 480, "minutes": 60}),
    *(("duties", {"id": id, "home_id": 1, "duty": name, "service": "cooking", "start_minute": 0, "minutes": 60})
      for id, name in ((3, "早"), (4, "中"), (5, "晚"), (6, "夜"))),
]  # fmt: skip
SHIFT: Row = {"home_id": 1, "duty_id": 3, "start_minute": 480, "minutes": 60, "needed": 1}
WORLD += [
    ("shifts", SHIFT | {"id": 1, "duty_id": 1, "day": FRIDAY}),
    ("shifts", SHIFT | {"id": 9, "duty_id": 2, "home_id": 2, "day": FRIDAY}),
]


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_refuses_by_its_name(hall, rule, table, refused, allowed):
    for row in (BASE[table] | bad for bad in refused):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"), hall.work() as desk:
            desk.insert(table, row)
        with pytest.raises(sqlite3.IntegrityError) as said:
            script(hall.data, inserting(table, row), row.values())
        assert _says(rule, said.value)
    for row in (BASE[table] | good for good in allowed):
        there = script(hall.data, inserting(table, row), row.values())
        if table == "overrides":
            continue  # kept as they are
        script(hall.data, updating(table, row, there), row.values())
        for bad in refused:
            worse = dict.fromkeys(row, None) | BASE[table] | bad
            with pytest.raises(sqlite3.IntegrityError) as said:
                script(hall.data, updating(table, worse, there), worse.values())
            assert _says(rule, said.value)
        script(hall.data, f"DELETE FROM {table} WHERE rowid = {there}")


def shift(scope: Scope, id: int, duty: int, day: str, start: int, minutes: int = 60, **more: object) -> None:
    row = SHIFT | {"id": id, "duty_id": duty, "day": day, "start_minute": start, "minutes": minutes, "needed": 9}
    with scope.work() as desk:
        desk.insert("shifts", row | more)


def on(scope: Scope, shift_id: int, person: int, home: int = 1) -> int:
    """Put somebody on a shift as a script would."""
    return script(
        scope.data,
        inserting("assignments", row := {"home_id": home, "shift_id": shift_id, "person_id": person}),
        row.values(),
    )


def refused(scope: Scope, rule: str, shift_id: int, person: int, home: int = 1) -> None:
    """A new row is refused by this rule, and so is a row of somebody else, or of another shift, that would become it."""
    with pytest.raises(sqlite3.IntegrityError, match=rf"^{rule}$"):
        on(scope, shift_id, person, home)
    with pytest.raises(RuleBroken, match=rf"^{rule}$"), scope.work() as desk:
        desk.insert("assignments", {"home_id": home, "shift_id": shift_id, "person_id": person})
    with scope.work() as desk:
        desk.insert(
            "duties", {"id": 99, "home_id": 1, "duty": "旁", "service": "company", "start_minute": 0, "minutes": 5}
        )
        desk.insert("shifts", SHIFT | {"id": 99, "duty_id": 99, "day": "2027-03-05", "minutes": 5})
        desk.insert("persons", {"id": 99, "home_id": 1, "name": "旁人", "volunteer": 1})
    aside = on(scope, 99, 99)
    with pytest.raises(sqlite3.IntegrityError, match=rf"^{rule}$"):
        script(
            scope.data,
            f"UPDATE assignments SET home_id = {home}, shift_id = {shift_id}, person_id = {person} WHERE id = {aside}",
        )


def test_a_shift_and_a_person_are_of_the_home(hall):
    refused(hall, "assignments_home", 1, 8)


def test_another_home_is_not_told(hall):
    with pytest.raises(sqlite3.IntegrityError, match=r"^assignments_home$"):
        on(hall, 9, 1)
    on(hall, 9, 8, home=2)


def test_what_is_over_stays(hall):
    shift(hall, 2, 3, "2026-11-19", 480)
    refused(hall, "assignments_past", 2, 1)
    there = on(hall, 1, 1)
    script(hall.data, f"UPDATE settings SET value = '{SATURDAY}' WHERE name = 'today'")
    for sql in (
        f"DELETE FROM assignments WHERE id = {there}",
        f"UPDATE assignments SET person_id = 2 WHERE id = {there}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=r"^assignments_past$"):
            script(hall.data, sql)
    script(hall.data, f"UPDATE assignments SET done = 1 WHERE id = {there}")


@pytest.mark.parametrize(("day", "person", "there"), [
    (FRIDAY, 5, True), (SATURDAY, 5, False), (SATURDAY, 6, True), (FRIDAY, 9, False), (FRIDAY, 1, True), ("2025-12-31", 1, None),
])  # fmt: skip
def test_only_who_lives_here_that_day_or_volunteers(hall, day, person, there):
    shift(hall, 2, 3, day, 600)
    if there is None:
        refused(hall, "assignments_past", 2, person)
    elif there:
        on(hall, 2, person)
    else:
        refused(hall, "assignments_gone", 2, person)


def test_a_full_shift_takes_nobody(hall):
    """Nor by an override; whoever did not come frees the place, and keeps it no longer."""
    first = on(hall, 1, 1)
    refused(hall, "assignments_full", 1, 2)
    script(hall.data, f"UPDATE assignments SET done = 0 WHERE id = {first}")
    on(hall, 1, 2)
    with pytest.raises(sqlite3.IntegrityError, match=r"^assignments_full$"):
        script(hall.data, f"UPDATE assignments SET done = 1 WHERE id = {first}")


def test_nobody_is_on_a_shift_twice(hall):
    shift(hall, 2, 3, SATURDAY, 480)
    on(hall, 2, 1)
    with pytest.raises(RuleBroken, match=r"^assignments_shift_id_once$"), hall.work() as desk:
        desk.insert("assignments", {"home_id": 1, "shift_id": 2, "person_id": 1})


@pytest.mark.parametrize(("start", "minutes", "free"), [
    (540, 60, True), (420, 60, True), (539, 60, False), (421, 60, False), (490, 5, False), (400, 300, False),
])  # fmt: skip
def test_nobody_is_in_two_places(hall, start, minutes, free):
    """Back to back is fine: 8 to 9 is taken."""
    shift(hall, 2, 3, FRIDAY, start, minutes)
    on(hall, 1, 1)
    if free:
        on(hall, 2, 1)
    else:
        refused(hall, "assignments_busy", 2, 1)


def test_a_night_reaches_into_the_next_day(hall):
    shift(hall, 2, 6, FRIDAY, 1380, 120)
    shift(hall, 3, 3, SATURDAY, 30)
    on(hall, 3, 1)
    refused(hall, "assignments_busy", 2, 1)


@pytest.mark.parametrize(("day", "start", "free"), [
    (SATURDAY, 959, False), (SATURDAY, 960, True), (SATURDAY, 360, False), (FRIDAY, 1199, True), (FRIDAY, 1140, True),
])  # fmt: skip
def test_after_a_night_there_is_rest(hall, day, start, free):
    """On from 21:00 to 06:00: the next begins at 16:00 at the soonest; what ends before it is no matter. Both ways round."""
    shift(hall, 2, 6, FRIDAY, 1260, 540, night=1)
    shift(hall, 3, 3, day, start, 60)
    on(hall, 2, 1)
    on(hall, 3, 2)
    if free:
        on(hall, 3, 1)
        on(hall, 2, 2)
    else:
        with pytest.raises(sqlite3.IntegrityError, match=r"^assignments_rest$"):
            on(hall, 2, 2)
        refused(hall, "assignments_rest", 3, 1)


@pytest.mark.parametrize(("minutes", "free"), [(59, True), (60, False), (61, False)])
def test_what_ends_at_midnight_is_late(hall, minutes, free):
    shift(hall, 2, 5, FRIDAY, 1380, minutes)
    shift(hall, 3, 3, SATURDAY, 480)
    on(hall, 2, 1)
    if free:
        on(hall, 3, 1)
    else:
        refused(hall, "assignments_rest", 3, 1)


def test_how_long_the_rest_is_says_the_setting(hall):
    shift(hall, 2, 6, FRIDAY, 1260, 540, night=1)
    shift(hall, 3, 3, SATURDAY, 480)
    on(hall, 2, 1)
    for value in ("", "-1", "25", "ten", "1.5"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^settings_rest$"):
            script(hall.data, f"UPDATE settings SET value = '{value}' WHERE name = 'rest_hours'")
    script(hall.data, "UPDATE settings SET value = '2' WHERE name = 'rest_hours'")
    on(hall, 3, 1)


@pytest.mark.parametrize(("first", "last", "free"), [
    ("2026-11-18", "2026-11-19", True), (FRIDAY, FRIDAY, False), (SATURDAY, SATURDAY, False), (SUNDAY, SUNDAY, True),
    ("2026-11-01", "2026-12-01", False),
])  # fmt: skip
def test_who_is_away_has_no_shift(hall, first, last, free):
    """The shift is the night from Friday 22:00 to Saturday 06:00."""
    shift(hall, 2, 6, FRIDAY, 1320, 480)
    hall.save("leaves", {"home_id": 1, "person_id": 1, "first_day": first, "last_day": last})
    if free:
        on(hall, 2, 1)
    else:
        refused(hall, "assignments_leave", 2, 1)


def test_a_leave_begins_at_midnight(hall):
    """What ends at midnight before it is no matter."""
    shift(hall, 2, 6, FRIDAY, 1380, 60)
    hall.save("leaves", {"home_id": 1, "person_id": 1, "first_day": SATURDAY, "last_day": SATURDAY})
    on(hall, 2, 1)


def test_a_leave_waits_until_the_shifts_are_free(hall):
    there = on(hall, 1, 1)
    away = {"home_id": 1, "person_id": 1, "first_day": FRIDAY, "last_day": FRIDAY}
    with pytest.raises(sqlite3.IntegrityError, match=r"^leaves_on_duty$"):
        script(hall.data, inserting("leaves", away), away.values())
    later = hall.save("leaves", away | {"first_day": SATURDAY, "last_day": SATURDAY})
    with pytest.raises(RuleBroken, match=r"^leaves_on_duty$"):
        hall.save("leaves", {"id": later, "first_day": FRIDAY})
    script(hall.data, f"DELETE FROM assignments WHERE id = {there}")
    hall.save("leaves", away)


def test_a_skill_is_asked_for(hall):
    shift(hall, 2, 3, FRIDAY, 600, skill="cooking")
    on(hall, 2, 1)
    refused(hall, "assignments_skill", 2, 2)


@pytest.mark.parametrize(("self_care", "most", "free"), [
    ("able", 0, True), (None, 0, True), ("partial", 1, False), ("partial", 2, True), ("none", 3, False),
])  # fmt: skip
def test_ability_is_asked_for(hall, self_care, most, free):
    shift(hall, 2, 3, FRIDAY, 600, level_most=most)
    hall.save("persons", {"id": 2, "self_care": self_care})
    if free:
        on(hall, 2, 2)
    else:
        refused(hall, "assignments_ability", 2, 2)


def test_an_assessment_says_more_than_the_register(hall):
    """Sixty points of ninety: level 2, whatever the register says."""
    shift(hall, 2, 3, FRIDAY, 600)
    with hall.work() as desk:
        items = list(desk.db.query("SELECT code, highest FROM assessment_items WHERE instrument = 'gb42195'"))
        one = desk.insert("assessments", {"home_id": 1, "person_id": 2, "day": FRIDAY})
        for item in items:
            score = (
                item["highest"]
                if item["code"]
                not in ("eating", "grooming", "washing", "toilet", "turning", "transfer", "memory", "social")
                else 0
            )
            desk.insert("assessment_scores", {"home_id": 1, "assessment_id": one, "item": item["code"], "score": score})
        desk.update("assessments", one, {"finished": 1})
    refused(hall, "assignments_ability", 2, 2)


@pytest.mark.parametrize(("start", "free"), [(480, False), (530, False), (540, True)])
def test_two_are_kept_apart(hall, start, free):
    """On one shift, and on two that overlap; whoever comes first."""
    shift(hall, 2, 3, FRIDAY, start)
    shift(hall, 3, 4, FRIDAY, 480)
    on(hall, 3, 3)
    if free:
        on(hall, 2, 4)
    else:
        refused(hall, "assignments_conflict", 2, 4)
    with pytest.raises(sqlite3.IntegrityError, match=r"^assignments_conflict$"):
        on(hall, 3, 4)


def test_who_is_on_duty_together_is_not_kept_apart_unasked(hall):
    shift(hall, 2, 3, FRIDAY, 480)
    on(hall, 1, 1)
    on(hall, 2, 2)
    for row in ({"home_id": 1, "person_id": 1, "other_id": 2}, {"home_id": 1, "person_id": 2, "other_id": 1}):
        with pytest.raises(sqlite3.IntegrityError, match=r"^conflicts_on_duty$"):
            script(hall.data, inserting("conflicts", row), row.values())
    with pytest.raises(sqlite3.IntegrityError, match=r"^conflicts_on_duty$"):
        script(hall.data, "UPDATE conflicts SET person_id = 1, other_id = 2")


@pytest.mark.parametrize(
    ("person", "minutes", "free"),
    [(1, 660, True), (1, 661, False), (10, 180, True), (10, 181, False), (7, 60, True), (7, 61, False)],
)
def test_a_day_has_its_limit(hall, person, minutes, free):
    """Twelve hours; from 80 years on four; at level 2 two. One hour is there already."""
    script(hall.data, "UPDATE shifts SET level_most = 3 WHERE id = 1")
    shift(hall, 2, 3, FRIDAY, 600, minutes, level_most=3)
    on(hall, 1, person)
    if free:
        on(hall, 2, person)
    else:
        refused(hall, "assignments_day_hours", 2, person)


@pytest.mark.parametrize(
    ("day", "minutes", "free"), [("2026-11-29", 60, True), ("2026-11-29", 61, False), ("2026-11-30", 61, True)]
)
def test_a_week_has_its_limit_from_monday(hall, day, minutes, free):
    """From 80 years on ten hours: nine are there from Monday on; a night counts to the day on which it begins."""
    for number, each in enumerate(("23", "24", "25"), 2):
        shift(hall, number, 3, f"2026-11-{each}", 600, 180)
        on(hall, number, 10)
    shift(hall, 9 + 1, 6, day, 1430, minutes)
    if free:
        on(hall, 10, 10)
    else:
        refused(hall, "assignments_week_hours", 10, 10)


def test_the_next_monday_is_of_another_week(hall):
    """Ten hours from Monday to Sunday: what is there on the Monday after does not count."""
    for number, day in enumerate(("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-30"), 2):
        shift(hall, number, 3, day, 600, 180)
        on(hall, number, 10)
    shift(hall, 10, 3, "2026-11-29", 600, 60)
    on(hall, 10, 10)


@pytest.mark.parametrize(("born", "free"), [("1946-11-24", True), ("1946-11-23", False)])
def test_an_age_is_that_of_the_weeks_monday(hall, born, free):
    """Five hours on the Tuesday on which somebody turns 80, or the day after they did."""
    hall.save("persons", {"id": 10, "birth_day": born})
    shift(hall, 2, 3, "2026-11-24", 600, 300)
    if free:
        on(hall, 2, 10)
    else:
        refused(hall, "assignments_day_hours", 2, 10)


def test_who_came_is_said_once_it_has_begun(hall):
    shift(hall, 2, 3, SATURDAY, 480)
    there, later = on(hall, 1, 1), on(hall, 2, 1)
    with pytest.raises(sqlite3.IntegrityError, match=r"^assignments_early$"):
        script(hall.data, f"UPDATE assignments SET done = 1 WHERE id = {later}")
    with pytest.raises(sqlite3.IntegrityError, match="assignments_done"):
        script(hall.data, f"UPDATE assignments SET done = 2 WHERE id = {there}")
    script(hall.data, f"UPDATE assignments SET done = 0 WHERE id = {there}")


@pytest.mark.parametrize("rule", rota.PASSABLE)
def test_an_override_lets_pass_one_rule_of_one_person_on_one_shift(hall, rule):
    """Each rule stands in the way, passes with its own override, and with no other."""
    shift(hall, 2, 6, FRIDAY, 1260, 540, night=1)
    shift(hall, 3, 3, SATURDAY, 480, skill="cooking" if rule == "assignments_skill" else None)
    shift(hall, 4, 4, SATURDAY, 500, 720 if rule == "assignments_day_hours" else 60, level_most=3)
    person = STOOD[rule](hall)
    target = 4 if rule in ("assignments_day_hours", "assignments_conflict") else 3
    with pytest.raises(sqlite3.IntegrityError, match=rf"^{rule}$"):
        on(hall, target, person)
    row = BASE["overrides"] | {"shift_id": target, "person_id": person, "rule": rule}
    others = [each for each in rota.PASSABLE if each != rule]
    for other in others:
        hall.save("overrides", row | {"rule": other})
    with pytest.raises(sqlite3.IntegrityError, match=rf"^{rule}$"):
        on(hall, target, person)
    hall.save("overrides", row)
    on(hall, target, person)


def _on(shift_id, person):
    return lambda hall: on(hall, shift_id, person) and person


def _saved(table, row, person):
    return lambda hall: hall.save(table, row) and person


def _week_full(hall):
    hall.save("hour_caps", {"age_from": 1, "level_from": 0, "day_minutes": 50, "week_minutes": 50})
    script(hall.data, "UPDATE hour_caps SET day_minutes = 50, week_minutes = 50")
    script(hall.data, "UPDATE hour_caps SET week_minutes = 55")
    row = BASE["overrides"] | {"shift_id": 3, "person_id": 2, "rule": "assignments_day_hours"}
    hall.save("overrides", row)
    return 2


def _day_full(hall):
    script(hall.data, "UPDATE hour_caps SET day_minutes = 700, week_minutes = 2400")
    return 2


STOOD = {
    "assignments_busy": lambda hall: on(hall, 4, 2) and 2,
    "assignments_rest": _on(2, 2),
    "assignments_leave": _saved(
        "leaves", {"home_id": 1, "person_id": 2, "first_day": SATURDAY, "last_day": SATURDAY}, 2
    ),
    "assignments_skill": lambda hall: 2,
    "assignments_ability": lambda hall: 7,
    "assignments_conflict": lambda hall: on(hall, 3, 3) and 4,
    "assignments_day_hours": _day_full,
    "assignments_week_hours": _week_full,
}


def test_an_override_stays(hall):
    hall.save("overrides", BASE["overrides"])
    for sql in ("UPDATE overrides SET reason = 'x'", "DELETE FROM overrides"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^overrides_kept$"):
            script(hall.data, sql)


def test_what_is_agreed_stays(hall):
    """A shift with somebody on it neither moves nor goes; it may take more people, never fewer than are there."""
    there = on(hall, 1, 1)
    for sql in ("UPDATE shifts SET start_minute = 500 WHERE id = 1", f"UPDATE shifts SET day = '{SATURDAY}' WHERE id = 1",
                "UPDATE shifts SET skill = 'cooking' WHERE id = 1", "DELETE FROM shifts WHERE id = 1"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match=r"^shifts_agreed$"):
            script(hall.data, sql)
    script(hall.data, "UPDATE shifts SET needed = 2 WHERE id = 1")
    on(hall, 1, 2)
    with pytest.raises(sqlite3.IntegrityError, match=r"^shifts_agreed$"):
        script(hall.data, "UPDATE shifts SET needed = 1 WHERE id = 1")
    script(hall.data, f"DELETE FROM assignments WHERE id = {there}")
    script(hall.data, "UPDATE shifts SET needed = 1 WHERE id = 1")


def test_shifts_that_nobody_has_follow_their_duty_and_its_days_off(hall):
    with hall.work() as desk:
        for id, day in ((2, "2026-11-19"), (3, SATURDAY), (4, SUNDAY), (5, MONDAY)):
            desk.insert("shifts", SHIFT | {"id": id, "duty_id": 1, "day": day})
    on(hall, 3, 1)
    hall.save("duties", {"id": 1, "start_minute": 600, "needed": 2})
    starts = hall.read("shifts", duty_id=1, order="day")
    assert list(zip(starts["start_minute"], starts["needed"], strict=True)) == [
        (480, 1),
        (600, 2),
        (480, 1),
        (600, 2),
        (600, 2),
    ]
    hall.save("duty_days", BASE["duty_days"] | {"first_day": "2026-11-19", "last_day": SUNDAY})
    assert hall.read("shifts", duty_id=1, order="day")["day"].tolist() == ["2026-11-19", SATURDAY, MONDAY]
    hall.save("duty_days", BASE["duty_days"] | {"first_day": MONDAY, "last_day": MONDAY, "needed": 3})
    assert hall.read("shifts", duty_id=1, day=MONDAY)["needed"].tolist() == [3]
    hall.save("duties", {"id": 1, "needed": 1})
    assert hall.read("shifts", duty_id=1, day=MONDAY)["needed"].tolist() == [3]


def test_whoever_leaves_is_on_no_roster(hall):
    """A resident from the day of leaving on; a volunteer who moves out stays on it, and one who died does not."""
    shift(hall, 2, 3, SATURDAY, 480)
    shift(hall, 3, 3, SUNDAY, 480)
    for person in (1, 2, 6):
        on(hall, 2, person)
        on(hall, 3, person)
    stay = hall.save("stays", {"home_id": 1, "person_id": 6, "from_day": "2026-02-01"})
    for id in (1, stay):
        hall.save("stays", {"id": id, "to_day": SATURDAY, "end_reason": "left", "end_decided_by": "村委会"})
    assert sorted(zip(*(hall.read("assignments")[each] for each in ("shift_id", "person_id")), strict=True)) == [
        (2, 2),
        (2, 6),
        (3, 2),
        (3, 6),
    ]
    hall.save("stays", {"id": stay, "end_reason": "death"})
    assert set(hall.read("assignments")["person_id"]) == {2}


def test_whoever_moves_to_another_home_is_on_no_roster_here(hall):
    script(hall.data, "UPDATE persons SET home_id = 2 WHERE id = 6")
    on(hall, 9, 6, home=2)
    hall.save("leaves", {"home_id": 2, "person_id": 6, "first_day": MONDAY, "last_day": MONDAY})
    script(hall.data, "UPDATE persons SET home_id = 1 WHERE id = 6")
    assert hall.read("assignments").empty
    assert hall.read("leaves")["home_id"].tolist() == [1]


def test_a_duty_stays_with_its_home(hall):
    with pytest.raises(RuleBroken, match=r"^duties_home$"):
        hall.save("duties", {"id": 1, "home_id": 2})


def test_there_are_seven_weekdays(data):
    for row, rule in (({"id": 8, "code": "x"}, "weekdays_id"), ({"id": 7, "code": "monday"}, "weekdays_code_once")):
        script(data, "DELETE FROM weekdays WHERE id = 7")
        with pytest.raises(sqlite3.IntegrityError) as said:
            script(data, inserting("weekdays", row), row.values())
        assert _says(rule, said.value)


def test_every_rule_of_the_roster_is_here():
    """What the tables of this area can refuse with has its row or its test."""
    sql = (store.HERE / "tables" / "009_roster.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    rules |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql)) | {"weekdays_code_once"}
    assert rules == {row[0] for row in RULES} | COVERED
