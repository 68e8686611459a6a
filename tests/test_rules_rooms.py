"""Every rule of rooms, closures, safety checks, repairs, empty buildings and meters: refused by its name, by the scope and by a script."""

import re
import sqlite3

import pytest

from db import store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import TOMORROW, _says, inserting, script, updating

EVERY = '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'
IDLE: Row = {"idle_since": "2026-11-01", "idle_cause": "no_staff"}
KINDS = (
    "bedroom",
    "kitchen",
    "activity_room",
    "day_care",
    "clinic",
    "bathroom",
    "laundry_room",
    "games_room",
    "garden",
    "outdoor",
)
BASE: dict[str, Row] = {
    "homes": {"name": "南院", "weekdays": EVERY},
    "rooms": {
        "home_id": 1, "room": "书房", "kind": "games_room", "capacity": 10, "weekdays": EVERY, "opens_minute": 480, "closes_minute": 1080,
        "source": "new_built", "floor": 1, "step_free": 1,
    },
    "room_photos": {"id": 1, "home_id": 1, "image": "abc"},
    "closures": {"home_id": 1, "first_day": "2026-11-10", "last_day": "2026-11-12", "reason": "festival"},
    "safety_checks": {"home_id": 1, "day": "2026-11-10", "kind": "fire", "result": "fine"},
    "repairs": {"home_id": 1, "day": "2026-11-10", "matter": "灯坏了", "urgent": 0},
    "buildings": {"home_id": 1, "building": "原小学", "source": "school", "owned_by": "village", "condition": "sound", "step_free": 1, "state": "candidate"},
    "meter_readings": {"home_id": 1, "meter": "water", "day": "2026-11-10", "reading": 150, "new_meter": 0},
}  # fmt: skip
DAYS = ("2026-02-30", "春天", "2026-2-3")
WEEKS = ([{"weekdays": each} for each in ("[]", "{}", "周一")], [{"weekdays": '["monday"]'}, {"weekdays": EVERY}])
KNOWN = (
    [{"weekdays": each} for each in ('["someday"]', '["monday","monday"]', "[null]", '[["monday"]]')],
    [{"weekdays": '["sunday","monday"]'}],
)
DEFECT: Row = {"result": "defect", "note": "灭火器过期"}
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("homes_latitude", "homes", [{"latitude": each, "longitude": 1.0} for each in (-90.1, 91.0)], [{"latitude": -90.0, "longitude": 1.0}]),
    ("homes_longitude", "homes", [{"latitude": 1.0, "longitude": each} for each in (-180.1, 181.0)], [{"latitude": 1.0, "longitude": 180.0}]),
    ("homes_coordinates", "homes", [{"latitude": 35.0}, {"longitude": 117.0}], [{}, {"latitude": 35.0, "longitude": 117.0}]),
    ("homes_weekdays", "homes", *WEEKS),
    ("homes_weekday_known", "homes", *KNOWN),
    ("rooms_room", "rooms", [{"room": each} for each in ("", " 　", "房" * 21)], [{"room": "房" * 20}]),
    ("rooms_kind", "rooms", [{"kind": "bar"}], [*({"kind": each} for each in KINDS), {"kind": "idle_room", **IDLE}]),
    ("rooms_capacity", "rooms", [{"capacity": 0}, {"capacity": -1}, {"capacity": 501}], [{"capacity": 1}, {"capacity": 500}]),
    ("rooms_weekdays", "rooms", *WEEKS),
    ("rooms_weekday_known", "rooms", *KNOWN),
    ("rooms_opens", "rooms", [{"opens_minute": -1}], [{"opens_minute": 0}]),
    ("rooms_closes", "rooms", [{"closes_minute": 1441}], [{"closes_minute": 1440}]),
    ("rooms_hours", "rooms", [{"opens_minute": 1080}, {"opens_minute": 1200, "closes_minute": 300}], [{"opens_minute": 1079}]),
    ("rooms_source", "rooms", [{"source": "barn"}], [{"source": each} for each in ("new_built", "school", "kindergarten", "old_house", "homestead")]),
    ("rooms_floor", "rooms", [{"floor": -2}, {"floor": 10}], [{"floor": -1}, {"floor": 9}]),
    ("rooms_step_free", "rooms", [{"step_free": 2}], [{"step_free": 0}]),
    ("rooms_first_day", "rooms", [{"first_day": each} for each in DAYS], [{"first_day": "2024-02-29"}]),
    ("rooms_last_day", "rooms", [{"last_day": each} for each in DAYS], [{"last_day": "2027-02-28"}]),
    ("rooms_order", "rooms", [{"first_day": "2026-05-02", "last_day": "2026-05-01"}], [{"first_day": "2026-05-01", "last_day": "2026-05-01"}]),
    ("rooms_idle_since", "rooms", [IDLE | {"idle_since": each} for each in ("2026-02-30", "2026-1-1")], [IDLE]),
    ("rooms_idle_cause", "rooms", [IDLE | {"idle_cause": "cold"}],
     [IDLE | {"idle_cause": each} for each in ("quota", "no_need", "bad_site", "no_money", "no_staff", "key_absent", "fee_refused", "unsafe",
                                               "shame", "few_services")]),
    ("rooms_idle", "rooms", [{"idle_since": "2026-11-01"}, {"idle_cause": "no_need"}, {"kind": "idle_room"}], [{}, IDLE]),
    ("rooms_idle_future", "rooms", [IDLE | {"idle_since": TOMORROW}], [IDLE | {"idle_since": TODAY}]),
    ("rooms_becomes", "rooms", [{"becomes": "idle_room"}, {"becomes": "bar"}], [{"becomes": each} for each in KINDS]),
    ("rooms_home_id_once", "rooms", [{"room": "活动室"}], [{}, {"room": "活动室", "home_id": 2}]),
    ("room_photos_image", "room_photos", [{"image": ""}, {"image": "x" * 200_001}], [{"image": "x" * 200_000}]),
    ("room_photos_home", "room_photos", [{"home_id": 2}, {"id": 2}], [{}]),
    ("closures_first_day", "closures", [{"first_day": each} for each in DAYS], [{"first_day": "2026-10-31"}]),
    ("closures_last_day", "closures", [{"last_day": each} for each in DAYS[:2]], [{"last_day": "2027-02-28"}]),
    ("closures_order", "closures", [{"last_day": "2026-11-09"}], [{"last_day": "2026-11-10"}]),
    ("closures_reason", "closures", [{"reason": "rain"}],
     [{"reason": each} for each in ("festival", "harvest", "repair", "no_staff", "other_reason")]),
    ("closures_home", "closures", [{"room_id": 2}, {"room_id": 1, "home_id": 2}], [{}, {"room_id": 1}, {"room_id": 2, "home_id": 2}]),
    ("safety_checks_day", "safety_checks", [{"day": each} for each in ("2026-02-30", "2026-1-1")], [{"day": "2024-02-29"}]),
    ("safety_checks_kind", "safety_checks", [{"kind": "love"}],
     [{"kind": each} for each in ("fire", "power", "gas", "water_pipes", "structure", "food")]),
    ("safety_checks_result", "safety_checks", [{"result": "so so"}], [{}, DEFECT]),
    ("safety_checks_note", "safety_checks", [{"result": "defect"}, DEFECT | {"note": " 　"}], [{}, DEFECT]),
    ("safety_checks_home", "safety_checks", [{"room_id": 2}, {"room_id": 1, "home_id": 2}], [{"room_id": 1}, {"room_id": 2, "home_id": 2}]),
    ("safety_checks_future", "safety_checks", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("repairs_day", "repairs", [{"day": each} for each in ("2026-02-30", "2026-1-1")], [{"day": "2024-02-29"}]),
    ("repairs_matter", "repairs", [{"matter": ""}, {"matter": " 　"}], [{"matter": "门"}]),
    ("repairs_urgent", "repairs", [{"urgent": 2}], [{"urgent": 1}]),
    ("repairs_done_day", "repairs", [{"done_day": each} for each in ("2026-02-30", "2026-1-1")], [{"done_day": TODAY}]),
    ("repairs_order", "repairs", [{"done_day": "2026-11-09"}], [{"done_day": "2026-11-10"}]),
    ("repairs_future", "repairs", [{"day": TOMORROW}, {"done_day": TOMORROW}], [{"day": TODAY, "done_day": TODAY}]),
    ("repairs_home", "repairs", [{"room_id": 2}, {"room_id": 1, "home_id": 2}, {"check_id": 2}], [{"room_id": 1}, {"room_id": 2, "home_id": 2}]),
    ("repairs_check_id_once", "repairs", [{"check_id": 1}], [{}, {"check_id": 3}]),
    ("buildings_building", "buildings", [{"building": each} for each in ("", " 　", "屋" * 31)], [{"building": "屋" * 30}]),
    ("buildings_source", "buildings", [{"source": "new_built"}], [{"source": each} for each in ("school", "kindergarten", "old_house", "homestead")]),
    ("buildings_owned_by", "buildings", [{"owned_by": "me"}], [{"owned_by": each} for each in ("village", "household", "state_owned")]),
    ("buildings_area", "buildings", [{"area_m2": 0}, {"area_m2": 100_001}], [{"area_m2": 1}, {"area_m2": 100_000}]),
    ("buildings_distance", "buildings", [{"distance_m": -1}, {"distance_m": 50_001}], [{"distance_m": 0}, {"distance_m": 50_000}]),
    ("buildings_condition", "buildings", [{"condition": "old"}],
     [{"condition": each} for each in ("sound", "minor_repair", "major_repair", "unsafe")]),
    ("buildings_step_free", "buildings", [{"step_free": -1}], [{"step_free": 0}]),
    ("buildings_becomes", "buildings", [{"becomes": "idle_room"}], [{"becomes": each} for each in KINDS]),
    ("buildings_state", "buildings", [{"state": "sold"}],
     [{"state": each} for each in ("candidate", "inspected", "agreed", "converted", "dropped")]),
    ("buildings_unsafe", "buildings", [{"condition": "unsafe", "state": each} for each in ("agreed", "converted")],
     [{"condition": "unsafe", "state": "inspected"}, {"state": "agreed"}]),
    ("buildings_home_id_once", "buildings", [{"building": "老屋"}], [{}, {"building": "老屋", "home_id": 2}]),
    ("meter_readings_meter", "meter_readings", [{"meter": "sun"}], [{"meter": each} for each in ("water", "electricity", "heating", "gas_meter")]),
    ("meter_readings_day", "meter_readings", [{"meter": "heating", "day": each} for each in ("2026-02-30", "2026-1-1")], [{}]),
    ("meter_readings_reading", "meter_readings", [{"meter": "heating", "reading": each} for each in (-1, 100_000_000)],
     [{"meter": "heating", "reading": 0}, {"meter": "heating", "reading": 99_999_999}]),
    ("meter_readings_new_meter", "meter_readings", [{"new_meter": 2}], [{"new_meter": 1}]),
    ("meter_readings_home_id_once", "meter_readings", [{"day": "2026-11-05", "reading": 100}], [{}, {"day": "2026-11-05", "reading": 1, "home_id": 2}]),
    ("meter_readings_future", "meter_readings", [{"day": TOMORROW, "reading": 300}], [{"day": TODAY, "reading": 300}]),
    ("meter_readings_falls", "meter_readings",
     [{"reading": 99}, {"reading": 201}, {"day": "2026-11-16", "reading": 199}, {"day": "2026-11-01", "reading": 101}],
     [{"reading": 100}, {"reading": 200}, {"reading": 5, "new_meter": 1}, {"reading": 1, "home_id": 2}, {"day": "2026-11-19", "reading": 4}]),
]  # fmt: skip
ALONE = {
    "rooms_moved",
    "safety_checks_kept",
    "buildings_step",
    "meter_readings_new",
    "settings_number",
    "settings_minute",
}
# what may not change once it is there, and by which rule
KEPT = {
    "rooms": ("rooms_moved", {"home_id"}),
    "safety_checks": ("safety_checks_kept", {"home_id", "room_id", "day", "kind", "result"}),
    "buildings": ("buildings_step", {"state"}),
    "meter_readings": ("meter_readings_new", {"home_id", "meter", "day"}),
}
WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}),
    ("homes", {"id": 2, "name": "西院"}),
    ("rooms", {"id": 1, "home_id": 1, "room": "活动室", "kind": "activity_room"}),
    ("rooms", {"id": 2, "home_id": 2, "room": "食堂", "kind": "kitchen"}),
    ("safety_checks", {"id": 1, "home_id": 1, "day": "2026-11-01", "kind": "gas", "result": "defect", "note": "漏气"}),
    ("safety_checks", {"id": 2, "home_id": 2, "day": "2026-11-01", "kind": "gas"}),
    ("safety_checks", {"id": 3, "home_id": 1, "day": "2026-11-01", "kind": "food"}),
    ("buildings", {"id": 1, "home_id": 1, "building": "老屋", "source": "old_house"}),
    ("meter_readings", {"home_id": 1, "meter": "water", "day": "2026-11-05", "reading": 100}),
    ("meter_readings", {"home_id": 1, "meter": "water", "day": "2026-11-15", "reading": 200}),
    ("meter_readings", {"home_id": 1, "meter": "water", "day": "2026-11-18", "reading": 3, "new_meter": 1}),
]


@pytest.fixture
def village(data):
    """Two homes with a room each; a defect that waits; an old house; a water meter read twice, then a new one."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
    return scope


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_refuses_by_its_name(village, rule, table, refused, allowed):
    for row in (BASE[table] | bad for bad in refused):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"), village.work() as desk:
            desk.insert(table, row)
        with pytest.raises(sqlite3.IntegrityError) as said:
            script(village.data, inserting(table, row), row.values())
        assert _says(rule, said.value)
    for row in (BASE[table] | good for good in allowed):
        there = script(village.data, inserting(table, row), row.values())
        script(village.data, updating(table, row, there), row.values())
        for bad in refused:
            _refused_as_a_change(village, rule, table, row, bad, there)
        script(village.data, f"DELETE FROM {table} WHERE rowid = {there}")


def _refused_as_a_change(village, rule, table, row, bad, there):
    """What may never change is refused as such, all else by the rule."""
    worse = {name: None for name in row if name not in BASE[table]} | BASE[table] | bad
    with pytest.raises(sqlite3.IntegrityError) as said:
        script(village.data, updating(table, worse, there), worse.values())
    changed = {name for name in worse if worse[name] != row.get(name)}
    keeper, kept = KEPT.get(table, ("", set()))
    assert any(_says(each, said.value) for each in ({rule, keeper} if kept & changed else {rule}))


def test_a_room_stays_with_its_home(village):
    with pytest.raises(RuleBroken, match=r"^rooms_moved$"):
        village.save("rooms", {"id": 1, "home_id": 2})
    village.save("rooms", {"id": 1, "home_id": 1, "room": "大活动室"})


def test_a_room_that_was_used_is_not_deleted(village):
    script(
        village.data,
        "INSERT INTO closures (home_id, room_id, first_day, last_day, reason) VALUES (1, 1, '2026-11-01', '2026-11-01', 'repair')",
    )
    with pytest.raises(RuleBroken, match=r"^reference$"):
        village.remove("rooms", 1)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        script(village.data, "INSERT OR REPLACE INTO rooms (id, home_id, room, kind) VALUES (9, 1, '活动室', 'clinic')")
    village.remove("rooms", 2)
    assert village.read("room_hours", room_id=2).empty


@pytest.mark.parametrize("change", [
    "UPDATE safety_checks SET result = 'fine' WHERE id = 1",
    "UPDATE safety_checks SET day = '2026-10-01' WHERE id = 3",
    "UPDATE safety_checks SET kind = 'fire' WHERE id = 3",
    "UPDATE safety_checks SET home_id = 2 WHERE id = 3",
    "UPDATE safety_checks SET room_id = 1 WHERE id = 3",
    "UPDATE safety_checks SET id = 30 WHERE id = 3",
    "INSERT OR REPLACE INTO safety_checks (id, home_id, day, kind) VALUES (1, 1, '2026-11-01', 'gas')",
])  # fmt: skip
def test_what_a_check_found_is_never_altered(village, change):
    with pytest.raises(sqlite3.IntegrityError, match=r"^safety_checks_kept$"):
        script(village.data, change)
    village.save("safety_checks", {"id": 1, "note": "漏气，已关阀", "checked_by": "赵"})


STEPS = {("candidate", "inspected"), ("candidate", "dropped"), ("inspected", "agreed"), ("inspected", "dropped"),
         ("agreed", "converted"), ("agreed", "dropped"), ("dropped", "candidate")}  # fmt: skip
STATES = ("candidate", "inspected", "agreed", "converted", "dropped")


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_a_building_is_converted_step_by_step(village, old, new):
    building = village.save("buildings", BASE["buildings"] | {"state": old})
    if old == new or (old, new) in STEPS:
        village.save("buildings", {"id": building, "state": new})
    else:
        with pytest.raises(RuleBroken, match=r"^buildings_step$"):
            village.save("buildings", {"id": building, "state": new})


@pytest.mark.parametrize("change", [{"day": "2026-11-17"}, {"meter": "heating"}, {"home_id": 2}])
def test_the_first_reading_of_a_new_meter_stays_where_it_is(village, change):
    with pytest.raises(RuleBroken, match=r"^meter_readings_new$"):
        village.save("meter_readings", {"id": 3} | change)
    village.save("meter_readings", {"id": 3, "reading": 4})


def test_a_voucher_of_another_home_pays_for_no_repair(demo_data):
    scope = Scope(demo_data, operator=True)
    other = scope.save("homes", {"name": "西院"})
    paid = int(scope.read("spendings", limit=1)["id"].iloc[0])
    repair = scope.save("repairs", BASE["repairs"] | {"home_id": other})
    for row in (BASE["repairs"] | {"home_id": other, "spending_id": paid}, {"id": repair, "spending_id": paid}):
        with pytest.raises(RuleBroken, match=r"^repairs_home$"):
            scope.save("repairs", row)


@pytest.mark.parametrize("name", ["safety_days", "repair_days", "no_show_minutes"])
def test_the_settings_of_rooms_are_numbers(village, name):
    for value in ("0", "366", "", "两", "1.5", "-1"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^settings_number$"):
            script(village.data, "UPDATE settings SET value = ? WHERE name = ?", [value, name])
    for value in ("1", "365"):
        script(village.data, "UPDATE settings SET value = ? WHERE name = ?", [value, name])


def test_the_minute_is_one_of_the_day_or_the_real_one(village):
    for value in ("1440", "-1", "8:00", "x"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^settings_minute$"):
            script(village.data, "UPDATE settings SET value = ? WHERE name = 'minute'", [value])
    for value in ("0", "1439", ""):
        script(village.data, "UPDATE settings SET value = ? WHERE name = 'minute'", [value])


@pytest.mark.parametrize("table", ["rooms", "closures", "safety_checks", "repairs", "buildings", "meter_readings"])
def test_a_second_touch_books_once(village, table):
    first = village.save(table, BASE[table] | {"key": "touch"})
    assert village.save(table, BASE[table] | {"key": "touch"}) == first


def test_every_rule_of_rooms_is_here():
    """What the tables of this area can refuse with has its row or its test."""
    sql = (store.HERE / "tables" / "015_rooms.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    rules |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql)) | {"repairs_check_id_once"}
    assert rules == {row[0] for row in RULES} | ALONE
