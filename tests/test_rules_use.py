"""Every rule of clubs, bookings, sessions, classes and enrolments: refused by its name through the scope and by a script."""

import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from db import store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import TOMORROW, _says, inserting, script, updating

STAMP = "2026-11-20T02:00:00Z"
NOT_STAMPS = ("2026-11-20 02:00:00", "2026-13-20T02:00:00Z", "昨天")
MONDAY = "2026-11-23"
CLASS: Row = {
    "home_id": 1,
    "activity": "合唱",
    "room_id": 1,
    "weekday": "monday",
    "start_minute": 540,
    "first_day": "2026-11-02",
}
BASE: dict[str, Row] = {
    "clubs": {"home_id": 1, "club": "腰鼓队"},
    "activities": CLASS,
    "enrolments": {"home_id": 1, "activity_id": 1, "person_id": 2, "day": "2026-11-10"},
    "bookings": {"home_id": 1, "room_id": 1, "day": MONDAY, "start_minute": 540, "minutes": 60},
    "room_sessions": {"home_id": 1, "room_id": 1, "day": TODAY, "start_minute": 540, "minutes": 60},
    "attendances": {"home_id": 1, "session_id": 1, "person_id": 2},
}
UNDONE: Row = {"undone_at": STAMP, "undone_by": "张"}
GONE: Row = {"cancelled_at": STAMP, "cancelled_by": "张"}
KINDS = ("class", "lecture", "performance", "exercise", "games", "handicraft", "celebration", "other_activity")
ROOMS = [{"room_id": 2}, {"room_id": 4}, {"room_id": 6, "day": TOMORROW}]  # a bedroom; idle; given up today
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("clubs_club", "clubs", [{"club": " 　"}, {"club": "长" * 21}], [{"club": "长" * 20}]),
    ("clubs_week_minutes", "clubs", [{"week_minutes": -1}, {"week_minutes": 10081}], [{"week_minutes": 0}, {"week_minutes": 10080}]),
    ("clubs_active", "clubs", [{"active": 2}], [{"active": 0}]),
    ("clubs_home_id_once", "clubs", [{"club": "老年协会"}], [{}, {"home_id": 2, "club": "老年协会"}]),
    ("activities_activity", "activities", [{"activity": "　"}, {"activity": "长" * 21}], [{"activity": "长" * 20}]),
    ("activities_kind", "activities", [{"kind": "party"}], [{"kind": each} for each in KINDS]),
    ("activities_start", "activities", [{"start_minute": -1}, {"start_minute": 1440, "minutes": 5}], [{"start_minute": 0}]),
    ("activities_minutes", "activities", [{"minutes": 4}, {"minutes": 961, "start_minute": 0}], [{"minutes": 5}, {"minutes": 900}]),
    ("activities_places", "activities", [{"places": 0}], [{"places": 1}, {"places": 10}]),
    ("activities_capacity", "activities", [{"places": 11}, {"places": 500}], [{"places": 10}]),
    ("activities_first_day", "activities", [{"first_day": "2026-02-30"}, {"first_day": "春天"}], [{"first_day": "2024-02-29"}]),
    ("activities_last_day", "activities", [{"last_day": "2026-11-31"}, {"last_day": "月底"}], [{"last_day": "2026-11-30"}]),
    ("activities_stopped_at", "activities", [{"stopped_at": each} for each in NOT_STAMPS], [{"stopped_at": STAMP}]),
    ("activities_leader", "activities", [{"leader_id": 1, "guest": "何老师"}], [{"leader_id": 1}, {"guest": "何老师"}, {}]),
    ("activities_order", "activities", [{"last_day": "2026-11-01"}], [{"last_day": "2026-11-02"}]),
    ("activities_midnight", "activities", [{"start_minute": 1400, "minutes": 41}], [{"start_minute": 1400, "minutes": 40}]),
    ("activities_home_id_once", "activities", [{"activity": "手工", "first_day": "2026-11-01"}], [{"activity": "手工"}]),
    ("activities_home", "activities", [{"room_id": 3}, {"leader_id": 3}, {"home_id": 2}], [{"leader_id": 2}]),
    ("enrolments_day", "enrolments", [{"day": "2026-02-30"}, {"day": "春天"}], [{"day": "2026-02-28"}]),
    ("enrolments_left_day", "enrolments", [{"left_day": "2026-11-31"}, {"left_day": "明天"}], [{"left_day": "2026-11-30"}]),
    ("enrolments_order", "enrolments", [{"left_day": "2026-11-09"}], [{"left_day": "2026-11-10"}]),
    ("enrolments_activity_id_once", "enrolments", [{"person_id": 4}], [{}, {"person_id": 4, "left_day": TODAY}]),
    ("enrolments_home", "enrolments", [{"activity_id": 2}, {"person_id": 3}, {"home_id": 2}], [{}]),
    ("enrolments_leader", "enrolments", [{"person_id": 1}], [{}]),
    ("enrolments_over", "enrolments", [{"activity_id": 3}, {"activity_id": 4}, {"activity_id": 4, "day": "2026-11-06"}],
     [{"activity_id": 4, "day": "2026-11-05"}, {"activity_id": 3, "day": "2026-11-08"}]),
    ("bookings_day", "bookings", [{"day": "2026-11-31"}, {"day": "明天"}], [{"day": "2026-11-30"}]),
    ("bookings_start", "bookings", [{"start_minute": -1}, {"start_minute": 1440, "minutes": 5}], [{"start_minute": 480}]),
    ("bookings_minutes", "bookings", [{"minutes": 4}, {"room_id": 7, "start_minute": 0, "minutes": 1441}], [{"minutes": 5}, {"room_id": 7, "start_minute": 0, "minutes": 1440}]),
    ("bookings_people", "bookings", [{"people": 0}, {"people": -3}], [{"people": 1}]),
    ("bookings_cancelled_at", "bookings", [GONE | {"cancelled_at": each} for each in NOT_STAMPS], [GONE]),
    ("bookings_cancelled", "bookings", [{"cancelled_at": STAMP}, {"cancelled_by": "张"}], [GONE]),
    ("bookings_midnight", "bookings", [{"room_id": 7, "start_minute": 1400, "minutes": 41}], [{"room_id": 7, "start_minute": 1400, "minutes": 40}]),
    ("bookings_home", "bookings", [{"room_id": 3}, {"club_id": 2}, {"activity_id": 2}, {"home_id": 2}], [{"club_id": 1}, {"activity_id": 1}]),
    ("bookings_room", "bookings", ROOMS, [{}, {"room_id": 6, "day": TODAY}]),
    ("bookings_hours", "bookings", [{"start_minute": 479}, {"start_minute": 1021}, {"day": "2026-11-30", "minutes": 541}, {"room_id": 5}],
     [{"start_minute": 480}, {"start_minute": 1020}, {"day": "2026-11-30", "minutes": 540}, {"room_id": 5, "day": "2026-11-24"}]),
    ("bookings_closed", "bookings", [{"day": "2026-12-24"}, {"day": "2026-12-25"}, {"day": "2026-12-07"}],
     [{"day": "2026-12-26"}, {"day": "2026-12-07", "room_id": 7}]),
    ("bookings_capacity", "bookings", [{"people": 11}], [{"people": 10}]),
    ("bookings_club", "bookings", [{"club_id": 3}], [{"club_id": 1}]),
    ("bookings_activity", "bookings", [{"activity_id": 3}, {"activity_id": 4}], [{"activity_id": 1}, {"activity_id": 4, "day": "2026-11-02"}]),
    ("bookings_quota", "bookings", [{"club_id": 4, "minutes": 61}], [{"club_id": 4, "minutes": 60}]),
    ("bookings_overlap", "bookings",
     [{"day": "2026-11-25"} | each for each in ({}, {"start_minute": 500}, {"start_minute": 599}, {"start_minute": 550, "minutes": 10}, {"start_minute": 480, "minutes": 300})],
     [{"day": "2026-11-25", "start_minute": 600}, {"day": "2026-11-25", "start_minute": 480}, {"day": "2026-11-25", "room_id": 7}, {}]),
    ("room_sessions_day", "room_sessions", [{"day": "2026-02-30"}, {"day": "1月"}], [{"day": "2026-02-28"}]),
    ("room_sessions_start", "room_sessions", [{"start_minute": -1}, {"start_minute": 1440, "minutes": 1}], [{"start_minute": 0}]),
    ("room_sessions_minutes", "room_sessions", [{"minutes": 0}, {"room_id": 7, "start_minute": 0, "minutes": 1441}], [{"minutes": 1}, {"start_minute": 0, "minutes": 1440, "room_id": 7}]),
    ("room_sessions_others", "room_sessions", [{"others": -1}], [{"others": 0}, {"others": 10}]),
    ("room_sessions_recorded_at", "room_sessions", [{"recorded_at": each} for each in NOT_STAMPS], [{"recorded_at": STAMP}]),
    ("room_sessions_ended_at", "room_sessions", [{"ended_at": each} for each in NOT_STAMPS], [{"ended_at": STAMP}]),
    ("room_sessions_undone_at", "room_sessions", [UNDONE | {"undone_at": each} for each in NOT_STAMPS], [UNDONE]),
    ("room_sessions_midnight", "room_sessions", [{"start_minute": 1400, "minutes": 41}], [{"start_minute": 1400, "minutes": 40}]),
    ("room_sessions_undone", "room_sessions", [{"undone_at": STAMP}, {"undone_by": "张"}], [UNDONE]),
    ("room_sessions_booking_id_once", "room_sessions", [{"booking_id": 2, "day": "2026-11-18", "start_minute": 800}],
     [{"booking_id": 2, "day": "2026-11-18", "start_minute": 800, **UNDONE}]),
    ("room_sessions_home", "room_sessions", [{"room_id": 3}, {"activity_id": 2}, {"booking_id": 1}, {"home_id": 2}], [{"activity_id": 1}]),
    ("room_sessions_cancelled", "room_sessions", [{"booking_id": 3, "day": "2026-11-17"}], [{"day": "2026-11-17"}]),
    ("room_sessions_future", "room_sessions", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("room_sessions_room", "room_sessions", [{"room_id": 2}, {"room_id": 4}, {"room_id": 6, "day": TODAY, "start_minute": 400}][:2], [{"room_id": 6}]),
    ("room_sessions_booked", "room_sessions", [{"start_minute": 640, "minutes": 30}, {"start_minute": 700, "minutes": 30}],
     [{"start_minute": 600, "minutes": 50}, {"start_minute": 710}, {"start_minute": 650, "booking_id": 4}]),
    ("room_sessions_overlap", "room_sessions", [{"start_minute": 390}, {"start_minute": 449}, {"start_minute": 410, "minutes": 5}],
     [{"start_minute": 450}, {"start_minute": 340}, {"start_minute": 420, "room_id": 7}, {"start_minute": 420, **UNDONE}]),
    ("room_sessions_capacity", "room_sessions", [{"others": 11}], [{"others": 10}]),
    ("room_sessions_named", "room_sessions", [{"named": 1}, {"named": -1}], [{"named": 0}]),
    ("attendances_home", "attendances", [{"person_id": 3}, {"home_id": 2}], [{}]),
    ("attendances_session_id_once", "attendances", [{"person_id": 4}], [{}]),
]  # fmt: skip
ALONE = {"enrolments_kept", "bookings_kept", "bookings_begun", "room_sessions_kept", "attendances_kept", "room_sessions_undo_late",
         "room_sessions_end_late"}  # fmt: skip
CREATED = {
    "enrolments_leader",
    "enrolments_over",
    "bookings_club",
    "room_sessions_booked",
}  # asked when it is made; afterwards nothing of it changes
HOME: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}),
    ("homes", {"id": 2, "name": "西院"}),
    *(("persons", {"id": id, "home_id": home, "name": name}) for id, home, name in ((1, 1, "张"), (2, 1, "王"), (3, 2, "李"), (4, 1, "赵"))),
    *(("rooms", {"id": id, "home_id": home, "room": f"房{id}", "kind": kind, **more}) for id, home, kind, more in (
        (1, 1, "activity_room", {"capacity": 10}), (2, 1, "bedroom", {}), (3, 2, "activity_room", {}),
        (4, 1, "activity_room", {"idle_since": "2026-11-01", "idle_cause": "no_staff"}), (5, 1, "activity_room", {"weekdays": '["tuesday"]'}),
        (6, 1, "activity_room", {"last_day": TODAY}), (7, 1, "games_room", {"opens_minute": 0, "closes_minute": 1440}))),
    *(("clubs", {"id": id, "home_id": home, "club": f"队{id}", **more}) for id, home, more in (
        (1, 1, {}), (2, 2, {}), (3, 1, {"active": 0}), (4, 1, {"week_minutes": 120}), (5, 1, {"club": "老年协会"}))),
    *(("activities", CLASS | {"id": id, "activity": f"班{id}", **more}) for id, more in (
        (1, {"leader_id": 1, "first_day": "2026-02-01"}), (2, {"home_id": 2, "room_id": 3}), (3, {"stopped_at": "2026-11-09T02:00:00Z"}),
        (4, {"last_day": "2026-11-05"}), (5, {"activity": "手工", "first_day": "2026-11-01"}))),
    ("enrolments", {"home_id": 1, "activity_id": 1, "person_id": 4, "day": "2026-11-01"}),
    ("closures", {"home_id": 1, "first_day": "2026-12-24", "last_day": "2026-12-25", "reason": "festival"}),
    ("closures", {"home_id": 1, "room_id": 1, "first_day": "2026-12-07", "last_day": "2026-12-07", "reason": "repair"}),
    *(("bookings", {"id": id, "home_id": 1, "room_id": 1, "day": day, "start_minute": start, "minutes": 60, **more}) for id, day, start, more in (
        (1, "2026-11-25", 540, {}), (2, "2026-11-18", 540, {}), (3, "2026-11-17", 540, GONE), (4, TODAY, 650, {}),
        (5, MONDAY, 900, {"club_id": 4}))),
    ("room_sessions", {"id": 1, "home_id": 1, "room_id": 1, "day": TODAY, "start_minute": 400, "minutes": 50}),
    ("room_sessions", {"id": 2, "home_id": 1, "room_id": 1, "day": "2026-11-18", "start_minute": 540, "minutes": 60, "booking_id": 2}),
    ("attendances", {"home_id": 1, "session_id": 1, "person_id": 4}),
]  # fmt: skip


@pytest.fixture(scope="module")
def house_made(empty, tmp_path_factory):
    """Two homes with rooms of all sorts, clubs, classes, bookings and a session; it is ten o'clock."""
    data = shutil.copytree(empty, tmp_path_factory.mktemp("house") / "data")
    script(data, "UPDATE settings SET value = '600' WHERE name = 'minute'")
    with Scope(data, operator=True).work() as desk:
        for table, row in HOME:
            desk.insert(table, row)
    store.let_go(data)
    return data


@pytest.fixture
def house(house_made, tmp_path):
    """A copy of it to write into."""
    return Scope(shutil.copytree(house_made, tmp_path / "house"), operator=True)


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_refuses_by_its_name(house, rule, table, refused, allowed):
    for row in (BASE[table] | bad for bad in refused):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            house.save(table, row)
    with closing(sqlite3.connect(house.data / "happiness.db", isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute(f"DROP TRIGGER IF EXISTS {table}_kept_deleted")
        for row in (BASE[table] | bad for bad in refused):
            with pytest.raises(sqlite3.IntegrityError) as said:
                raw.execute(inserting(table, row), list(row.values()))
            assert _says(rule, said.value)
        for row in (BASE[table] | good for good in allowed):
            there = raw.execute(inserting(table, row), list(row.values())).lastrowid or 0
            for bad in refused:
                _refused_as_a_change(raw, rule, table, row, bad, there)
            raw.execute(f"DELETE FROM {table} WHERE rowid = {there}")


def _refused_as_a_change(raw, rule, table, row, bad, there):
    """What may never change is refused as such, all else by the rule; what is cancelled, left or undone stays as it is."""
    if {"cancelled_at", "left_day", "undone_at", "undone_by"} & {name for name, value in row.items() if value}:
        return
    worse = BASE[table] | bad
    if rule in CREATED or all(row.get(name) == value for name, value in worse.items()):
        return
    with pytest.raises(sqlite3.IntegrityError) as said:
        raw.execute(updating(table, worse, there), list(worse.values()))
    kept = {f"{table}_kept", "room_sessions_undo_late", "room_sessions_end_late"}
    assert any(_says(each, said.value) for each in {rule} | kept)


# -- what is kept


def test_what_was_booked_is_never_altered(house):
    for change in (
        {"day": "2026-11-26"},
        {"start_minute": 600},
        {"minutes": 30},
        {"room_id": 7},
        {"club_id": 1},
        {"people": 3},
        {"series": "x"},
    ):
        with pytest.raises(RuleBroken, match=r"^bookings_kept$"):
            house.save("bookings", {"id": 1} | change)
    house.save("bookings", {"id": 1, "note": "带水"})
    house.save("bookings", {"id": 1} | GONE)
    for change in ({"cancelled_at": None, "cancelled_by": None}, {"note": "又要了"}):
        with pytest.raises(RuleBroken, match=r"^bookings_kept$"):
            house.save("bookings", {"id": 1} | change)


def test_what_has_begun_cannot_be_cancelled(house):
    with pytest.raises(RuleBroken, match=r"^bookings_begun$"):
        house.save("bookings", {"id": 2} | GONE)
    script(house.data, "UPDATE room_sessions SET recorded_at = NULL WHERE id = 2")
    house.save("bookings", {"id": 4} | GONE)


def test_what_happened_stays(house):
    for change in (
        {"day": "2026-11-19"},
        {"room_id": 7},
        {"booking_id": 4},
        {"activity_id": 1},
        {"recorded_at": STAMP},
    ):
        with pytest.raises(RuleBroken, match=r"^room_sessions_kept$"):
            house.save("room_sessions", {"id": 1} | change)
    with pytest.raises(sqlite3.IntegrityError, match=r"^room_sessions_kept$"):
        script(house.data, "DELETE FROM room_sessions WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError, match=r"^attendances_kept$"):
        script(house.data, "UPDATE attendances SET person_id = 2")


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("bookings", {"id": 1}, "bookings_kept"),
        ("bookings", {"key": "k"}, "bookings_kept"),
        ("room_sessions", {"id": 1, "start_minute": 480, "minutes": 30}, "room_sessions_kept"),
        ("room_sessions", {"key": "k", "start_minute": 480, "minutes": 30}, "room_sessions_kept"),
        ("room_sessions", {"booking_id": 2, "day": "2026-11-18", "start_minute": 700}, "room_sessions_booking_id_once"),
    ],
)
def test_nothing_is_replaced_without_a_word(house, table, row, rule):
    script(house.data, f"DROP TRIGGER {table}_kept")
    script(house.data, f"UPDATE {table} SET key = 'k' WHERE id = 1")
    row = BASE[table] | row
    with pytest.raises(sqlite3.IntegrityError, match=rf"^{rule}$"):
        script(house.data, inserting(table, row).replace("INSERT", "INSERT OR REPLACE"), row.values())


@pytest.mark.parametrize("table", ["bookings", "room_sessions"])
@pytest.mark.parametrize("change", ["id = 2", "key = 'k'"])
def test_no_number_or_key_is_changed(house, table, change):
    with pytest.raises(sqlite3.IntegrityError, match=rf"^{table}_kept$"):
        script(house.data, f"UPDATE OR REPLACE {table} SET {change} WHERE id = 1")


def test_a_session_is_undone_within_ten_minutes_and_stays_so(house):
    with pytest.raises(RuleBroken, match=r"^room_sessions_undo_late$"):
        house.save("room_sessions", {"id": 1} | UNDONE)
    stamp = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 minutes')"
    row = "home_id, room_id, day, start_minute, minutes, recorded_at"
    there = script(house.data, f"INSERT INTO room_sessions ({row}) SELECT 1, 1, '{TODAY}', 540, 60, {stamp}")
    house.save("room_sessions", {"id": there} | UNDONE)
    for change in ({"undone_at": None, "undone_by": None}, {"others": 3}):
        with pytest.raises(RuleBroken, match=r"^room_sessions_kept$"):
            house.save("room_sessions", {"id": there} | change)
    with pytest.raises(RuleBroken, match=r"^room_sessions_kept$"):
        house.save("attendances", {"home_id": 1, "session_id": there, "person_id": 2})


def test_an_end_is_changed_within_ten_minutes(house):
    house.save("room_sessions", {"id": 1, "ended_at": "2026-11-20T02:00:00Z"})
    script(house.data, "DROP TRIGGER room_sessions_end_late")
    fresh = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 minutes')"
    script(house.data, f"UPDATE room_sessions SET ended_at = {fresh} WHERE id = 1")
    sql = (store.HERE / "tables" / "015_rooms_use.sql").read_text(encoding="utf-8")
    trigger = next(each for each in store.statements(sql) if "CREATE TRIGGER room_sessions_end_late" in each)
    script(house.data, trigger)
    house.save("room_sessions", {"id": 1, "ended_at": None})
    script(house.data, f"UPDATE room_sessions SET ended_at = {fresh.replace('-9', '-11')} WHERE id = 1")
    for change in (None, "2026-11-20T05:00:00Z"):
        with pytest.raises(RuleBroken, match=r"^room_sessions_end_late$"):
            house.save("room_sessions", {"id": 1, "ended_at": change})


def test_who_left_enrols_anew(house):
    enrolment = house.save("enrolments", BASE["enrolments"])
    for change in ({"person_id": 4}, {"activity_id": 5}, {"day": "2026-11-11"}):
        with pytest.raises(RuleBroken, match=r"^enrolments_kept$"):
            house.save("enrolments", {"id": enrolment} | change)
    house.save("enrolments", {"id": enrolment, "left_day": TODAY})
    with pytest.raises(RuleBroken, match=r"^enrolments_kept$"):
        house.save("enrolments", {"id": enrolment, "left_day": None})
    assert house.save("enrolments", BASE["enrolments"] | {"day": TODAY}) != enrolment


# -- what stands in the way


def test_a_room_holds_so_many_by_count_and_by_face(house):
    house.save("room_sessions", {"id": 1, "others": 8})
    house.save("attendances", {"home_id": 1, "session_id": 1, "person_id": 2})
    with pytest.raises(RuleBroken, match=r"^room_sessions_capacity$"):
        house.save("attendances", {"home_id": 1, "session_id": 1, "person_id": 1})
    with pytest.raises(RuleBroken, match=r"^room_sessions_capacity$"):
        house.save("room_sessions", {"id": 1, "others": 9})
    house.save("room_sessions", {"id": 1, "others": 7})
    assert house.read("session_list", id=1)[["others", "named", "heads"]].values.tolist() == [[7, 2, 9]]


@pytest.mark.parametrize(("minute", "free"), [(679, False), (680, True), (1000, True)])
def test_a_room_is_let_go_when_nobody_came(house, minute, free):
    """Booked from 10:50 (650): half an hour later it holds nothing."""
    script(house.data, "UPDATE settings SET value = ? WHERE name = 'minute'", [minute])
    row = BASE["bookings"] | {"day": TODAY, "start_minute": 690, "minutes": 15}
    walk_in = BASE["room_sessions"] | {"start_minute": 680, "minutes": 10}
    for table, each, rule in (
        ("bookings", row, "bookings_overlap"),
        ("room_sessions", walk_in, "room_sessions_booked"),
    ):
        if free:
            assert house.save(table, each)
        else:
            with pytest.raises(RuleBroken, match=rf"^{rule}$"):
                house.save(table, each)


def test_a_session_that_ended_early_leaves_the_room_free(house):
    """Begun on time, over after twenty minutes: the rest of its booking is to be had, its own time is not."""
    house.save("room_sessions", BASE["room_sessions"] | {"booking_id": 4, "start_minute": 650, "minutes": 20})
    script(house.data, "UPDATE settings SET value = '675' WHERE name = 'minute'")
    with pytest.raises(RuleBroken, match=r"^bookings_overlap$"):
        house.save("bookings", BASE["bookings"] | {"day": TODAY, "start_minute": 660, "minutes": 15})
    assert house.save("bookings", BASE["bookings"] | {"day": TODAY, "start_minute": 675, "minutes": 30})


def test_a_quota_is_by_week(house):
    """An hour of 120 minutes is booked on Monday; the Sunday of that week counts with it, the next Monday does not."""
    club = BASE["bookings"] | {"club_id": 4, "minutes": 90}
    with pytest.raises(RuleBroken, match=r"^bookings_quota$"):
        house.save("bookings", club | {"day": "2026-11-29"})
    assert house.save("bookings", club | {"day": "2026-11-30"})
    assert house.save("bookings", club | {"day": "2026-11-22"})
    house.save("bookings", {"id": 5} | GONE)
    assert house.save("bookings", club | {"day": "2026-11-29"})


@pytest.mark.parametrize("table", list(BASE))
def test_a_second_touch_books_once(house, table):
    first = house.save(table, BASE[table] | {"key": "touch"})
    assert house.save(table, BASE[table] | {"key": "touch"}) == first


def test_every_rule_of_use_is_here():
    """What the tables of this area can refuse with has its row or its test."""
    sql = (store.HERE / "tables" / "015_rooms_use.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    assert rules | set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql)) == {row[0] for row in RULES} | ALONE
