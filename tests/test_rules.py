"""Every rule of the tables: refused by its name through the scope and by a script, its border case let through."""

import json
import random
import re
import sqlite3
from functools import lru_cache
from pathlib import Path

import pytest

from db import store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY

TOMORROW = "2026-11-21"
HASH = f"$2b$04${'x' * 53}"
BASE: dict[str, Row] = {
    "homes": {"name": "新院"},
    "services": {"code": "new", "professional": 0},
    "persons": {"home_id": 1, "name": "新人"},
    "stays": {"home_id": 1, "person_id": 2, "from_day": "2026-01-01"},
    "care_logs": {"home_id": 1, "day": TODAY, "giver_id": 1, "receiver_id": 2, "service": "meal", "minutes": 30},
    "gifts": {"home_id": 1, "day": TODAY, "source": "family", "amount_fen": 1},
    "users": {"username": "new", "name": "新", "role": "auditor", "password_hash": HASH},
    "sessions": {"user_id": 1, "hash": "new", "created_at": TODAY, "expires_at": TODAY},
    "imports": {"file_name": "a", "file_hash": "b", "at": TODAY, "user_name": "c"},
    "import_headings": {"relation": "persons", "heading": "新", "column_name": "name"},
}
NUMBER: tuple[list[Row], list[Row]] = (
    [{"value": each} for each in ("0", "366", "5.5", "-1", "五", "", "5 ")],
    [{"value": "1"}, {"value": "365"}],
)
OPEN: Row = {"giver_id": None, "receiver_id": None, "giver_name": "某", "receiver_name": "某"}
# a row a rule: what it refuses and what it lets through, each over BASE; an id stands for a row that is there
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("homes_name", "homes", [{"name": ""}, {"name": "  "}, {"name": " 　"}], [{"name": "甲"}]),
    ("homes_kind", "homes", [{"kind": "hotel"}, {"kind": "Day"}], [{"kind": "day"}, {"kind": "residential"}]),
    ("homes_beds", "homes", [{"beds": -1}, {"beds": 1000}], [{"beds": 0}, {"beds": 999}]),
    ("homes_day_places", "homes", [{"day_places": -1}, {"day_places": 1000}], [{"day_places": 0}, {"day_places": 999}]),
    ("homes_min_age", "homes", [{"min_age": -1}, {"min_age": 101}], [{"min_age": 0}, {"min_age": 100}]),
    ("homes_stars", "homes", [{"stars": -1}, {"stars": 4}], [{"stars": 0}, {"stars": 3}, {"stars": None}]),
    ("homes_opened", "homes", [{"opened": "2025-02-29"}, {"opened": "去年"}, {"opened": "2012"}],
     [{"opened": "2024-02-29"}, {"opened": None}]),
    ("homes_day_no_beds", "homes", [{"kind": "day", "beds": 1}], [{"kind": "day", "beds": 0}]),
    ("homes_once", "homes", [{"name": "东院", "village": "前屯"}, {"name": "西院"}],
     [{"name": "东院", "village": "后屯"}, {"name": "东院", "village": "前屯", "township": "东河乡"}]),
    ("services_professional", "services", [{"professional": 2}], [{"professional": 1}]),
    ("persons_name", "persons", [{"name": ""}, {"name": " "}, {"name": "　"}, {"name": "长" * 61}], [{"name": "长" * 60}]),
    ("persons_sex", "persons", [{"sex": "男"}], [{"sex": "male"}, {"sex": "female"}, {"sex": None}]),
    ("persons_birth_day", "persons",
     [{"birth_day": each} for each in ("1948-2-1", "1949-02-29", "1900-01-01", "1948年", "19480312")],
     [{"birth_day": "1948-02-29"}, {"birth_day": "1905-11-21"}, {"birth_day": None}]),
    ("persons_birth_estimated", "persons", [{"birth_estimated": 2}], [{"birth_estimated": 1}]),
    ("persons_phone", "persons", [{"phone": "1234"}, {"phone": "1" * 21}, {"phone": "13800000000.0"}],
     [{"phone": "12345"}, {"phone": "1" * 20}, {"phone": "+86 138-0000-0000"}, {"phone": None}]),
    ("persons_self_care", "persons", [{"self_care": "well"}], [{"self_care": each} for each in ("able", "none", None)]),
    ("persons_categories", "persons", [{"categories": "alone"}, {"categories": '{"a": "alone"}'}, {"categories": "{}"}],
     [{"categories": "[]"}]),
    ("persons_category_known", "persons", [{"categories": '["alone", "rich"]'}, {"categories": "[null]"}],
     [{"categories": '["alone", "veteran"]'}]),
    ("persons_kin_phone", "persons", [{"kin_phone": "1234"}, {"kin_phone": "1" * 21}, {"kin_phone": "女儿12345"}],
     [{"kin_phone": "12345"}, {"kin_phone": "1" * 20}]),
    ("persons_id_whole", "persons", [{"id_sealed": "s"}, {"id_print": "q"}, {"id_sealed": "s", "id_print": "q"}], [{}]),
    ("persons_id_print_once", "persons", [{"id_sealed": "s", "id_print": "taken", "id_mask": "m"}], [{}]),
    ("persons_born", "persons", [{"birth_day": TOMORROW}], [{"birth_day": TODAY}]),
    ("stays_from_day", "stays", [{"from_day": "2026-02-30"}, {"from_day": "春天"}], [{"from_day": "2024-02-29"}]),
    ("stays_to_day", "stays", [{"to_day": "2026-02-30"}, {"to_day": "春天"}], [{"to_day": "2026-03-01"}]),
    ("stays_end_reason", "stays", [{"to_day": "2026-02-01", "end_reason": "bored"}],
     [{"to_day": "2026-02-01", "end_reason": each} for each in ("left", "transfer", "death", None)]),
    ("stays_order", "stays", [{"to_day": "2026-01-01"}, {"to_day": "2025-12-31"}], [{"to_day": "2026-01-02"}]),
    ("stays_ended", "stays", [{"end_reason": "left"}], [{"end_reason": "left", "to_day": "2026-02-01"}]),
    ("stays_overlap", "stays",
     [{"person_id": 1, "from_day": first, "to_day": last} | ({"end_reason": "left", "end_decided_by": "村委会"} if last else {})
      for first, last in (("2026-02-28", None), ("2026-01-01", "2026-02-02"), ("2026-02-10", "2026-02-20"),
                          ("2026-01-01", None), ("2026-02-01", "2026-03-01"))],
     [{"person_id": 1, "from_day": "2026-03-01"}, {"person_id": 1, "from_day": "2026-01-01", "to_day": "2026-02-01"},
      {"person_id": 2, "from_day": "2026-02-10"}]),
    ("stays_person_home", "stays", [{"home_id": 2}, {"person_id": 3}], [{"home_id": 2, "person_id": 3}]),
    ("care_logs_day", "care_logs", [{"day": "2026-02-30"}, {"day": "20250101"}, {"day": "2026-11"}, {"day": "1月"}, {"day": "不详"}],
     [{"day": "2024-02-29"}]),
    ("care_logs_start", "care_logs", [{"start_minute": -1}, {"start_minute": 1440}],
     [{"start_minute": 0}, {"start_minute": 1439}]),
    ("care_logs_minutes", "care_logs", [{"minutes": 0}, {"minutes": 1441}],
     [{"minutes": 1}, {"minutes": 1440, "service": "urgent"}]),
    ("care_logs_giver", "care_logs", [{"giver_id": None}, {"giver_name": "某"}],
     [{"giver_id": None, "giver_name": "某"}]),
    ("care_logs_receiver", "care_logs", [{"receiver_id": None}, {"receiver_name": "某"}],
     [{"receiver_id": None, "receiver_name": "某"}]),
    ("care_logs_self", "care_logs", [{"giver_id": 2}, {"receiver_id": 1}], [OPEN]),
    ("care_logs_future", "care_logs", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("care_logs_home", "care_logs", [{"home_id": 2}, {"giver_id": 3}, {"receiver_id": 3}],
     [{"home_id": 2, "giver_id": 3, "receiver_id": None, "receiver_name": "某"}]),
    ("gifts_day", "gifts", [{"day": "2026-02-30"}, {"day": "2026"}, {"day": "1月"}], [{"day": "2024-02-29"}]),
    ("gifts_source", "gifts", [{"source": "loan"}],
     [{"source": each} for each in "fiscal collective enterprise charity individual family filial".split()]),
    ("gifts_amount", "gifts", [{"amount_fen": 0}, {"amount_fen": -1}, {"amount_fen": 10**11 + 1}],
     [{"amount_fen": 1}, {"amount_fen": 10**11}]),
    ("gifts_quantity", "gifts", [{"item": "米", "quantity": 0}, {"item": "米", "quantity": -1}],
     [{"item": "米", "quantity": 0.5}]),
    ("gifts_purpose", "gifts", [{"purpose": "party"}], [{"purpose": "meals"}, {"purpose": None}]),
    ("gifts_something", "gifts", [{"amount_fen": None}], [{"amount_fen": None, "item": "米"}]),
    ("gifts_quantity_item", "gifts", [{"quantity": 1}], [{"item": "米", "quantity": 1}]),
    ("gifts_lottery", "gifts", [{"source": "lottery", "purpose": "meals"}],
     [{"source": "lottery", "purpose": "repairs"}, {"source": "lottery", "purpose": "equipment"}]),
    ("gifts_future", "gifts", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("users_username", "users", [{"username": each} for each in ("x", "x" * 41, "Xu", "许三", "x y", "x'")],
     [{"username": "xu"}, {"username": "x" * 40}, {"username": "a.b_c-9"}]),
    ("users_name", "users", [{"name": " "}], [{"name": "许"}]),
    ("users_role", "users", [{"role": "king"}], [{"role": "admin"}, {"role": "official"}, {"role": "auditor"}]),
    ("users_active", "users", [{"active": 2}], [{"active": 0}]),
    ("users_password_hash", "users", [{"password_hash": each} for each in ("secret", HASH + "x", "x" * 60)],
     [{"password_hash": HASH}]),
    ("users_must_change", "users", [{"must_change": 2}], [{"must_change": 0}]),
    ("users_caretaker_home", "users", [{"role": "caretaker"}], [{"role": "caretaker", "home_id": 1}]),
    ("users_funder_donor", "users", [{"role": "funder"}], [{"role": "funder", "donor": "面粉厂"}]),
    ("users_username_once", "users", [{"username": "old"}], [{"username": "older"}]),
    ("sessions_claimed", "sessions", [{"claimed": 2}], [{"claimed": 1}]),
    ("sessions_hash_once", "sessions", [{"hash": "old"}], [{"hash": "older"}]),
    ("imports_saved", "imports", [{"saved": -1}], [{"saved": 0}]),
    ("imports_known", "imports", [{"known": -1}], [{"known": 0}]),
    ("imports_refused", "imports", [{"refused": -1}], [{"refused": 0}]),
    ("import_headings_relation_once", "import_headings", [{"heading": "姓名"}],
     [{"relation": "gifts", "heading": "姓名"}]),
    ("settings_number", "settings", NUMBER[0], [row | {"id": each} for each in (2, 3, 4) for row in NUMBER[1]]),
    ("settings_today", "settings", [{"value": "2026-02-30"}, {"value": "明天"}, {"value": "now"}],
     [{"id": 5, "value": ""}, {"id": 5, "value": "2024-02-29"}]),
    ("settings_demo", "settings", [{"value": "yes"}, {"value": ""}],
     [{"id": 1, "value": "1"}, {"id": 1, "value": "0"}]),
    ("settings_kept", "settings", [{"name": "other"}], [{"id": 2, "name": "small_group"}]),
]  # fmt: skip
ELSEWHERE = {"persons_home", "actor_one", "audit_action", "audit_kept", "settings_name_once", "users_last_admin"}


def script(data: Path, sql: str, values=()) -> int:
    """What a script without any of our code does; the new id."""
    with _outsider(data) as connection:
        return connection.execute(sql, list(values)).lastrowid or 0


@lru_cache(maxsize=1)
def _outsider(data: Path) -> sqlite3.Connection:
    """A connection kept for one test's script, since each new one reads the whole schema."""
    connection = sqlite3.connect(data / "happiness.db")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def inserting(table: str, row: Row) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"


def updating(table: str, row: Row, id: int) -> str:
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in row)} WHERE rowid = {id}"


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_refuses_by_its_name(given, rule, table, refused, allowed):
    """
    homes
    id  name  village
    1   东院  前屯
    2   西院  -

    persons
    id  home_id  name  id_sealed  id_print  id_mask
    1   1        张    sealed     taken     mask
    2   1        王    -          -         -
    3   2        李    -          -         -

    stays
    home_id  person_id  from_day    to_day
    1        1          2026-02-01  2026-03-01

    import_headings
    relation  heading  column_name
    persons   姓名     name
    """
    user = given.save("users", BASE["users"] | {"username": "old", "role": "admin"})
    given.save("sessions", BASE["sessions"] | {"hash": "old", "user_id": user})
    known = sqlite3.IntegrityError
    for bad in refused if table in BASE else []:
        row = BASE[table] | bad
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            given.save(table, row)
        with pytest.raises(known) as said:
            script(given.data, inserting(table, row), row.values())
        assert _says(rule, said.value)
    for good in allowed:
        there = good.get("id") or given.save(table, BASE[table] | good)
        row = {name: value for name, value in (BASE.get(table, {}) | good).items() if name != "id"}
        script(given.data, updating(table, row, there), row.values())
        for bad in refused:
            bad_row = dict.fromkeys(row, None) | BASE.get(table, {}) | bad
            with pytest.raises(known) as said:
                script(given.data, updating(table, bad_row, there), bad_row.values())
            assert _says(rule, said.value)
            if table != "services":  # has no id
                with pytest.raises(RuleBroken, match=rf"^{rule}$"):
                    given.save(table, bad_row | {"id": there})
        if table in BASE:
            script(given.data, f"DELETE FROM {table} WHERE rowid = {there}")


def _says(rule: str, error: sqlite3.Error) -> bool:
    """Whether SQLite's message names the rule, or the columns that a `_once` is about."""
    named = re.sub(r"UNIQUE constraint failed: (\w+)\.(\w+).*", r"\1_\2_once", str(error))
    return re.search(rf"(^|[ '])({rule})('|$)", named) is not None


def test_every_rule_has_its_row(data):
    """A rule added to the first tables has to be added here; later areas have tests of their own."""
    sql = "".join(path.read_text(encoding="utf-8") for path in store.HERE.glob("tables/00[1-4]*.sql"))
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    with store.reading(data) as db:
        for table in (each for each in db.tables if f"CREATE TABLE {each.name} (" in sql):
            unique = [index for index in table.indexes if index.unique and index.columns != ["key"]]
            rules |= {index.name for index in unique if index.origin == "c" and f" {index.name} ON" in sql}
            rules |= {f"{table.name}_{index.columns[0]}_once" for index in unique if index.origin == "u"}
    assert rules == {row[0] for row in RULES} | ELSEWHERE


def test_settings_are_kept_and_named_once(data):
    for sql in ("DELETE FROM settings WHERE name = 'today'", "UPDATE settings SET name = 'x' WHERE name = 'today'"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^settings_kept$"):
            script(data, sql)
    with pytest.raises(RuleBroken, match=r"^settings_kept$"):
        Scope(data, operator=True).remove("settings", 2)
    with pytest.raises(RuleBroken, match=r"^settings_name_once$"):
        Scope(data, operator=True).save("settings", {"name": "today", "value": "never"})
    assert Scope(data, operator=True).save("settings", {"name": "of_a_later_area", "value": "any"})


def test_there_is_one_actor(data):
    with pytest.raises(RuleBroken, match=r"^actor_one$"):
        Scope(data, operator=True).save("actor", {"name": "second"})
    with pytest.raises(sqlite3.IntegrityError, match="actor_one"):
        script(data, "UPDATE actor SET id = 2")


@pytest.mark.parametrize("row", [{"role": "official"}, {"active": 0}])
def test_the_last_administrator_stays(data, row):
    scope = Scope(data, operator=True)
    first = scope.save("users", BASE["users"] | {"username": "first", "role": "admin"})
    scope.save("users", BASE["users"] | {"username": "former", "role": "admin", "active": 0})
    with pytest.raises(RuleBroken, match=r"^users_last_admin$"):
        scope.save("users", {"id": first} | row)
    with pytest.raises(sqlite3.IntegrityError, match=r"^users_last_admin$"):
        script(data, updating("users", row, first), row.values())
    with pytest.raises(RuleBroken, match=r"^users_last_admin$"):
        scope.remove("users", first)
    second = scope.save("users", BASE["users"] | {"username": "second", "role": "admin"})
    scope.save("users", {"id": first} | row)
    with pytest.raises(RuleBroken, match=r"^users_last_admin$"):
        scope.save("users", {"id": second} | row)


@pytest.mark.parametrize(("rule", "values", "table", "row"), [
    ("required", {"column": "name"}, "persons", {"home_id": 1}),
    ("required", {"column": "minutes"}, "care_logs", {"home_id": 1, "day": TODAY, "giver_id": 1, "service": "meal"}),
    ("wrong_type", {"column": "beds"}, "homes", {"name": "甲", "beds": "many"}),
    ("wrong_type", {"column": "amount_fen"}, "gifts", BASE["gifts"] | {"amount_fen": 0.5}),
    ("reference", {}, "persons", {"name": "甲", "home_id": 9}),
    ("reference", {}, "care_logs", BASE["care_logs"] | OPEN | {"service": "dance"}),
])  # fmt: skip
def test_what_is_missing_or_no_such_thing_is_refused(given, rule, values, table, row):
    """
    homes
    id  name
    1   东院
    """
    with pytest.raises(RuleBroken, match=rf"^{rule}$") as refused:
        given.save(table, row)
    assert refused.value.values == values


def test_what_others_rest_on_stays(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    """
    with pytest.raises(RuleBroken, match=r"^reference$"):
        given.remove("homes", 1)


def test_a_rule_unknown_to_sqlite_is_no_refusal(data):
    """A column that is not there is our mistake, not the user's."""
    with pytest.raises(sqlite3.OperationalError, match="no column named nam"):
        Scope(data, operator=True).save("homes", {"nam": "甲"})


def test_namesakes_may_live_together(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name  birth_day
    1        张三  1948-03-01
    1        张三  1948-03-01
    """
    assert len(given.read("persons")) == 2


def test_who_lives_in_a_home_is_not_moved_to_another(given):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    id  home_id  name
    1   1        张
    2   1        王
    3   1        李

    stays
    id  home_id  person_id  from_day    to_day
    1   1        1          2026-02-01  -
    2   1        2          2026-02-01  2026-11-20
    3   1        3          2026-02-01  2026-11-21

    care_logs
    id  home_id  day         giver_id  receiver_id  service  minutes
    1   1        2026-02-02  2         1            meal     30
    """
    for person in (1, 3):
        with pytest.raises(RuleBroken, match=r"^persons_home$"):
            given.save("persons", {"id": person, "home_id": 2})
    given.save("persons", {"id": 2, "home_id": 2})
    given.save("stays", {"id": 2, "home_id": 1, "person_id": 2, "room": "3"})
    given.save("care_logs", {"id": 1, "home_id": 1, "giver_id": 2, "receiver_id": 1, "minutes": 40})


def test_nothing_of_a_refused_save_is_kept(given):
    """
    homes
    id  name
    1   东院
    """
    before = _audit(given.data)
    with pytest.raises(RuleBroken, match=r"^persons_sex$"):
        _save_both(given, {"home_id": 1, "name": "张"}, {"home_id": 1, "name": "王", "sex": "x"})
    assert given.read("persons").empty
    assert _audit(given.data) == before


def _save_both(scope, *rows):
    with scope.work() as desk:
        for row in rows:
            desk.insert("persons", row)


# -- a key books once


@pytest.mark.parametrize(("table", "row"), [
    ("homes", {"name": "新院"}),
    ("persons", {"home_id": 1, "name": "新人", "id_number": "999999194912310025"}),
    ("stays", BASE["stays"]),
    ("care_logs", BASE["care_logs"]),
    ("gifts", BASE["gifts"]),
    ("users", BASE["users"]),
])  # fmt: skip
def test_a_second_touch_books_once(given, table, row):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王
    """
    first = given.save(table, row | {"key": "touch"})
    before = _audit(given.data), given.read("care_days").to_dict("records")
    assert given.save(table, row | {"key": "touch"}) == first
    assert (_audit(given.data), given.read("care_days").to_dict("records")) == before
    other: dict[str, Row] = {"homes": {"name": "别院"}, "stays": {"person_id": 1}, "users": {"username": "newer"}}
    again = BASE[table] | other.get(table, {}) | {"key": "touch"}
    with pytest.raises(sqlite3.IntegrityError, match=rf"{table}\.key$"):
        script(given.data, inserting(table, again), again.values())
    if table in ("care_logs", "gifts"):
        assert given.save(table, row | {"key": "another touch"}) != first
        assert given.save(table, row) != given.save(table, row)


# -- the sums of care


def test_sums_of_care_by_hand(given):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王

    care_logs
    home_id  day         giver_id  giver_name  receiver_id  receiver_name  service  minutes
    1        2026-01-01  1         -           2            -              meal     30
    1        2026-01-01  1         -           2            -              meal     30
    1        2026-01-04  2         -           1            -              visit    20
    1        2026-01-05  2         -           -            王二           visit    10
    1        2026-02-01  -         王二        2            -              meal     5
    """
    assert _days(given.data) == [
        ("2026-01-01", "2025-12-29", "meal", 60, 2),
        ("2026-01-04", "2025-12-29", "visit", 20, 1),
        ("2026-01-05", "2026-01-05", "visit", 10, 1),
        ("2026-02-01", "2026-01-26", "meal", 5, 1),
    ]
    assert _people(given.data) == [
        ("2026-01", "1", 60, 20, 1), ("2026-01", "2", 30, 60, 0), ("2026-01", "?王二", 0, 10, 1),
        ("2026-02", "2", 0, 5, 0), ("2026-02", "?王二", 5, 0, 0),
    ]  # fmt: skip
    given.save("care_logs", {"id": 4, "receiver_id": 1, "receiver_name": None, "day": "2026-02-01", "service": "meal"})
    given.remove("care_logs", 1)
    given.remove("care_logs", 3)
    assert _days(given.data) == [
        ("2026-01-01", "2025-12-29", "meal", 30, 1),
        ("2026-02-01", "2026-01-26", "meal", 15, 2),
    ]
    assert _people(given.data) == [
        ("2026-01", "1", 30, 0, 0), ("2026-01", "2", 0, 30, 0),
        ("2026-02", "1", 0, 10, 0), ("2026-02", "2", 10, 5, 0), ("2026-02", "?王二", 5, 0, 0),
    ]  # fmt: skip
    given.remove("care_logs", 2)
    assert len(_days(given.data)) == 1


def _days(data):
    return _ask(data, "SELECT day, week, service, minutes, logs FROM care_days ORDER BY day, service")


def _people(data):
    return _ask(data, "SELECT month, person, given, received, visits FROM care_people ORDER BY month, person")


def _ask(data, sql, values=()):
    with store.reading(data) as db:
        return db.execute(sql, values).fetchall()


@pytest.mark.parametrize("seed", range(6))
def test_sums_stay_exact_whatever_happens(given, seed):
    """
    homes
    id  name
    1   东院
    2   西院

    persons
    home_id  name
    1        张
    1        王
    1        李
    2        赵
    2        钱
    """
    chance = random.Random(seed)
    with given.work() as desk:
        for _ in range(150):
            ids = [row[0] for row in desk.db.execute("SELECT id FROM care_logs")]
            act = chance.choice(["insert", "insert", "update", "update", "delete"]) if ids else "insert"
            if act == "insert":
                desk.insert("care_logs", _care(chance))
            elif act == "update":
                desk.update("care_logs", chance.choice(ids), _care(chance))
            else:
                desk.delete("care_logs", chance.choice(ids))
    assert store.check(given.data) == []
    script(given.data, "DELETE FROM care_logs")
    assert _days(given.data) == _people(given.data) == []


def _care(chance: random.Random) -> Row:
    """A log of one of two homes on one of a few days, so that many fall on the same sum."""
    home = chance.choice([1, 2])
    giver, receiver = chance.sample([1, 2, 3, None] if home == 1 else [4, 5, None], 2)
    names = {"giver_name": None if giver else "某", "receiver_name": None if receiver else chance.choice("某谁")}
    day = chance.choice(["2025-12-31", "2026-01-01", "2026-01-04", "2026-01-05", "2026-02-28", "2026-03-01"])
    service = chance.choice(["visit", "meal"])
    return {"home_id": home, "day": day, "giver_id": giver, "receiver_id": receiver, "service": service,
            "minutes": chance.choice([10, 10, 25])} | names  # fmt: skip


@pytest.mark.parametrize("spoilt", [
    "UPDATE care_days SET minutes = minutes + 1", "UPDATE care_days SET week = '2026-01-01'", "DELETE FROM care_days",
    "UPDATE care_people SET visits = 0", "DELETE FROM care_people WHERE person = '1'",
    "INSERT INTO care_people VALUES (1, '2026-02', '9', 1, 1, 0)",
])  # fmt: skip
def test_a_spoilt_sum_is_found(given, spoilt):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王

    care_logs
    home_id  day         giver_id  receiver_id  service  minutes
    1        2026-01-01  1         2            visit    30
    """
    assert store.check(given.data) == []
    script(given.data, spoilt)
    assert store.check(given.data)


# -- the audit trail


def _audit(data):
    return _ask(data, "SELECT actor, relation, row_id, action, before, after FROM audit ORDER BY id")


def test_every_change_leaves_a_row(data, sign_in):
    admin = sign_in("admin")
    scope = Scope(data, operator=True)
    start = len(_audit(data))
    home = admin.save("homes", {"name": "东院"})
    scope.save("homes", {"id": home, "name": "西院"})
    script(data, "UPDATE homes SET beds = 3")
    scope.remove("homes", home)
    rows = [row for row in _audit(data)[start:] if row[1] == "homes"]
    assert [row[:4] for row in rows] == [
        ("admin", "homes", home, "insert"),
        ("operator", "homes", home, "update"),
        ("outside", "homes", home, "update"),
        ("operator", "homes", home, "delete"),
    ]
    before, after = ([json.loads(row[side] or "{}") for row in rows] for side in (4, 5))
    assert before == [{}, *after[:-1]]
    assert [(row.get("name"), row.get("beds")) for row in after] == [
        ("东院", 0),
        ("西院", 0),
        ("西院", 3),
        (None, None),
    ]


@pytest.mark.parametrize("table", [*BASE, "settings", "categories"])
def test_every_table_is_audited(given, table):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王
    """
    given.save("users", BASE["users"] | {"username": "old"})
    start = len(_audit(given.data))
    row = BASE.get(table, {"name": "x", "value": "y"} if table == "settings" else {"code": "x"})
    new = script(given.data, inserting(table, row), row.values())
    script(given.data, updating(table, row, new), row.values())
    lines = [] if table == "sessions" else [(table, new, "insert"), (table, new, "update")]
    assert [line[1:4] for line in _audit(given.data)[start:] if line[1] == table] == lines


def test_a_password_is_not_in_the_trail(data):
    Scope(data, operator=True).save("users", BASE["users"])
    assert HASH not in str(_audit(data))


@pytest.mark.parametrize("sql", [
    "UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1",
    "INSERT OR REPLACE INTO audit (id, at, actor, relation, action) VALUES (1, 'x', 'x', 'x', 'insert')",
])  # fmt: skip
def test_the_trail_is_unalterable(data, sql):
    Scope(data, operator=True).save("homes", {"name": "东院"})
    before = _audit(data)
    with pytest.raises(sqlite3.IntegrityError, match=r"^audit_kept$"):
        script(data, sql)
    assert _audit(data) == before


def test_the_trail_is_unalterable_for_an_operator(data):
    scope = Scope(data, operator=True)
    scope.save("homes", {"name": "东院"})
    with pytest.raises(RuleBroken, match=r"^audit_kept$"):
        scope.save("audit", {"id": 1, "actor": "nobody"})
    with pytest.raises(RuleBroken, match=r"^audit_kept$"):
        scope.remove("audit", 1)
    row = {"at": TODAY, "actor": "x", "relation": "homes"}
    with pytest.raises(RuleBroken, match=r"^audit_action$"):
        scope.save("audit", row | {"action": "think"})
    assert scope.save("audit", row | {"action": "export"})
    with pytest.raises(sqlite3.IntegrityError, match="audit_action"):
        script(data, inserting("audit", row | {"action": "think"}), [*row.values(), "think"])
