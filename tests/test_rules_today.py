"""Every rule of what is noted by touch, of rounds and of door cards: refused by its name through the scope and by a script."""

import re
import sqlite3

import pytest

from db import store
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import TOMORROW, _says, inserting, script, updating

NOW, BAD = "2026-11-20T04:00:00Z", ("2026-11-20 04:00", "noon", "2026-11-31T04:00:00Z")
TOKEN = "abcdefghijklmnop"
BASE: dict[str, Row] = {
    "services": {"code": "new", "professional": 0},
    "care_logs": {"home_id": 1, "day": TODAY, "giver_id": 1, "receiver_id": 2, "service": "meal", "minutes": 30},
    "rounds": {"home_id": 1, "day": TODAY, "kind": "dinner"},
    "round_marks": {"home_id": 1, "round_id": 1, "person_id": 2, "state": "done"},
    "door_cards": {"home_id": 1, "token": TOKEN, "person_id": 2},
}
# a row a rule: what it refuses and what it lets through, each over BASE
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("services_most_minutes", "services", [{"most_minutes": 0}, {"most_minutes": 1441}], [{"most_minutes": 1440}]),
    ("services_usual_minutes", "services", [{"usual_minutes": 0}, {"usual_minutes": 61, "most_minutes": 60}],
     [{"usual_minutes": 1}, {"usual_minutes": 60, "most_minutes": 60}]),
    ("care_logs_confirmed", "care_logs", [{"confirmed": "rumour"}],
     [{"confirmed": each} for each in ("receiver", "caretaker", "door", "planned_end", None)]),
    ("care_logs_on_behalf", "care_logs", [{"on_behalf": 2}], [{"on_behalf": 1}]),
    ("care_logs_late", "care_logs", [{"late": 2}], [{"late": 1}]),
    ("care_logs_recorded_at", "care_logs", [{"recorded_at": each} for each in BAD], [{"recorded_at": NOW}]),
    ("care_logs_undone_at", "care_logs", [{"undone_at": each, "undone_by": "王"} for each in BAD], []),
    ("care_logs_undone", "care_logs", [{"undone_by": "王"}], [{}]),
    ("care_logs_most", "care_logs", [{"minutes": 241}, {"service": "nightwatch", "minutes": 961}, {"service": "haircut", "minutes": 121}],
     [{"minutes": 240}, {"service": "nightwatch", "minutes": 960}, {"service": "haircut", "minutes": 120}]),
    ("care_logs_left", "care_logs", [{"receiver_id": 4}, {"receiver_id": 4, "day": "2026-06-01"}],
     [{"receiver_id": 4, "day": "2026-05-31"}, {"receiver_id": 5}]),
    ("care_logs_shift", "care_logs", [{"shift_id": 1, "day": "2026-11-19"}, {"shift_id": 2}], [{"shift_id": 1, "giver_id": 5}]),
    ("care_logs_shift_id_once", "care_logs", [{"shift_id": 1}], [{"shift_id": 1, "giver_id": 5}]),
    ("rounds_day", "rounds", [{"day": "2026-02-30"}, {"day": "今天"}], [{"day": "2024-02-29"}]),
    ("rounds_kind", "rounds", [{"kind": "tea"}], [{"kind": each} for each in ("morning_check", "breakfast", "dinner", "medicine")]),
    ("rounds_undone_at", "rounds", [{"undone_at": each, "undone_by": "王"} for each in BAD], []),
    ("rounds_confirmed", "rounds", [{"confirmed_by": "王"}], [{}]),
    ("rounds_undone", "rounds", [{"undone_by": "王"}, {"undone_at": NOW, "undone_by": "王"}], [{}]),
    ("rounds_home_id_once", "rounds", [{"kind": "lunch"}], [{"kind": "lunch", "day": "2026-11-19"}]),
    ("rounds_future", "rounds", [{"day": TOMORROW}], [{"day": TODAY}]),
    ("rounds_complete", "rounds", [{"confirmed_at": NOW, "confirmed_by": "王"}], [{}]),
    ("round_marks_state", "round_marks", [{"state": "asleep"}],
     [{"state": each} for each in ("done", "away", "refused", "ill", "hospital", "other")]),
    ("round_marks_corrected_at", "round_marks", [{"corrected_at": each, "corrected_by": "王"} for each in BAD],
     [{"corrected_at": NOW, "corrected_by": "王"}]),
    ("round_marks_corrected", "round_marks", [{"corrected_at": NOW}, {"corrected_by": "王"}], [{}]),
    ("round_marks_round_id_once", "round_marks", [{"person_id": 1}], [{}]),
    ("round_marks_home", "round_marks", [{"home_id": 2}], [{}]),
    ("round_marks_left", "round_marks", [{"person_id": 4}, {"person_id": 5}, {"person_id": 3}], [{}]),
    ("door_cards_token", "door_cards", [{"token": "x" * 15}, {"token": "x" * 65}, {"token": f"{TOKEN} /"}],
     [{"token": "A-z_0" * 4}, {"token": "x" * 64}]),
    ("door_cards_token_once", "door_cards", [{"token": "first-of-the-cards"}], [{}]),
    ("door_cards_ended_at", "door_cards", [{"ended_at": each} for each in BAD], [{"ended_at": NOW}]),
    ("door_cards_of", "door_cards", [{"person_id": None}, {"room": "9"}], [{"person_id": None, "room": "9"}]),
    ("door_cards_person_id_once", "door_cards", [{"person_id": 1}], [{"person_id": 1, "ended_at": NOW}]),
    ("door_cards_home_id_once", "door_cards", [{"person_id": None, "room": "1"}], [{"person_id": None, "room": "1", "ended_at": NOW}]),
    ("door_cards_home", "door_cards", [{"person_id": 3}, {"home_id": 2}], [{"home_id": 2, "person_id": 3}]),
]  # fmt: skip
KEPT = {"care_logs_undone_kept", "care_logs_recorded_kept", "care_logs_undo_late", "rounds_kept", "rounds_undo_late", "rounds_confirmed_at",
        "round_marks_kept", "round_marks_trace", "door_cards_kept"}  # fmt: skip
# of what is new only, or kept by another rule once it is there
NEW = {"services_usual_minutes", "care_logs_recorded_at", "rounds_undone_at", "rounds_complete", "rounds_undone", "rounds_future",
       "rounds_day", "rounds_kind", "rounds_home_id_once", "round_marks_round_id_once",
       "round_marks_home", "round_marks_left", *(rule for rule, table, *_ in RULES if table == "door_cards")}  # fmt: skip


@pytest.fixture
def village(data):
    """Two homes; two residents, one of another home, one who moved out, a volunteer; shifts, a round begun, two door cards."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
    return scope


WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}),
    ("homes", {"id": 2, "name": "西院"}),
    *(("persons", {"id": id, "home_id": home, "name": name, "volunteer": int(id == 5)})
      for id, home, name in ((1, 1, "张"), (2, 1, "王"), (3, 2, "李"), (4, 1, "赵"), (5, 1, "孙"))),
    *(("stays", {"home_id": home, "person_id": person, "from_day": "2026-01-01"}) for person, home in ((1, 1), (2, 1), (3, 2))),
    ("stays", {"home_id": 1, "person_id": 4, "from_day": "2026-01-01", "to_day": "2026-06-01", "end_reason": "left", "end_decided_by": "村委会"}),
    *(("duties", {"id": home, "home_id": home, "duty": "做饭", "service": "cooking", "start_minute": 600, "minutes": 90, "needed": 2}) for home in (1, 2)),
    *(("shifts", {"id": home, "home_id": home, "duty_id": home, "day": TODAY, "start_minute": 600, "minutes": 90, "needed": 2}) for home in (1, 2)),
    ("assignments", {"id": 1, "home_id": 1, "shift_id": 1, "person_id": 1}),
    ("care_logs", {"id": 1, "home_id": 1, "day": TODAY, "giver_id": 1, "receiver_name": "everyone", "service": "cooking", "minutes": 90, "shift_id": 1}),
    ("rounds", {"id": 1, "home_id": 1, "day": TODAY, "kind": "lunch"}),
    ("round_marks", {"id": 1, "home_id": 1, "round_id": 1, "person_id": 1, "state": "away"}),
    ("door_cards", {"id": 1, "home_id": 1, "token": "first-of-the-cards", "person_id": 1}),
    ("door_cards", {"id": 2, "home_id": 1, "token": "card-of-the-room-1", "room": "1"}),
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
        for bad in refused if rule not in NEW else []:
            worse = dict.fromkeys(row, None) | BASE[table] | bad
            with pytest.raises(sqlite3.IntegrityError) as said:
                script(village.data, updating(table, worse, there), worse.values())
            assert _says(rule, said.value)
        script(village.data, f"DELETE FROM {table} WHERE rowid = {there}")


def refused(scope: Scope, rule: str, table: str, **row: object) -> None:
    """The rule refuses these columns of a row that is there."""
    with pytest.raises(RuleBroken, match=rf"^{rule}$"):
        scope.save(table, row)


def moment(scope: Scope, ago: str) -> str:
    """A moment so long ago, in UTC."""
    with store.reading(scope.data) as db:
        return str(db.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)", [ago]).fetchone()[0])


@pytest.mark.parametrize(
    ("ago", "late"), [("-9 minutes", False), ("-590 seconds", False), ("-610 seconds", True), ("-1 day", True)]
)
def test_an_entry_is_undone_within_ten_minutes(village, ago, late):
    entry = village.save("care_logs", BASE["care_logs"] | {"recorded_at": moment(village, ago), "recorded_by": "王"})
    undone = {"id": entry, "undone_at": moment(village, "0 seconds"), "undone_by": "王"}
    if late:
        refused(village, "care_logs_undo_late", "care_logs", **undone)
        return
    village.save("care_logs", undone)
    refused(village, "care_logs_undone_kept", "care_logs", id=entry, minutes=10)
    refused(village, "care_logs_undone_kept", "care_logs", id=entry, undone_at=None, undone_by=None)


def test_an_entry_without_its_time_is_not_undone(village):
    refused(village, "care_logs_undo_late", "care_logs", id=1, undone_at=NOW, undone_by="王")


def test_who_wrote_an_entry_down_stays(village):
    for change in ({"recorded_by": "李"}, {"recorded_at": NOW}):
        refused(village, "care_logs_recorded_kept", "care_logs", id=1, **change)


def test_the_sentence_names_the_most_minutes_of_the_service(village):
    with pytest.raises(RuleBroken) as broken:
        village.save("care_logs", BASE["care_logs"] | {"minutes": 241})
    assert broken.value.values == {"service": "meal", "most": 240}
    with pytest.raises(RuleBroken) as broken:
        village.save("care_logs", {"id": 1, "minutes": 361})
    assert broken.value.values == {"service": "cooking", "most": 360}


def confirmed(scope: Scope, ago: str = "0 seconds") -> None:
    scope.save("round_marks", BASE["round_marks"])
    scope.save("rounds", {"id": 1, "confirmed_at": moment(scope, ago), "confirmed_by": "王"})


def test_a_confirmed_round_stays(village):
    refused(village, "rounds_complete", "rounds", id=1, confirmed_at=NOW, confirmed_by="王")
    refused(village, "rounds_kept", "rounds", id=1, kind="dinner")
    village.save("round_marks", BASE["round_marks"])
    for bad in BAD:
        refused(village, "rounds_confirmed_at", "rounds", id=1, confirmed_at=bad, confirmed_by="王")
    village.save("rounds", {"id": 1, "confirmed_at": NOW, "confirmed_by": "王"})
    refused(village, "rounds_kept", "rounds", id=1, confirmed_at=None, confirmed_by=None)
    for table in ("rounds", "round_marks"):
        with pytest.raises(sqlite3.IntegrityError, match=rf"^{table}_kept$"):
            script(village.data, f"DELETE FROM {table}")


def test_a_correction_leaves_its_trace(village):
    confirmed(village)
    refused(village, "round_marks_trace", "round_marks", id=1, state="done")
    refused(village, "round_marks_kept", "round_marks", id=1, person_id=2, corrected_at=NOW, corrected_by="王")
    village.save("round_marks", {"id": 1, "state": "done", "corrected_at": NOW, "corrected_by": "王"})
    village.save("stays", {"home_id": 1, "person_id": 5, "from_day": "2026-11-01"})
    with pytest.raises(RuleBroken, match=r"^round_marks_trace$"):
        village.save("round_marks", BASE["round_marks"] | {"person_id": 5})
    village.save("round_marks", BASE["round_marks"] | {"person_id": 5, "corrected_at": NOW, "corrected_by": "王"})


@pytest.mark.parametrize(("ago", "late"), [("-590 seconds", False), ("-610 seconds", True)])
def test_a_round_is_undone_within_ten_minutes(village, ago, late):
    confirmed(village, ago)
    undone = {"id": 1, "undone_at": moment(village, "0 seconds"), "undone_by": "王"}
    if late:
        refused(village, "rounds_undo_late", "rounds", **undone)
        return
    village.save("rounds", undone)
    refused(village, "rounds_kept", "rounds", id=1, undone_at=None, undone_by=None)
    refused(village, "round_marks_kept", "round_marks", id=1, state="done", corrected_at=NOW, corrected_by="王")
    village.save("stays", {"home_id": 1, "person_id": 5, "from_day": "2026-11-01"})
    with pytest.raises(RuleBroken, match=r"^round_marks_kept$"):
        village.save("round_marks", BASE["round_marks"] | {"person_id": 5, "corrected_at": NOW, "corrected_by": "王"})
    assert village.save("rounds", {"home_id": 1, "day": TODAY, "kind": "lunch"}) == 2


def test_a_door_card_is_only_renewed(village):
    for change in ({"token": TOKEN}, {"person_id": 2}, {"person_id": None, "room": "2"}):
        refused(village, "door_cards_kept", "door_cards", id=1, **change)
    village.save("door_cards", {"id": 1, "ended_at": NOW})
    refused(village, "door_cards_kept", "door_cards", id=1, ended_at=None)


def test_every_rule_of_this_area_is_here():
    sql = (store.HERE / "tables" / "010_rounds.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    rules |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql)) | {"door_cards_token_once"}
    assert rules == {row[0] for row in RULES} | KEPT
