"""Every rule of pairs, visits, referrals and extreme weather: refused by its name through the scope and by a script."""

import re
import sqlite3

import pytest

from db import store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import TOMORROW, _says, inserting, script, updating

FINE: Row = dict.fromkeys(("block_health", "block_living", "block_family", "block_safety", "block_wishes"), "fine")
NONE: Row = dict.fromkeys(FINE)
VISIT: Row = {"home_id": 1, "person_id": 1, "day": TODAY, "visitor_id": 2, "channel": "at_door", **FINE}
ENDED: Row = {"to_day": "2026-11-02", "end_reason": "no_time"}
BASE: dict[str, Row] = {
    "pairs": {"home_id": 1, "volunteer_id": 2, "elder_id": 1, "from_day": "2026-11-01"},
    "signs": {"code": "sign_new", "block": "block_health"},
    "visits": VISIT,
    "referrals": {
        "home_id": 1,
        "person_id": 1,
        "about": "other_matter",
        "day": "2026-11-10",
        "owner": "head",
        "due_by": "2026-11-12",
    },
    "weather": {"home_id": 1, "hazard": "cold", "first_day": "2026-11-01", "last_day": "2026-11-07"},
}
BLOCK: tuple[str, ...] = ("fine", "concern", "bad")
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("pairs_from_day", "pairs", [{"from_day": "2026-02-30"}, {"from_day": "春天"}], [{"from_day": "2024-02-29"}]),
    ("pairs_to_day", "pairs", [{"to_day": "2026-02-30", "end_reason": "death"}, {"to_day": "明天", "end_reason": "death"}], [ENDED]),
    ("pairs_end_reason", "pairs", [ENDED | {"end_reason": "bored"}],
     [ENDED | {"end_reason": each} for each in ("moved_away", "unwell", "unwilling", "no_time", "death", "pair_other")]),
    ("pairs_self", "pairs", [{"elder_id": 2}], [{}]),
    ("pairs_order", "pairs", [ENDED | {"to_day": "2026-10-31"}], [ENDED | {"to_day": "2026-11-01"}]),
    ("pairs_ended", "pairs", [{"to_day": "2026-11-02"}, {"end_reason": "death"}], [{}, ENDED]),
    ("pairs_future", "pairs", [{"from_day": TOMORROW}, ENDED | {"to_day": TOMORROW}], [{"from_day": TODAY}, ENDED | {"to_day": TODAY}]),
    ("pairs_home", "pairs", [{"volunteer_id": 3}, {"elder_id": 3}, {"home_id": 2}], [{}]),
    ("pairs_able", "pairs", [{"volunteer_id": 4}, {"volunteer_id": 5}], [{}]),
    ("pairs_younger", "pairs", [{"volunteer_id": 6}, {"volunteer_id": 1, "elder_id": 2}],
     [{"volunteer_id": 6, "elder_id": 4}, {"volunteer_id": 7}, {"volunteer_id": 8}]),
    ("pairs_left", "pairs", [{"elder_id": 9}, {"elder_id": 10}, {"volunteer_id": 10}], [{"elder_id": 9, **ENDED}, {"elder_id": 11}]),
    ("signs_block", "signs", [{"block": "block_new"}], [{"block": "block_wishes"}]),
    ("visits_day", "visits", [{"day": "2026-02-30"}, {"day": "春天"}], [{"day": "2026-02-28"}]),
    ("visits_start", "visits", [{"start_minute": -1}, {"start_minute": 1440}], [{"start_minute": 0}, {"start_minute": 1439}]),
    ("visits_minutes", "visits", [{"minutes": 0}, {"minutes": 181}, {"minutes": 10000}], [{"minutes": 1}, {"minutes": 180}]),
    ("visits_visitor_name", "visits", [{"visitor_id": None, "visitor_name": " 　"}], [{"visitor_id": None, "visitor_name": "邻居"}]),
    ("visits_channel", "visits", [{"channel": "letter"}],
     [{"channel": each} for each in ("at_door", "by_call", "third_party", "neighbours_told", "alarm", "hotline")]),
    *((f"visits_{block}", "visits", [{block: "good"}], [{block: each} for each in BLOCK]) for block in FINE),
    ("visits_signs", "visits", [{"signs": "sign_pain"}, {"signs": "{}"}], [{"signs": "[]"}]),
    ("visits_sign_known", "visits", [{"signs": '["sign_pain", "sign_odd"]'}, {"signs": "[null]"}], [{"signs": '["sign_pain", "wish_talk"]'}]),
    ("visits_visitor", "visits", [{"visitor_id": None}, {"visitor_name": "邻居"}], [{}, {"visitor_id": None, "visitor_name": "邻居"}]),
    ("visits_self", "visits", [{"visitor_id": 1}], [{}]),
    ("visits_something", "visits", [NONE | {"channel": "by_call"}], [NONE | {"channel": "by_call", "block_wishes": "fine"}]),
    ("visits_whole", "visits", [{block: None} for block in FINE], [{}, {"channel": "alarm", "block_safety": None}]),
    ("visits_future", "visits", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("visits_home", "visits", [{"person_id": 3}, {"visitor_id": 3}, {"home_id": 2}], [{}]),
    ("visits_left", "visits", [{"person_id": 9}, {"person_id": 9, "day": "2026-06-01"}], [{"person_id": 9, "day": "2026-05-31"}]),
    ("visits_log_id_once", "visits", [{"log_id": 1}], [{}]),
    ("referrals_about", "referrals", [{"about": "money"}], [{"about": each} for each in (*FINE, "other_matter")]),
    ("referrals_day", "referrals", [{"day": "2026-02-30"}, {"day": "1月"}], [{"day": "2024-02-29"}]),
    ("referrals_owner", "referrals", [{"owner": "nobody"}],
     [{"owner": each} for each in ("caretaker", "head", "committee", "doctor", "relatives", "township")]),
    ("referrals_due_by", "referrals", [{"due_by": "2026-02-30"}, {"due_by": "月底"}], [{"due_by": "2027-02-28"}]),
    ("referrals_closed_day", "referrals", [{"closed_day": "2026-02-30", "outcome": "solved"}, {"closed_day": "月底", "outcome": "solved"}],
     [{"closed_day": "2026-11-11", "outcome": "solved"}]),
    ("referrals_outcome", "referrals", [{"closed_day": TODAY, "outcome": "lost"}],
     [{"closed_day": TODAY, "outcome": each} for each in ("solved", "handed_on", "declined", "not_needed")]),
    ("referrals_due_order", "referrals", [{"due_by": "2026-11-09"}], [{"due_by": "2026-11-10"}]),
    ("referrals_order", "referrals", [{"closed_day": "2026-11-09", "outcome": "solved"}], [{"closed_day": "2026-11-10", "outcome": "solved"}]),
    ("referrals_closing", "referrals", [{"closed_day": TODAY}, {"outcome": "solved"}], [{"closed_day": TODAY, "outcome": "solved"}]),
    ("referrals_future", "referrals", [{"day": TOMORROW, "due_by": TOMORROW}, {"closed_day": TOMORROW, "outcome": "solved"}],
     [{"day": TODAY, "due_by": TOMORROW}]),
    ("referrals_home", "referrals", [{"person_id": 3}, {"home_id": 2}], [{"home_id": 2, "person_id": 3}]),
    ("referrals_visit", "referrals", [{"visit_id": 1}], [{"visit_id": 1, "person_id": 8}]),
    ("referrals_person_id_once", "referrals", [{"person_id": 8, "about": "block_health"}],
     [{"person_id": 8}, {"person_id": 8, "about": "block_safety"},
      {"person_id": 8, "about": "block_health", "closed_day": TODAY, "outcome": "solved"}]),
    ("weather_hazard", "weather", [{"hazard": "flood"}], [{"hazard": each} for each in ("heat", "cold", "storm", "snow")]),
    ("weather_first_day", "weather", [{"first_day": "2026-02-30"}, {"first_day": "昨天"}], [{"first_day": "2026-10-31"}]),
    ("weather_last_day", "weather", [{"last_day": "2026-11-31"}, {"last_day": "明天"}], [{"last_day": "2026-11-30"}]),
    ("weather_contacts", "weather", [{"contacts": 0}, {"contacts": 22}], [{"contacts": 1}, {"contacts": 21}]),
    ("weather_order", "weather", [{"last_day": "2026-10-31"}], [{"last_day": "2026-11-01"}]),
    ("weather_long", "weather", [{"last_day": "2026-12-02"}], [{"last_day": "2026-12-01"}]),
    ("weather_apart", "weather",
     [{"hazard": "heat", "first_day": first, "last_day": last}
      for first, last in (("2026-07-10", "2026-07-10"), ("2026-07-01", "2026-07-05"), ("2026-07-06", "2026-07-07"), ("2026-07-01", "2026-07-20"))],
     [{"first_day": "2026-07-06", "last_day": "2026-07-07"}, {"hazard": "heat", "first_day": "2026-07-11", "last_day": "2026-07-12"},
      {"hazard": "heat", "first_day": "2026-07-01", "last_day": "2026-07-04"}]),
]  # fmt: skip
ALONE = {
    "pairs_twice",
    "pairs_most",
    "pairs_kept",
    "visits_kept",
    "referrals_kept",
    "settings_number",
    "settings_contacts",
}
KEPT = {
    "pairs": {"volunteer_id", "elder_id", "from_day", "home_id"},
    "visits": {"person_id", "visitor_id", "visitor_name", "channel", "home_id", "log_id"},
}
WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}),
    ("homes", {"id": 2, "name": "西院"}),
    *(("persons", {"id": id, "home_id": home, "name": name, "birth_day": born, "self_care": able}) for id, home, name, born, able in (
        (1, 1, "张", "1940-01-01", "able"), (2, 1, "王", "1960-01-01", "able"), (3, 2, "李", "1960-01-01", "able"),
        (4, 1, "赵", "1962-01-01", "partial"), (5, 1, "孙", "1962-01-01", "none"), (6, 1, "周", "1939-12-31", "able"),
        (7, 1, "吴", "1940-01-01", None), (8, 1, "郑", None, "able"), (9, 1, "陈", "1938-01-01", "able"),
        (10, 1, "褚", "1938-01-01", "able"), (11, 1, "卫", "1938-01-01", "able"))),
    ("stays", {"id": 1, "home_id": 1, "person_id": 1, "from_day": "2026-01-01"}),
    ("stays", {"id": 2, "home_id": 1, "person_id": 9, "from_day": "2026-01-01", "to_day": "2026-06-01", "end_reason": "left"}),
    ("stays", {"id": 3, "home_id": 1, "person_id": 10, "from_day": "2026-01-01", "to_day": "2026-06-01", "end_reason": "death"}),
    ("visits", VISIT | {"id": 1, "person_id": 8, "day": "2026-11-08", "block_health": "bad"}),
    ("weather", {"home_id": 1, "hazard": "heat", "first_day": "2026-07-05", "last_day": "2026-07-10"}),
]  # fmt: skip


@pytest.fixture
def village(data):
    """Two homes; the old and the younger, the frail, one who left, one who died; a visit that opened a referral; a heat wave."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
    return scope


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_refuses_by_its_name(village, rule, table, refused, allowed):
    for row in (BASE[table] | bad for bad in refused):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            village.save(table, row)
        with pytest.raises(sqlite3.IntegrityError) as said:
            script(village.data, inserting(table, row), row.values())
        assert _says(rule, said.value)
    for row in (BASE[table] | good for good in allowed):
        there = script(village.data, inserting(table, row), row.values())
        script(village.data, updating(table, row, there), row.values())
        for bad in refused:
            _refused_as_a_change(village, rule, table, row, bad, there)
        script(village.data, f"DROP TRIGGER IF EXISTS {table}_kept_deleted")
        script(village.data, f"DELETE FROM {table} WHERE rowid = {there}")


def _refused_as_a_change(village, rule, table, row, bad, there):
    """What may never change is refused as such, all else by the rule; a closed matter stays as it is."""
    if row.get("closed_day") or row.get("to_day"):
        return
    worse = (
        {name: None for name in row if name not in {*BASE[table], "signs", "minutes", "contacts"}} | BASE[table] | bad
    )
    with pytest.raises(sqlite3.IntegrityError) as said:
        script(village.data, updating(table, worse, there), worse.values())
    changed = {name for name in worse if worse[name] != row.get(name)}
    kept = {f"{table}_kept"} if KEPT.get(table, set()) & changed else set()
    assert any(_says(each, said.value) for each in {rule} | kept)


def people(scope: Scope, *names: str) -> list[int]:
    return [scope.save("persons", {"home_id": 1, "name": name, "birth_day": "1935-01-01"}) for name in names]


def test_nobody_has_more_than_five_elders_at_a_time(village):
    """Four stand since July and one ended in August: a fifth can begin then, a sixth is refused, also one that began before."""
    elders = people(village, *"甲乙丙丁戊己庚")
    for elder in elders[:4]:
        village.save("pairs", BASE["pairs"] | {"elder_id": elder, "from_day": "2026-07-01"})
    ended = {"to_day": "2026-08-01", "end_reason": "unwell"}
    village.save("pairs", BASE["pairs"] | {"elder_id": elders[4], "from_day": "2026-07-01"} | ended)
    for first, last in (("2026-07-31", None), ("2026-06-01", "2026-07-02")):
        row = BASE["pairs"] | {
            "elder_id": elders[5],
            "from_day": first,
            "to_day": last,
            "end_reason": last and "unwell",
        }
        with pytest.raises(RuleBroken, match=r"^pairs_most$"):
            village.save("pairs", row)
    before = {"from_day": "2026-06-01", "to_day": "2026-07-01", "end_reason": "unwell"}
    village.save("pairs", BASE["pairs"] | {"elder_id": elders[5]} | before)
    village.save("pairs", BASE["pairs"] | {"elder_id": elders[5], "from_day": "2026-08-01"})
    with pytest.raises(RuleBroken, match=r"^pairs_most$"):
        village.save("pairs", BASE["pairs"] | {"elder_id": elders[6]})
    with pytest.raises(RuleBroken, match=r"^pairs_most$"):
        village.save("pairs", BASE["pairs"] | {"elder_id": elders[6], "from_day": "2026-07-15"})
    script(village.data, "UPDATE settings SET value = '6' WHERE name = 'pair_elders'")
    village.save("pairs", BASE["pairs"] | {"elder_id": elders[6]})


def test_the_same_two_are_one_pair_at_a_time(village):
    first = village.save("pairs", BASE["pairs"])
    with pytest.raises(RuleBroken, match=r"^pairs_twice$"):
        village.save("pairs", BASE["pairs"] | {"from_day": TODAY})
    village.save("pairs", {"id": first} | ENDED)
    with pytest.raises(RuleBroken, match=r"^pairs_twice$"):
        village.save("pairs", BASE["pairs"] | {"from_day": "2026-11-01"})
    assert village.save("pairs", BASE["pairs"] | {"from_day": "2026-11-02"})


def test_a_pair_can_only_end_and_stays(village):
    pair = village.save("pairs", BASE["pairs"])
    for change in ({"volunteer_id": 7}, {"elder_id": 11}, {"from_day": "2026-10-01"}):
        with pytest.raises(RuleBroken, match=r"^pairs_kept$"):
            village.save("pairs", {"id": pair} | change)
    village.save("pairs", {"id": pair} | ENDED)
    for change in ({"to_day": None, "end_reason": None}, {"to_day": TODAY}, {"end_reason": "unwell"}):
        with pytest.raises(RuleBroken, match=r"^pairs_kept$"):
            village.save("pairs", {"id": pair} | change)
    with pytest.raises(sqlite3.IntegrityError, match=r"^pairs_kept$"):
        script(village.data, "DELETE FROM pairs")
    village.save("pairs", {"id": pair, "note": "去了女儿家"})


@pytest.mark.parametrize(("change", "reason"), [
    ("UPDATE stays SET to_day = '2026-11-19', end_reason = 'death', end_decided_by = '村委会' WHERE id = 1", "death"),
    ("UPDATE stays SET to_day = '2026-11-19', end_reason = 'left', end_decided_by = '村委会' WHERE id = 1", "moved_away"),
    ("UPDATE persons SET home_id = 2 WHERE id = 2", "moved_away"),
])  # fmt: skip
def test_whoever_moves_or_dies_leaves_their_pairs(village, change, reason):
    village.save("pairs", BASE["pairs"])
    script(village.data, change)
    pair = village.read("pairs").iloc[0]
    assert pair["end_reason"] == reason
    assert pair["to_day"] == (TODAY if "persons" in change else "2026-11-19")


def test_what_is_open_about_somebody_goes_along_and_ends_with_their_death(village):
    village.save("referrals", BASE["referrals"] | {"person_id": 7})
    village.save("referrals", BASE["referrals"])
    script(village.data, "UPDATE persons SET home_id = 2 WHERE id = 7")
    assert village.read("referrals", person_id=7)["home_id"].tolist() == [2]
    script(
        village.data,
        "UPDATE stays SET to_day = '2026-11-19', end_reason = 'death', end_decided_by = '村委会' WHERE id = 1",
    )
    closed = village.read("referrals", person_id=1).iloc[0]
    assert (closed["closed_day"], closed["outcome"]) == ("2026-11-19", "not_needed")


def test_who_visited_whom_and_how_stays(village):
    visit = village.save("visits", VISIT)
    for change in (
        {"person_id": 7},
        {"visitor_id": 7},
        {"visitor_id": None, "visitor_name": "邻居"},
        {"channel": "by_call"},
        {"log_id": None},
    ):
        with pytest.raises(RuleBroken, match=r"^visits_kept$"):
            village.save("visits", {"id": visit} | change)
    village.save("visits", {"id": visit, "note": "改备注", "block_health": "concern"})


def test_a_closed_referral_stays(village):
    row = village.save("referrals", BASE["referrals"])
    village.save("referrals", {"id": row, "owner": "doctor", "due_by": "2026-11-30"})
    village.save("referrals", {"id": row, "closed_day": TODAY, "outcome": "solved"})
    for change in (
        {"closed_day": None, "outcome": None},
        {"outcome": "declined"},
        {"owner": "head"},
        {"due_by": TOMORROW},
    ):
        with pytest.raises(RuleBroken, match=r"^referrals_kept$"):
            village.save("referrals", {"id": row} | change)
    with pytest.raises(sqlite3.IntegrityError, match=r"^referrals_kept$"):
        script(village.data, "DELETE FROM referrals")


@pytest.mark.parametrize(
    "name", ["pair_elders", "pair_contacts", "visit_days_change", "referral_days", "weather_contacts"]
)
def test_the_settings_of_visits_are_numbers(village, name):
    most = 21 if name == "weather_contacts" else 365
    rule = "settings_contacts" if name == "weather_contacts" else "settings_number"
    for value in ("0", str(most + 1), "", "两", "1.5", "-1"):
        with pytest.raises(sqlite3.IntegrityError, match=rf"^{rule}$"):
            script(village.data, "UPDATE settings SET value = ? WHERE name = ?", [value, name])
    for value in ("1", str(most)):
        script(village.data, "UPDATE settings SET value = ? WHERE name = ?", [value, name])


@pytest.mark.parametrize("table", ["pairs", "visits", "referrals", "weather"])
def test_a_second_touch_books_once(village, table):
    first = village.save(table, BASE[table] | {"key": "touch"})
    logs = len(village.read("care_logs"))
    assert village.save(table, BASE[table] | {"key": "touch"}) == first
    assert len(village.read("care_logs")) == logs


def test_every_rule_of_visits_is_here():
    """What the tables of this area can refuse with has its row or its test."""
    sql = (store.HERE / "tables" / "011_visits.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    rules |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql)) | {"visits_log_id_once"}
    assert rules == {row[0] for row in RULES} | ALONE
