"""Every rule of the register and of the way to a place: refused by its name through the scope and by a script."""

import sqlite3

import pytest

from db.rules import RuleBroken
from db.scope import Row
from tests.conftest import TODAY
from tests.test_rules import TOMORROW, _says, inserting, script, updating

BASE: dict[str, Row] = {
    "services": {"code": "new", "professional": 0},
    "persons": {"home_id": 1, "name": "新人"},
    "consents": {"home_id": 1, "person_id": 1, "purpose": "health", "day": "2026-03-01", "signer": "self"},
    "agreements": {"home_id": 1, "person_id": 1, "day": "2026-03-01", "until_day": "2027-03-01"},
    "photos": {"id": 2, "home_id": 1, "image": "x"},
    "applications": {"home_id": 1, "person_id": 2, "day": "2026-03-01", "place": "bed"},
    "decisions": {"home_id": 1, "application_id": 2, "step": "village", "outcome": "approved", "day": "2026-03-05",
                  "decided_by": "村委会"},
    "stays": {"home_id": 1, "person_id": 2, "from_day": "2026-06-01"},
}  # fmt: skip
ENDED: Row = {"end_reason": "left", "end_decided_by": "村委会"}
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("services_asked", "services", [{"asked": 2}], [{"asked": 0}, {"asked": 1}]),
    ("persons_hint", "persons", [{"hint": ""}, {"hint": "长" * 21}], [{"hint": "东"}, {"hint": "长" * 20}, {"hint": None}]),
    ("persons_kin_relation", "persons", [{"kin_relation": "儿子"}],
     [{"kin_relation": each} for each in ("spouse", "son", "daughter", "sibling", "grandchild", "relative", None)]),
    ("persons_emergency_phone", "persons", [{"emergency_phone": "1234"}, {"emergency_phone": "1" * 21}, {"emergency_phone": "女儿12345"}],
     [{"emergency_phone": "12345"}, {"emergency_phone": "1" * 20}]),
    ("persons_volunteer", "persons", [{"volunteer": 2}], [{"volunteer": 1}]),
    ("persons_post", "persons", [{"post": "king"}],
     [{"post": each} for each in ("head", "caretaker", "cook", "committee", "staff", None)]),
    ("persons_gives", "persons", [{"gives": "meal"}, {"gives": "{}"}], [{"gives": "[]"}]),
    ("persons_gives_known", "persons", [{"gives": '["meal", "dance"]'}, {"gives": "[null]"}], [{"gives": '["meal", "haircut"]'}]),
    ("persons_availability", "persons", [{"availability": "morning"}, {"availability": "{}"}], [{"availability": "[]"}]),
    ("persons_availability_known", "persons", [{"availability": '["morning", "never"]'}, {"availability": "[null]"}],
     [{"availability": '["morning", "weekend"]'}]),
    ("persons_risk_tier", "persons", [{"risk_tier": "low"}], [{"risk_tier": each} for each in ("high", "key", "general")]),
    ("persons_old", "persons", [{"birth_day": "1905-11-20"}, {"birth_day": "1900-01-02"}], [{"birth_day": "1905-11-21"}]),
    ("consents_purpose", "consents", [{"purpose": "money"}],
     [{"purpose": each} for each in ("register", "health", "photo", "publication")]),
    ("consents_day", "consents", [{"day": "2026-02-30"}, {"day": "春天"}], [{"day": "2024-02-29"}]),
    ("consents_signer", "consents", [{"signer": "neighbour", "signer_name": "甲"}], [{"signer": "self"}]),
    ("consents_withdrawn_day", "consents", [{"withdrawn_day": "2026-06-31"}, {"withdrawn_day": "以后"}], [{"withdrawn_day": "2026-06-30"}]),
    ("consents_guardian", "consents", [{"signer": "guardian"}, {"signer": "guardian", "signer_name": " 　"}],
     [{"signer": "guardian", "signer_name": "张二"}]),
    ("consents_order", "consents", [{"withdrawn_day": "2026-02-28"}], [{"withdrawn_day": "2026-03-01"}]),
    ("consents_person_id_once", "consents", [{"person_id": 2, "purpose": "photo"}],
     [{"person_id": 2, "purpose": "photo", "withdrawn_day": "2026-03-01"}, {"person_id": 2}]),
    ("consents_future", "consents", [{"day": TOMORROW}, {"withdrawn_day": TOMORROW}], [{"day": TODAY}, {"withdrawn_day": TODAY}]),
    ("consents_home", "consents", [{"person_id": 3}, {"home_id": 2}], [{"home_id": 2, "person_id": 3}]),
    ("agreements_day", "agreements", [{"day": "2026-02-30"}, {"day": "春天"}], [{"day": "2024-02-29"}]),
    ("agreements_until_day", "agreements", [{"until_day": "2027-02-30"}, {"until_day": "长期"}], [{"until_day": "2028-02-29"}]),
    ("agreements_order", "agreements", [{"until_day": "2026-03-01"}], [{"until_day": "2026-03-02"}]),
    ("agreements_future", "agreements", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("agreements_home", "agreements", [{"person_id": 3}, {"home_id": 2}], [{"home_id": 2, "person_id": 3}]),
    ("photos_image", "photos", [{"image": ""}, {"image": "x" * 200001}], [{"image": "x" * 200000}]),
    ("photos_consent", "photos", [{"id": 1}], [{}]),
    ("photos_home", "photos", [{"home_id": 2}], [{}]),
    ("applications_day", "applications", [{"day": "2026-02-30"}, {"day": "春天"}], [{"day": "2024-02-29"}]),
    ("applications_place", "applications", [{"place": "floor"}], [{"place": "day_place"}]),
    ("applications_closed", "applications", [{"closed": "lost", "closed_day": "2026-03-02"}],
     [{"closed": each, "closed_day": "2026-03-02"} for each in ("admitted", "refused", "withdrawn")]),
    ("applications_closed_day", "applications", [{"closed": "withdrawn", "closed_day": "2026-06-31"}],
     [{"closed": "withdrawn", "closed_day": "2026-06-30"}]),
    ("applications_closing", "applications", [{"closed": "withdrawn"}, {"closed_day": "2026-03-02"}], [{}]),
    ("applications_order", "applications", [{"closed": "withdrawn", "closed_day": "2026-02-28"}],
     [{"closed": "withdrawn", "closed_day": "2026-03-01"}]),
    ("applications_person_id_once", "applications", [{"person_id": 4}, {"person_id": 4, "place": "day_place"}],
     [{"person_id": 4, "closed": "withdrawn", "closed_day": "2026-03-02"}, {"person_id": 7}]),
    ("applications_future", "applications", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("applications_home", "applications", [{"person_id": 3, "place": "day_place"}, {"home_id": 2, "place": "day_place"}],
     [{"home_id": 2, "person_id": 3, "place": "day_place"}]),
    ("applications_day_home", "applications", [{"home_id": 2, "person_id": 3}], [{"home_id": 2, "person_id": 3, "place": "day_place"}]),
    ("applications_resident", "applications", [{"person_id": 1}], [{"person_id": 1, "place": "day_place"}]),
    ("applications_dead", "applications", [{"person_id": 5, "day": TODAY}, {"person_id": 5, "day": "2026-05-01"}], [{"person_id": 5, "day": "2025-04-30"}]),
    ("decisions_step", "decisions", [{"step": "county"}], [{}]),
    ("decisions_outcome", "decisions", [{"outcome": "perhaps"}], [{}]),
    ("decisions_day", "decisions", [{"day": "2026-02-30"}, {"day": "春天"}], [{}]),
    ("decisions_decided_by", "decisions", [{"decided_by": ""}, {"decided_by": " 　"}], [{}]),
    ("decisions_reason", "decisions", [{"outcome": "refused"}, {"outcome": "refused", "reason": " 　"}],
     [{"outcome": "refused", "reason": "户口不在本村"}]),
    ("decisions_application_id_once", "decisions", [{"application_id": 1, "day": TODAY}], [{}]),
    ("decisions_home", "decisions", [{"home_id": 2}], [{}]),
    ("decisions_future", "decisions", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("decisions_order", "decisions", [{"day": "2026-02-28"}, {"application_id": 1, "step": "township", "day": "2026-03-09"}],
     [{"day": "2026-03-01"}, {"application_id": 1, "step": "township", "day": "2026-03-10"}]),
    ("decisions_village_first", "decisions", [{"step": "township"}], [{"application_id": 1, "step": "township", "day": TODAY}]),
    ("decisions_closed", "decisions", [{"application_id": 3}], [{}]),
    ("stays_place", "stays", [{"place": "floor"}], [{"place": "bed"}, {"place": "day_place"}, {"place": None}]),
    ("stays_bed", "stays", [{"bed": ""}, {"bed": "1" * 11}], [{"bed": "1"}, {"bed": "1" * 10}]),
    ("stays_bed_taken", "stays",
     [{"room": "1", "bed": "A"}, {"room": "1", "bed": "A", "from_day": "2026-01-01", "to_day": "2026-02-02", **ENDED}],
     [{"room": "2", "bed": "A"}, {"room": "1", "bed": "B"}, {"room": "1"}, {"bed": "A"},
      {"room": "1", "bed": "A", "from_day": "2026-01-01", "to_day": "2026-02-01"}]),
    ("stays_day_home", "stays",
     [{"home_id": 2, "person_id": 3, "bed": "1"}, {"home_id": 2, "person_id": 3, "place": "bed"}, {"place": "day_place", "bed": "1"}],
     [{"home_id": 2, "person_id": 3, "place": "day_place"}, {"home_id": 2, "person_id": 3}, {"place": "day_place"}]),
    ("stays_end_future", "stays", [{"to_day": "2026-11-22", **ENDED}], [{"to_day": TOMORROW, **ENDED}]),
    ("stays_dead", "stays", [{"person_id": 5}, {"person_id": 5, "from_day": "2026-05-01"}],
     [{"person_id": 5, "from_day": "2025-01-01", "to_day": "2025-02-01"}]),
    ("stays_application", "stays",
     [{"application_id": 1}, {"application_id": 1, "person_id": 4}, {"application_id": 1, "person_id": 4, "place": "day_place"}],
     [{"application_id": 1, "person_id": 4, "place": "bed"}]),
    ("stays_approved", "stays",
     [{"application_id": 2, "person_id": 6, "place": "bed"}, {"application_id": 3, "person_id": 7, "place": "bed"}],
     [{"application_id": 1, "person_id": 4, "place": "bed"}]),
]  # fmt: skip
COVERED = {"applications_outcome", "applications_kept", "decisions_kept", "stays_left", "stays_no_place"}
# about what is new: a row that is there already has passed them
NEW = {"applications_resident", "applications_dead", "stays_dead", "stays_approved"}


@pytest.fixture
def village(data):
    """Two homes, a resident, somebody with a photo's consent, one who died, an approved, an open and a closed application."""
    from db.scope import Scope

    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
    return scope


WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院", "beds": 2, "day_places": 1}),
    ("homes", {"id": 2, "name": "西院", "kind": "day", "day_places": 1}),
    *(("persons", {"id": id, "home_id": home, "name": name})
      for id, home, name in ((1, 1, "张"), (2, 1, "王"), (3, 2, "李"), (4, 1, "赵"), (5, 1, "孙"), (6, 1, "周"), (7, 1, "吴"))),
    ("stays", {"home_id": 1, "person_id": 1, "room": "1", "bed": "A", "from_day": "2026-02-01"}),
    ("stays", {"home_id": 1, "person_id": 5, "from_day": "2025-06-01", "to_day": "2026-05-01", "end_reason": "death"}),
    ("consents", {"home_id": 1, "person_id": 2, "purpose": "photo", "day": "2026-02-01", "signer": "self"}),
    ("applications", {"id": 1, "home_id": 1, "person_id": 4, "day": "2026-03-01"}),
    ("applications", {"id": 2, "home_id": 1, "person_id": 6, "day": "2026-03-01"}),
    ("applications", {"id": 3, "home_id": 1, "person_id": 7, "day": "2026-03-01", "closed": "withdrawn", "closed_day": "2026-03-02"}),
    ("decisions", {"home_id": 1, "application_id": 1, "step": "village", "outcome": "approved", "day": "2026-03-10",
                   "decided_by": "村委会"}),
]  # fmt: skip


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
        if table == "decisions" or row.get("closed") or row.get("application_id"):
            continue  # kept as they are: see the tests below
        script(village.data, updating(table, row, there), row.values())
        for bad in refused if rule not in NEW else []:
            worse = dict.fromkeys(row, None) | BASE[table] | bad
            with pytest.raises(sqlite3.IntegrityError) as said:
                script(village.data, updating(table, worse, there), worse.values())
            assert _says(rule, said.value)
        script(village.data, f"DELETE FROM {table} WHERE rowid = {there}")


@pytest.mark.parametrize(("row", "last"), [
    ({"place": "bed", "bed": "B"}, "stays_no_place"), ({"place": "day_place"}, "stays_no_place"),
])  # fmt: skip
def test_nobody_is_admitted_where_no_place_is_free(village, row, last):
    """Two beds, one of them taken; one day place. A stay that was over by then takes none; what is taken down without an application does."""
    village.save("stays", {"home_id": 1, "person_id": 2, "from_day": "2025-01-01", "to_day": "2026-06-01"})
    kind = row["place"]
    waiting = [village.save("persons", {"home_id": 1, "name": name}) for name in ("甲", "乙")]
    ids = [
        village.save("applications", {"home_id": 1, "person_id": each, "day": "2026-03-01", "place": kind})
        for each in waiting
    ]
    for id in ids:
        village.save("decisions", BASE["decisions"] | {"application_id": id})
    stay = {"home_id": 1, "from_day": "2026-06-01"} | row
    first = village.save("stays", stay | {"person_id": waiting[0], "application_id": ids[0]})
    second = stay | {"person_id": waiting[1], "application_id": ids[1], "bed": None}
    with pytest.raises(RuleBroken, match=rf"^{last}$"):
        village.save("stays", second)
    village.save("stays", {"id": first, "to_day": "2026-07-01"} | ENDED)
    with pytest.raises(RuleBroken, match=rf"^{last}$"):
        village.save("stays", second | {"from_day": "2026-06-30"})
    village.save("stays", second | {"from_day": "2026-07-01"})


def test_leaving_needs_a_reason_and_who_decided(village):
    for row in (
        {},
        {"end_reason": "left"},
        {"end_decided_by": "村委会"},
        {"end_reason": "left", "end_decided_by": " 　"},
    ):
        with pytest.raises(RuleBroken, match=r"^stays_left$"):
            village.save("stays", {"id": 1, "to_day": TODAY} | row)
    village.save("stays", {"id": 1, "to_day": TODAY} | ENDED)
    village.save("stays", {"id": 1, "to_day": "2026-11-19"})


def test_how_an_application_ended_follows_from_what_happened(village):
    for outcome in ("admitted", "refused"):
        with pytest.raises(RuleBroken, match=r"^applications_outcome$"):
            village.save("applications", {"id": 2, "closed": outcome, "closed_day": TODAY})
    village.save("applications", {"id": 2, "closed": "withdrawn", "closed_day": TODAY})
    for row in ({"closed": None, "closed_day": None}, {"place": "day_place"}):
        with pytest.raises(RuleBroken, match=r"^applications_kept$"):
            village.save("applications", {"id": 2} | row)


def test_a_decision_stays(village):
    for sql in ("UPDATE decisions SET reason = 'x'", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^decisions_kept$"):
            script(village.data, sql)


def test_a_stay_keeps_its_application(village):
    stay = village.save("stays", BASE["stays"] | {"person_id": 4, "place": "bed", "application_id": 1})
    with pytest.raises(RuleBroken, match=r"^stays_application$"):
        village.save("stays", {"id": stay, "application_id": 2})


def test_every_rule_of_the_register_is_here():
    """What the tables of this area can refuse with has its row or its test."""
    import re

    from db import store

    sql = (store.HERE / "tables" / "005_register.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    assert rules | set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql)) == {row[0] for row in RULES} | COVERED
