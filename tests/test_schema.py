"""Forms are drawn from the tables: which columns, of what kind, with which codes and defaults."""

import pytest
from sqlite_utils import Database

from db import schema, store
from db.rules import RuleBroken

EVERY_DAY = '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'
TABLES = ("homes", "persons", "stays", "care_logs", "gifts", "users")


def kinds(scope, table: str) -> dict[str, str]:
    return {field.name: field.kind for field in scope.fields(table)}


def test_the_fields_of_a_person(given):
    assert kinds(given, "persons") == {
        "home_id": "reference", "name": "text", "sex": "codes", "birth_day": "day", "birth_estimated": "flag",
        "phone": "text", "self_care": "codes", "categories": "list", "skills": "text", "kin_name": "text",
        "kin_phone": "text", "note": "text", "id_number": "text", "age_told": "integer", "former_name": "text",
        "hint": "text", "kin_relation": "codes", "emergency_name": "text", "emergency_phone": "text", "volunteer": "flag",
        "post": "codes", "gives": "list", "availability": "list", "risk_tier": "codes",
    }  # fmt: skip


def test_the_fields_of_a_gift_in_the_order_of_the_table(given):
    assert list(kinds(given, "gifts").items()) == [
        ("home_id", "reference"), ("day", "day"), ("donor", "text"), ("source", "codes"), ("amount_fen", "integer"),
        ("item", "text"), ("quantity", "real"), ("purpose", "codes"), ("handler", "text"), ("receipt_no", "text"),
        ("note", "text"), ("anonymous", "flag"),
    ]  # fmt: skip


def test_days_references_and_flags(given):
    assert {name: kind for name, kind in kinds(given, "stays").items() if name != "room"} == {
        "home_id": "reference", "person_id": "reference", "from_day": "day", "to_day": "day", "end_reason": "codes",
        "place": "codes", "bed": "text", "decided_by": "text", "end_decided_by": "text", "end_note": "text",
    }  # fmt: skip
    assert kinds(given, "care_logs")["day"] == "day"
    assert kinds(given, "homes")["opened"] == "day"
    assert kinds(given, "users")["active"] == "flag"
    references = {field.name: field.reference for table in TABLES for field in given.fields(table) if field.reference}
    assert references == {"home_id": "homes", "person_id": "persons", "giver_id": "persons", "receiver_id": "persons"}


def test_what_is_required_and_what_has_a_default(given):
    homes = {field.name: field for field in given.fields("homes")}
    assert [name for name, field in homes.items() if field.required] == ["name"]
    assert {name: field.default for name, field in homes.items() if field.default is not None} == {
        "kind": "residential", "beds": "0", "day_places": "0", "min_age": "60",
        "weekdays": EVERY_DAY,
    }  # fmt: skip
    required = [field.name for field in given.fields("care_logs") if field.required]
    assert required == ["home_id", "day", "service", "minutes"]


@pytest.mark.parametrize(("table", "base"), [
    ("homes", {"name": "新院"}),
    ("persons", {"home_id": 1, "name": "新人"}),
    ("stays", {"home_id": 1, "person_id": 1, "from_day": "2026-01-01", "to_day": "2026-01-02"}),
    ("care_logs", {"home_id": 1, "day": "2026-01-01", "giver_id": 1, "receiver_id": 2, "minutes": 5}),
    ("gifts", {"home_id": 1, "day": "2026-01-01", "source": "family", "item": "米"}),
])  # fmt: skip
def test_every_code_offered_is_taken_and_no_other(given, table, base):
    """
    homes
    id  name
    1   东院

    persons
    home_id  name
    1        张
    1        王
    """
    offered = [field for field in given.fields(table) if field.codes and field.kind == "codes"]
    assert offered
    for field in offered:
        for code in field.codes:
            more = {"purpose": "repairs"} if code == "lottery" else {}
            given.remove(table, given.save(table, base | {field.name: code} | more))
        with pytest.raises(RuleBroken):
            given.save(table, base | {field.name: "something else"})


def test_codes_kept_in_tables(given):
    """A service or category added to its table is in the form at once."""
    codes = {field.name: field.codes for table in ("persons", "care_logs") for field in given.fields(table)}
    assert (len(codes["service"]), codes["service"][0]) == (16, "meal")
    assert (len(codes["categories"]), codes["categories"][0]) == (13, "alone")
    given.save("services", {"code": "singing", "professional": 0})
    given.save("categories", {"code": "singer"})
    assert {field.name: field.codes for field in given.fields("care_logs")}["service"][-1] == "singing"
    assert {field.name: field.codes for field in given.fields("persons")}["categories"][-1] == "singer"


@pytest.mark.parametrize("table", TABLES)
def test_no_form_asks_for_what_is_kept_by_the_program(given, table):
    hidden = "id key import_id id_sealed id_print id_mask password_hash must_change giver_name receiver_name"
    assert not set(hidden.split()) & set(kinds(given, table))


def test_a_new_table_has_its_form_at_once(data):
    with store.reading(data) as there:
        db = Database(memory=True)
        for name in ("homes", "services", "categories"):
            db.conn.execute(there[name].schema)
    db.conn.execute("""CREATE TABLE wells (
      id INTEGER PRIMARY KEY,
      home_id INTEGER NOT NULL REFERENCES homes (id),
      depth REAL NOT NULL,
      pump_kind TEXT NOT NULL DEFAULT 'hand' CONSTRAINT wells_pump_kind CHECK (pump_kind IN ('hand',
        'motor')),
      kind TEXT,
      dug_day TEXT CONSTRAINT wells_dug_day CHECK (dug_day IS date(dug_day, '+0 days')),
      day TEXT,
      dry INTEGER NOT NULL DEFAULT 0 CONSTRAINT wells_dry CHECK (dry IN (0, 1)),
      people INTEGER,
      key TEXT UNIQUE
    ) STRICT""")
    assert schema.fields(db, "wells") == [
        schema.Field("home_id", "reference", required=True, reference="homes"),
        schema.Field("depth", "real", required=True),
        schema.Field("pump_kind", "codes", required=False, default="hand", codes=("hand", "motor")),
        schema.Field("kind", "text", required=False),
        schema.Field("dug_day", "day", required=False),
        schema.Field("day", "text", required=False),
        schema.Field("dry", "flag", required=False, default="0"),
        schema.Field("people", "integer", required=False),
    ]
