"""Every rule of the time bank: refused by its name through the scope and by a script, its border case let through."""

import re
import sqlite3
from contextlib import closing

import pytest

from db import store, timebank, words
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import TOMORROW, _says, inserting, script

RULE: Row = {"home_id": 1}
KIN: Row = {"home_id": 1, "person_id": 2, "relative_id": 7, "kin_relation": "sibling"}
BOOK: Row = {"home_id": 1, "kind": "person", "person_id": 9}
DONATE: Row = {"home_id": 1, "day": TODAY, "kind": "donate", "giver_id": 11, "receiver_id": 2, "minutes": 10}
GIFT: Row = DONATE | {"kind": "gift", "receiver_id": 12}
ACROSS: Row = GIFT | {"receiver_id": 3, "final_id": 15, "across_home_id": 2}
GRANT: Row = DONATE | {"kind": "grant", "giver_id": 2, "receiver_id": 14}
EARN: Row = DONATE | {
    "kind": "earn",
    "giver_id": 1,
    "receiver_id": 11,
    "minutes": 30,
    "service": "visit",
    "care_log_id": 5,
}
BACK: Row = {
    "home_id": 1,
    "day": TODAY,
    "kind": "reversal",
    "giver_id": 2,
    "receiver_id": 12,
    "minutes": 60,
    "reverses_id": 4,
    "note": "记错",
}
REDEEM: Row = EARN | {"kind": "redeem", "giver_id": 11, "receiver_id": 1, "request_id": 1}
ASK: Row = {
    "home_id": 1,
    "person_id": 1,
    "service": "company",
    "day": TODAY,
    "start_minute": 60,
    "minutes": 30,
    "payer_id": 11,
}
PAID: tuple[str, ...] = ("medical", "bathing")
# a rule: what its table refuses, and what it lets through, whole rows
RULES: list[tuple[str, str, list[Row], list[Row]]] = [
    ("relatives_kin_relation", "relatives", [KIN | {"kin_relation": each} for each in ("friend", "", "son")],
     [KIN | {"kin_relation": each} for each in ("spouse", "child", "parent", "grandchild", "grandparent", "sibling", "relative")]),
    ("relatives_self", "relatives", [KIN | {"relative_id": 2}], [KIN]),
    ("relatives_once", "relatives", [KIN | {"person_id": 1, "relative_id": 2}, KIN | {"relative_id": 1}], [KIN]),
    ("relatives_home", "relatives", [KIN | {"home_id": 2}, KIN | {"person_id": 5}], [KIN | {"home_id": 2, "person_id": 5}]),
    ("time_rules_county", "time_rules", [{"county": ""}, {"county": " 　"}], [{"county": "肥源县"}]),
    ("time_rules_inherits", "time_rules", [RULE | {"inherits": 2}, {"inherits": 1}, {"county": "肥源县", "inherits": 1}], [RULE | {"inherits": 1}]),
    ("time_rules_round_to", "time_rules", [RULE | {"round_to": each} for each in (-15, 5, 45)], [RULE | {"round_to": each} for each in (0, 15, 30, 60)]),
    ("time_rules_round_how", "time_rules", [RULE | {"round_how": "half"}], [RULE | {"round_how": each} for each in ("up", "nearest", "down")]),
    ("time_rules_cap", "time_rules", [RULE | {"cap_minutes": each} for each in (59, 0, -1, 6000001)],
     [RULE | {"cap_minutes": each} for each in (60, 6000000, None)]),
    ("time_rules_floor", "time_rules", [RULE | {"floor_minutes": each} for each in (1, -60001)], [RULE | {"floor_minutes": each} for each in (0, -60000)]),
    ("time_rules_least_saved", "time_rules", [RULE | {"least_saved": each} for each in (-1, 600001)], [RULE | {"least_saved": 600000}]),
    ("time_rules_served_age", "time_rules", [RULE | {"served_age": each} for each in (-1, 101)], [RULE | {"served_age": each} for each in (0, 100)]),
    ("time_rules_served_kin", "time_rules", [RULE | {"served_kin": "all"}],
     [RULE | {"served_kin": each} for each in ("only_self", "self_spouse", "direct_kin")]),
    ("time_rules_expiry", "time_rules", [RULE | {"expiry_months": each} for each in (5, 601)], [RULE | {"expiry_months": each} for each in (6, 600, None)]),
    ("time_rules_opening", "time_rules", [RULE | {"opening_minutes": each} for each in (-1, 60001)], [RULE | {"opening_minutes": 60000}]),
    ("time_rules_opening_cap", "time_rules", [RULE | {"opening_minutes": 61, "cap_minutes": 60}],
     [RULE | {"opening_minutes": 60, "cap_minutes": 60}, RULE | {"opening_minutes": 61, "cap_minutes": None}]),
    ("time_rules_proof", "time_rules", [RULE | {"proof": "photo"}], [RULE | {"proof": each} for each in ("proof_either", "proof_receiver", "proof_door")]),
    ("time_rules_closing", "time_rules", [RULE | {"closing": "to_all"}], [RULE | {"closing": each} for each in ("to_spouse", "to_relative", "to_pool")]),
    ("time_rules_stale_days", "time_rules", [RULE | {"stale_days": each} for each in (-1, 61)], [RULE | {"stale_days": each} for each in (0, 60)]),
    ("time_rules_place", "time_rules", [RULE | {"county": "肥源县"}], [RULE, {"county": "肥源县"}, {"note": "全部"}]),
    ("time_accounts_kind", "time_accounts", [{"home_id": 1, "kind": "club"}], [BOOK]),
    ("time_accounts_team", "time_accounts", [{"home_id": 1, "kind": "team", "team": each} for each in ("", " 　", "长" * 41)],
     [{"home_id": 1, "kind": "team", "team": "长" * 40}]),
    ("time_accounts_closing", "time_accounts", [BOOK | {"closing": "to_all"}], [BOOK | {"closing": "to_pool"}]),
    ("time_accounts_owner", "time_accounts", [BOOK | {"kind": "team"}, {"home_id": 1, "kind": "person"}, BOOK | {"team": "队"}, {"home_id": 1, "kind": "team"}], [BOOK]),
    ("time_accounts_person_id_once", "time_accounts", [BOOK | {"person_id": 1}], [BOOK]),
    ("time_accounts_home_id_once", "time_accounts", [{"home_id": 1, "kind": "pool"}, {"home_id": 2, "kind": "clearing"}], []),
    ("time_accounts_kind_once", "time_accounts", [{"kind": "system"}], []),
    ("time_accounts_team_once", "time_accounts", [{"home_id": 1, "kind": "team", "team": "义工队"}], [{"home_id": 2, "kind": "team", "team": "义工队"}]),
    ("time_accounts_home", "time_accounts", [BOOK | {"home_id": 2}], [BOOK]),
    ("time_accounts_new", "time_accounts", [BOOK | {"closed_day": TODAY}], [BOOK]),
    ("time_accounts_dead", "time_accounts", [BOOK | {"person_id": 6}], [BOOK]),
    ("transfers_day", "transfers", [DONATE | {"day": each} for each in ("2026-02-30", "昨天", "")], [DONATE | {"day": "2026-11-01"}]),
    ("transfers_kind", "transfers", [DONATE | {"kind": "sell"}], [DONATE]),
    ("transfers_minutes", "transfers", [DONATE | {"minutes": each} for each in (0, -1, -60)], [DONATE | {"minutes": 1}]),
    ("transfers_self", "transfers", [GIFT | {"receiver_id": 11}], [GIFT]),
    ("transfers_reverses", "transfers", [BACK | {"reverses_id": None}], [BACK]),
    ("transfers_service", "transfers", [EARN | {"kind": "overflow", "receiver_id": 2, "service": None}], [EARN]),
    ("transfers_log", "transfers", [GIFT | {"care_log_id": 5}, DONATE | {"request_id": 1}], [GIFT, DONATE]),
    ("transfers_note", "transfers", [BACK | {"note": each} for each in (None, "", " 　")], [BACK]),
    ("transfers_reverses_id_once", "transfers", [BACK | {"giver_id": 12, "receiver_id": 11, "minutes": 10, "reverses_id": 5}], [BACK]),
    ("transfers_future", "transfers", [DONATE | {"day": TOMORROW}], [DONATE]),
    ("transfers_home", "transfers", [DONATE | {"home_id": 2}, DONATE | {"receiver_id": 4}, GRANT | {"receiver_id": 15}], [DONATE]),
    ("transfers_closed", "transfers", [GIFT | {"receiver_id": 19}, DONATE | {"giver_id": 19}], [GIFT]),
    ("transfers_team", "transfers", [GIFT | {"giver_id": 18}, REDEEM | {"giver_id": 18}], [DONATE | {"giver_id": 18}]),
    ("transfers_sides", "transfers", [DONATE | {"receiver_id": 1}, GIFT | {"receiver_id": 2}, DONATE | {"kind": "expire", "receiver_id": 12},
     GRANT | {"giver_id": 11}, EARN | {"receiver_id": 3}], [DONATE]),
    ("transfers_key", "transfers", [EARN | {"receiver_id": 14}, DONATE | {"kind": "opening", "giver_id": 1, "receiver_id": 14}], [EARN]),
    ("transfers_earned", "transfers", [EARN | {"care_log_id": None}, EARN | {"care_log_id": 4}, EARN | {"care_log_id": 99}, EARN | {"minutes": 31},
     EARN | {"receiver_id": 12}, EARN | {"service": "meal"}, EARN | {"day": "2026-11-01"}, EARN | {"care_log_id": 1}, EARN | {"request_id": 1},
     EARN | {"kind": "overflow", "receiver_id": 2, "minutes": 31}], [EARN, EARN | {"minutes": 29}, EARN | {"kind": "overflow", "receiver_id": 2}]),
    ("transfers_redeem", "transfers", [REDEEM, REDEEM | {"request_id": None}, REDEEM | {"care_log_id": None}, REDEEM | {"giver_id": 12},
     GRANT | {"request_id": 1}, GRANT | {"care_log_id": 5, "request_id": 1, "service": "company"}], [GRANT]),
    ("transfers_relative", "transfers", [GIFT | {"receiver_id": 17}, ACROSS | {"giver_id": 12}], [GIFT, ACROSS]),
    ("transfers_grant", "transfers", [GRANT | {"receiver_id": 11}], [GRANT]),
    ("transfers_opening", "transfers", [DONATE | {"kind": "opening", "giver_id": 1, "receiver_id": 17}], []),
    ("transfers_expire", "transfers", [DONATE | {"kind": "expire"}], []),
    ("transfers_waive", "transfers", [DONATE | {"kind": "waive", "giver_id": 1, "receiver_id": 11}], []),
    ("transfers_across", "transfers", [ACROSS | {"final_id": None}, ACROSS | {"across_home_id": None}, ACROSS | {"final_id": 12},
     GIFT | {"final_id": 15, "across_home_id": 2}], [ACROSS]),
    ("transfers_clearing", "transfers", [GIFT | {"giver_id": 3, "receiver_id": 11, "first_id": 1}, GIFT | {"first_id": 5}], [GIFT]),
    ("transfers_move", "transfers", [DONATE | {"kind": "move", "receiver_id": 3, "across_home_id": 2}], []),
    ("transfers_reversal", "transfers", [BACK | {"minutes": 59}, BACK | {"receiver_id": 11}, BACK | {"reverses_id": 6}, BACK | {"reverses_id": 99},
     BACK | {"service": "visit"}, BACK | {"care_log_id": 1}], [BACK]),
    ("transfers_first", "transfers", [BACK | {"home_id": 2, "giver_id": 15, "receiver_id": 5, "minutes": 5, "reverses_id": 10, "across_home_id": 1}], []),
    ("transfers_floor", "transfers", [DONATE | {"minutes": 81}, GRANT | {"minutes": 61}], [DONATE | {"minutes": 80}, GRANT | {"minutes": 60}]),
    ("transfers_spent", "transfers", [BACK | {"giver_id": 12, "receiver_id": 1, "minutes": 120, "reverses_id": 2, "service": "visit", "care_log_id": 2}], []),
    ("transfers_rule", "transfers", [DONATE | {"rule_id": 99}, EARN | {"rule_id": 99}], [DONATE | {"rule_id": 1}, EARN | {"rule_id": 1}]),
    ("requests_day", "requests", [ASK | {"day": each} for each in ("2026-02-30", "明天")], [ASK | {"day": TOMORROW}]),
    ("requests_start", "requests", [ASK | {"start_minute": each} for each in (-1, 1440)], [ASK | {"start_minute": each} for each in (0, 1439)]),
    ("requests_minutes", "requests", [ASK | {"minutes": each} for each in (0, -30, 4)], [ASK | {"minutes": 5}]),
    ("requests_asked_by", "requests", [ASK | {"asked_by": "nobody"}], [ASK | {"asked_by": each} for each in ("by_elder", "by_relative", "by_caretaker")]),
    ("requests_asked_at", "requests", [ASK | {"asked_at": "2026-11-20 08:00"}], [ASK | {"asked_at": "2026-11-20T00:00:00Z"}]),
    ("requests_person_id_once", "requests", [ASK | {"start_minute": 600, "minutes": 5}], [ASK]),
    ("requests_new", "requests", [ASK | {"accepted_at": "2026-11-20T00:00:00Z"},
     ASK | {"closed": "withdrawn", "closed_at": "2026-11-20T00:00:00Z"}], [ASK]),
    ("requests_past", "requests", [ASK | {"day": "2026-11-19"}], [ASK, ASK | {"day": "2026-11-19", "asked_at": "2026-11-18T20:00:00Z"}]),
    ("requests_home", "requests", [ASK | {"home_id": 2}, ASK | {"payer_id": 15}, ASK | {"payer_id": 1}], [ASK]),
    ("requests_most", "requests", [ASK | {"minutes": 481}, ASK | {"service": "visit", "minutes": 181}], [ASK | {"service": "visit"}]),
    ("requests_gone", "requests", [ASK | {"person_id": 6}], [ASK]),
    ("requests_payer", "requests", [ASK | {"payer_id": None}, *(ASK | {"service": each} for each in PAID)],
     [ASK, *(ASK | {"service": each, "payer_id": None} for each in PAID)]),
    ("requests_team", "requests", [ASK | {"payer_id": 18}], [ASK]),
    ("requests_account_closed", "requests", [ASK | {"payer_id": 19}, ASK | {"payer_id": 3}], [ASK]),
    ("requests_pool", "requests", [ASK | {"payer_id": 2}], [ASK | {"person_id": 4, "payer_id": 2}]),
    ("requests_age", "requests", [ASK | {"person_id": 3}, ASK | {"person_id": 9}], [ASK | {"person_id": 2}]),
    ("requests_kin", "requests", [ASK | {"person_id": 7}, ASK | {"person_id": 7, "payer_id": 12}], [ASK | {"person_id": 2}]),
    ("requests_balance", "requests", [ASK | {"minutes": 81}, ASK | {"person_id": 4, "payer_id": 2, "minutes": 61}, ASK | {"person_id": 7, "payer_id": 17}],
     [ASK | {"minutes": 80}, ASK | {"person_id": 4, "payer_id": 2, "minutes": 60}]),
]  # fmt: skip
ALONE = {
    "time_rules_kept", "time_accounts_kept", "time_accounts_closed_day", "time_accounts_future", "time_ways_kept", "transfers_kept",
    "transfers_first_id_once", "transfers_moved", "transfers_cap", "transfers_cap_back", "time_entries_kept", "time_entries_transfer_id_once",
    "time_balances_kept", "requests_accepted_at", "requests_closed", "requests_closed_at", "requests_closing", "requests_kept", "requests_saved",
    "requests_self", "requests_same_sex", "requests_apart", "requests_done", "shifts_request", "shifts_request_id_once", "duties_asked",
    "care_logs_request", "care_logs_request_done",
}  # fmt: skip
ELSEWHERE = {"shifts_duty_id_once", "requests_apart", "shifts_request"}  # of the roster; tests/test_requests.py
LOG: Row = {"home_id": 1, "day": TODAY, "service": "visit", "confirmed": "caretaker"}


def care(id: int, giver: int | str, receiver: int, minutes: int, **more: object) -> tuple[str, Row]:
    who: Row = {"giver_id": giver} if isinstance(giver, int) else {"giver_name": giver}
    return "care_logs", LOG | who | {"id": id, "receiver_id": receiver, "minutes": minutes} | more


PEOPLE = [(1, 1, "1950-01-01"), (2, 1, "1950-01-01"), (3, 1, "1990-01-01"), (4, 1, "1950-01-01"), (5, 2, "1950-01-01"), (6, 1, "1950-01-01"),
          (7, 1, "1950-01-01"), (8, 1, "1950-01-01"), (9, 1, None)]  # fmt: skip
WORLD: list[tuple[str, Row]] = [
    ("homes", {"id": 1, "name": "东院"}),
    ("homes", {"id": 2, "name": "西院"}),
    *(("persons", {"id": id, "home_id": home, "name": f"人{id}", "birth_day": born} | ({"categories": '["disabled"]'} if id == 4 else {}))
      for id, home, born in PEOPLE),
    ("stays", {"home_id": 1, "person_id": 6, "from_day": "2026-01-01", "to_day": "2026-06-01", "end_reason": "death", "end_decided_by": "村委会"}),
    *(("relatives", {"home_id": 1, "person_id": 1, "relative_id": other, "kin_relation": kin}) for other, kin in (
        (2, "spouse"), (3, "child"), (5, "child"), (8, "sibling"), (9, "child"))),
    *(("time_accounts", {"id": 10 + id, "home_id": home, "kind": "person", "person_id": id}) for id, home, _ in PEOPLE if id not in (6, 8, 9)),
    ("time_accounts", {"id": 18, "home_id": 1, "kind": "team", "team": "义工队"}),
    ("time_accounts", {"id": 19, "home_id": 1, "kind": "person", "person_id": 8}),
    care(1, 1, 2, 120), care(2, 2, 1, 120), care(3, "义工队", 1, 60),
    ("transfers", DONATE | {"giver_id": 12, "minutes": 60}),  # 4
    ("transfers", GIFT),  # 5, reversed by 6
    ("transfers", BACK | {"giver_id": 12, "receiver_id": 11, "minutes": 10, "reverses_id": 5}),
    care(4, 2, 1, 30, confirmed=None),
    care(5, 1, 2, 30),  # 7, reversed by 8
    ("transfers", BACK | {"giver_id": 11, "receiver_id": 1, "minutes": 30, "reverses_id": 7, "service": "visit", "care_log_id": 5}),
    ("transfers", ACROSS | {"minutes": 5}),  # 9 and 10
    ("requests", ASK | {"id": 1, "start_minute": 600, "minutes": 35}),
]  # fmt: skip


@pytest.fixture
def village(data):
    """张 has 115 minutes of which a request holds 35, 王 60 and the pool 60; a team, a key elder, one who is dead, a closed passbook."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for table, row in WORLD:
            desk.insert(table, row)
        timebank.close(desk, 19)
    return scope


@pytest.mark.parametrize(("rule", "table", "refused", "allowed"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_refuses_by_its_name(village, rule, table, refused, allowed):
    for row in refused:
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            village.save(table, row)
        with pytest.raises(sqlite3.IntegrityError) as said:
            script(village.data, inserting(table, row), row.values())
        assert _says(rule, said.value)
    for row in allowed:
        with closing(sqlite3.connect(village.data / "happiness.db")) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(inserting(table, row), list(row.values()))  # and nothing is kept of it
            assert connection.execute("SELECT * FROM time_faults").fetchall() == []


TOOLS = (
    "UPDATE {o} {table} SET minutes = minutes + 1",
    "UPDATE {o} {table} SET id = id + 100",
    "UPDATE {o} {table} SET note = 'x', key = 'x' WHERE id = 4",
    "DELETE FROM {table}",
    "REPLACE INTO {table} SELECT * FROM (SELECT {columns} FROM {table} WHERE id = 4)",
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = 4 ON CONFLICT (id) DO UPDATE SET minutes = 1",
)


def by_a_tool(data, sql: str, *values: object) -> str | None:
    """The rule that stops any SQLite tool that asks for no foreign keys; None where nothing does."""
    with closing(sqlite3.connect(data / "happiness.db")) as connection:
        try:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(sql, values)
        except sqlite3.IntegrityError as error:
            return str(error)
    return None


@pytest.mark.parametrize("instead", ["", "OR REPLACE", "OR IGNORE", "OR ROLLBACK"])
def test_no_tool_edits_or_deletes_an_entry(village, instead):
    columns = "id, home_id, day, kind, giver_id, receiver_id, minutes"
    for tool in TOOLS:
        sql = tool
        if tool.startswith("REPLACE"):
            sql = f"INSERT {instead or 'OR REPLACE'} INTO transfers ({columns}) SELECT {columns} FROM transfers WHERE id = 4"
        assert by_a_tool(village.data, sql.format(o=instead, table="transfers", columns=columns)) == "transfers_kept", (
            sql
        )
    for sql in ("UPDATE {o} time_entries SET minutes = 1", "DELETE FROM time_entries",
                "INSERT {o} INTO time_entries VALUES (11, 9, 1, 5, 5)", "INSERT {o} INTO time_entries SELECT 11, 1, 1, 120, 120",
                "INSERT {o} INTO time_entries SELECT account_id, entries + 1, 4, 60, balance + 60 FROM time_balances WHERE account_id = 2"):  # fmt: skip
        assert by_a_tool(village.data, sql.format(o=instead)) == "time_entries_kept", sql
    for sql in ("UPDATE {o} time_balances SET balance = 0", "UPDATE {o} time_balances SET earned = 99999 WHERE account_id = 11", "DELETE FROM time_balances",
                "UPDATE {o} time_balances SET entries = entries + 1", "INSERT {o} INTO time_balances VALUES (11, 0, 0, 0, 0)",
                "INSERT {o} INTO time_balances VALUES (99, 0, 0, 9, 0)"):  # fmt: skip
        assert by_a_tool(village.data, sql.format(o=instead)) == "time_balances_kept", sql


def test_no_tool_puts_a_second_reversal_or_arrival_in_place_of_the_first(village):
    second = BACK | {"giver_id": 12, "receiver_id": 11, "minutes": 10, "reverses_id": 5}
    arrival = GIFT | {"home_id": 2, "giver_id": 5, "receiver_id": 15, "minutes": 5, "first_id": 9, "across_home_id": 1}
    for row, rule in ((second, "transfers_reverses_id_once"), (arrival, "transfers_first_id_once")):
        sql = inserting("transfers", row).replace("INSERT", "INSERT OR REPLACE")
        assert by_a_tool(village.data, sql, *row.values()) == rule


@pytest.mark.parametrize("instead", ["", "OR REPLACE", "OR IGNORE"])
def test_no_tool_replaces_rules_accounts_or_requests(village, instead):
    stops = {
        "UPDATE {o} time_rules SET cap_minutes = 60": "time_rules_kept",
        "DELETE FROM time_rules": "time_rules_kept",
        "INSERT {o} INTO time_rules (id, cap_minutes) VALUES (1, 60)": "time_rules_kept",
        "DELETE FROM time_accounts": "time_accounts_kept",
        "INSERT {o} INTO time_accounts (id, home_id, kind, person_id) VALUES (11, 1, 'person', 9)": "time_accounts_kept",
        "INSERT {o} INTO time_accounts (home_id, kind, person_id) VALUES (1, 'person', 1)": "time_accounts_person_id_once",
        "INSERT {o} INTO time_accounts (home_id, kind) VALUES (1, 'pool')": "time_accounts_home_id_once",
        "INSERT {o} INTO time_accounts (kind) VALUES ('system')": "time_accounts_kind_once",
        "INSERT {o} INTO time_accounts (home_id, kind, team) VALUES (1, 'team', '义工队')": "time_accounts_team_once",
        "UPDATE {o} time_accounts SET person_id = 7 WHERE id = 11": "time_accounts_kept",
        "UPDATE {o} time_accounts SET home_id = 2 WHERE id = 11": "time_accounts_kept",
        "UPDATE {o} time_accounts SET home_id = 2 WHERE id = 2": "time_accounts_kept",
        "UPDATE {o} time_accounts SET team = '别的队' WHERE id = 18": "time_accounts_kept",
        "UPDATE {o} requests SET minutes = 5": "requests_kept",
        "UPDATE {o} requests SET payer_id = 12": "requests_kept",
        "DELETE FROM requests": "requests_kept",
        "INSERT {o} INTO requests (home_id, person_id, service, day, start_minute, minutes, payer_id) SELECT home_id, person_id, service, day,"
        " start_minute, 10, payer_id FROM requests": "requests_person_id_once",
        "INSERT {o} INTO time_ways VALUES ('redeem', 'team', 'system')": "time_ways_kept",
        "UPDATE {o} time_ways SET giver = 'team' WHERE kind = 'redeem'": "time_ways_kept",
        "DELETE FROM time_ways": "time_ways_kept",
    }
    for sql, rule in stops.items():
        assert by_a_tool(village.data, sql.format(o=instead)) == rule, sql


@pytest.mark.parametrize(
    "row", [DONATE | {"minutes": -5}, DONATE | {"minutes": 0}, GIFT | {"minutes": -5}, GRANT | {"minutes": -60}]
)
def test_less_than_a_minute_is_refused_even_where_no_check_is_asked(village, row):
    assert by_a_tool(village.data, inserting("transfers", row), *row.values()) == "transfers_minutes"


def refused(rule: str):
    return pytest.raises(RuleBroken, match=rf"^{rule}$")


def served(scope: Scope, request: int, helper: int, minutes: int, **more: object) -> Row:
    """The entry by which a request is done."""
    asked = scope.read("requests", id=request).iloc[0]
    shift = int(scope.read("shifts", request_id=request)["id"].iloc[0])
    row = {"giver_id": helper, "receiver_id": int(asked["person_id"]), "service": asked["service"], "day": asked["day"]}
    return LOG | row | {"minutes": minutes, "shift_id": shift, "recorded_at": now(scope), "recorded_by": "x"} | more


def now(scope: Scope) -> str:
    with store.reading(scope.data) as db:
        return db.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()[0]


def balances(scope: Scope) -> dict[int, int]:
    frame = scope.read("time_balances")
    return dict(zip(frame["account_id"], frame["balance"], strict=True))


def test_beyond_the_cap_nothing_is_given_and_earning_overflows(village):
    village.save("time_rules", {"home_id": 1, "cap_minutes": 120})
    with refused("transfers_cap"):
        village.save("transfers", GIFT | {"minutes": 61})
    village.save("transfers", GIFT | {"minutes": 60})
    village.save("care_logs", LOG | {"giver_id": 2, "receiver_id": 1, "minutes": 45})
    assert balances(village)[12] == 120
    assert balances(village)[2] == 60 + 45
    with refused("transfers_cap_back"):
        village.save("transfers", BACK)
    with refused("transfers_cap"):
        village.save("transfers", EARN | {"receiver_id": 11, "minutes": 30} | {"care_log_id": village.save(
            "care_logs", LOG | {"giver_id": 1, "receiver_id": 2, "minutes": 100, "confirmed": "caretaker"}) and 5} | {"minutes": 30})  # fmt: skip


def test_what_was_given_away_cannot_be_taken_back_from_the_care_log(village):
    log = village.save(
        "care_logs",
        LOG | {"giver_id": 7, "receiver_id": 1, "minutes": 60, "recorded_at": now(village), "recorded_by": "x"},
    )
    village.save("transfers", DONATE | {"giver_id": 17, "minutes": 1})
    for change in ({"minutes": 59}, {"undone_at": now(village), "undone_by": "x"}, {"confirmed": None}):
        with refused("transfers_spent"):
            village.save("care_logs", {"id": log} | change)
    with refused("transfers_spent"):
        village.remove("care_logs", log)
    village.save("care_logs", {"id": log, "note": "只改备注"})
    assert balances(village)[17] == 59


def test_after_a_move_an_entry_is_not_taken_back(village):
    village.save("persons", {"id": 1, "home_id": 2})
    assert balances(village)[11] == 115
    assert (balances(village)[3], balances(village)[5]) == (5 + 115, -5 - 115)
    with refused("transfers_moved"):
        village.remove("care_logs", 1)
    assert store.check(village.data) == []


def test_what_came_from_elsewhere_came_once(village):
    row = GIFT | {"home_id": 2, "giver_id": 5, "receiver_id": 15, "minutes": 5, "first_id": 9, "across_home_id": 1}
    with refused("transfers_first_id_once"):
        village.save("transfers", row)


def test_closing(village):
    for day, rule in (
        ("2026-02-30", "time_accounts_closed_day"),
        ("今天", "time_accounts_(closed_day|future)"),
        (TOMORROW, "time_accounts_future"),
    ):
        with pytest.raises(RuleBroken, match=rf"^{rule}$"):
            village.save("time_accounts", {"id": 11, "closed_day": day})
    with village.work() as desk:
        timebank.close(desk, 11, "to_relative")
        timebank.close(desk, 11, "to_pool")  # a second touch finds it done
    assert (balances(village)[11], balances(village)[15]) == (0, 5)
    assert village.read("requests", id=1)["closed"].tolist() == ["withdrawn"]
    with refused("transfers_closed"):
        village.save("transfers", GIFT)


def test_the_dead_have_no_passbook_any_more(village):
    village.save(
        "stays",
        {
            "home_id": 1,
            "person_id": 2,
            "from_day": "2026-01-01",
            "to_day": TODAY,
            "end_reason": "death",
            "end_decided_by": "村委会",
        },
    )
    assert balances(village)[12] == 0
    with refused("time_accounts_dead"):
        village.save("time_accounts", {"id": 12, "closed_day": None})


def test_redeeming_needs_what_the_rule_says_was_earned(village):
    village.save("time_rules", {"home_id": 1, "least_saved": 121})
    with refused("requests_saved"):
        village.save("requests", ASK)
    village.save("time_rules", {"home_id": 1, "least_saved": 120})
    village.save("requests", ASK)


@pytest.mark.parametrize(("kin", "who"), [("only_self", [1]), ("self_spouse", [1, 2]), ("direct_kin", [1, 2])])
def test_whom_saved_time_may_serve(village, kin, who):
    village.save("time_rules", {"home_id": 1, "served_kin": kin, "served_age": 60})
    village.save("persons", {"id": 3, "birth_day": "1990-01-01"})
    for person in (1, 2):
        if person in who:
            village.save("requests", ASK | {"person_id": person, "minutes": 5})
        else:
            with refused("requests_kin"):
                village.save("requests", ASK | {"person_id": person, "minutes": 5})
    village.save("time_rules", {"home_id": 1, "served_kin": kin, "served_age": 0})
    if kin == "direct_kin":
        village.save("requests", ASK | {"person_id": 3, "minutes": 5})
    else:
        with refused("requests_kin"):
            village.save("requests", ASK | {"person_id": 3, "minutes": 5})


def test_served_age_counts_birthdays(village):
    village.save("persons", {"id": 2, "birth_day": "1966-11-21"})
    with refused("requests_age"):
        village.save("requests", ASK | {"person_id": 2})
    village.save("requests", ASK | {"person_id": 2, "day": TOMORROW})


def test_a_request_is_done_by_its_own_entry_once(village):
    with refused("care_logs_request"):
        village.save("care_logs", served(village, 1, 2, 30) | {"service": "visit"})
    with refused("care_logs_request"):
        village.save("care_logs", served(village, 1, 7, 30) | {"receiver_id": 2})
    village.save("care_logs", served(village, 1, 2, 30))
    assert (balances(village)[11], balances(village)[12]) == (115 - 30, 60 + 30)
    with refused("care_logs_request_done"):
        village.save("care_logs", served(village, 1, 7, 30))
    other = village.save("care_logs", {**served(village, 1, 7, 30), "shift_id": None})
    with refused("care_logs_request_done"):
        village.save("care_logs", {"id": other, "shift_id": served(village, 1, 7, 30)["shift_id"]})
    with refused("requests_kept"):
        village.save("requests", {"id": 1, "closed": "withdrawn", "care_log_id": None})
    with refused("transfers_redeem"):
        village.save(
            "transfers",
            REDEEM | {"service": "company", "care_log_id": int(village.read("requests", id=1)["care_log_id"].iloc[0])},
        )


def test_no_more_is_redeemed_than_was_asked(village):
    village.save("care_logs", served(village, 1, 2, 60))
    paid = village.read("transfers", kind="redeem").iloc[0]
    assert paid["minutes"] == 35
    with village.work() as desk:
        timebank.reverse(desk, int(paid["id"]), "记错")
    row = REDEEM | {"service": "company", "care_log_id": int(paid["care_log_id"])}
    with refused("transfers_redeem"):
        village.save("transfers", row | {"minutes": 36})
    village.save("transfers", row | {"minutes": 35})


def test_a_request_closes_as_it_should(village):
    for change, rule in (
        ({"closed": "lost", "closed_at": "2026-11-20T00:00:00Z"}, "requests_closed"),
        ({"closed": "withdrawn"}, "requests_closing"),
        ({"closed": "withdrawn", "closed_at": "今天"}, "requests_closed_at"),
        ({"accepted_at": "今天"}, "requests_accepted_at"),
        ({"closed": "request_done", "closed_at": "2026-11-20T00:00:00Z", "care_log_id": 1}, "requests_done"),
    ):
        with refused(rule):
            village.save("requests", {"id": 1} | change)
    village.save("requests", {"id": 1, "closed": "withdrawn", "closed_at": "2026-11-20T00:00:00Z"})
    with refused("requests_kept"):
        village.save("requests", {"id": 1, "closed": None, "closed_at": None})
    assert village.read("shifts", request_id=1).empty


def test_whoever_helps_is_somebody_else_and_bathing_is_for_the_same_sex(village):
    for id, sex in ((1, "female"), (2, "female"), (7, "male")):
        village.save("persons", {"id": id, "sex": sex, "volunteer": 1, "gives": '["bathing", "company"]'})
    shift = int(village.read("shifts", request_id=1)["id"].iloc[0])
    with refused("requests_self"):
        village.save("assignments", {"home_id": 1, "shift_id": shift, "person_id": 1})
    bath = village.save("requests", ASK | {"service": "bathing", "payer_id": None})
    shift = int(village.read("shifts", request_id=bath)["id"].iloc[0])
    for person in (7, 9):
        with refused("requests_same_sex"):
            village.save("assignments", {"home_id": 1, "shift_id": shift, "person_id": person})
    taken = village.save("assignments", {"home_id": 1, "shift_id": shift, "person_id": 2})
    with refused("requests_same_sex"):
        village.save("assignments", {"id": taken, "person_id": 7})


def test_a_request_has_one_shift_and_its_duty_is_no_duty(village):
    shift = village.read("shifts", request_id=1).iloc[0]
    row = {
        name: shift[name] for name in ("home_id", "duty_id", "day", "start_minute", "minutes", "needed", "request_id")
    }
    with pytest.raises(sqlite3.IntegrityError, match=r"shifts\.request_id"):
        script(village.data, inserting("shifts", row), [int(x) if not isinstance(x, str) else x for x in row.values()])
    with refused("duties_asked"):
        village.save("duties", {"id": int(shift["duty_id"]), "active": 1})


@pytest.mark.parametrize(
    ("proof", "books"),
    [
        ("proof_either", ["receiver", "caretaker", "door"]),
        ("proof_receiver", ["receiver"]),
        ("proof_door", ["receiver", "door"]),
    ],
)
def test_the_proof_that_the_home_asks_for(village, proof, books):
    village.save("time_rules", {"home_id": 1, "proof": proof})
    for confirmed in ("receiver", "caretaker", "door", "planned_end", None):
        before = balances(village)[17]
        village.save("care_logs", LOG | {"giver_id": 7, "receiver_id": 1, "minutes": 10, "confirmed": confirmed})
        assert balances(village)[17] - before == (10 if confirmed in books else 0), confirmed


def test_a_request_waits_for_the_proof(village):
    village.save("time_rules", {"home_id": 1, "proof": "proof_receiver"})
    log = village.save("care_logs", served(village, 1, 2, 30))
    assert village.read("requests", id=1)["closed"].isna().all()
    village.save("care_logs", {"id": log, "confirmed": "receiver"})
    assert village.read("requests", id=1)["closed"].tolist() == ["request_done"]
    assert balances(village)[11] == 85


def test_another_proof_of_what_is_booked_books_nothing(village):
    before = len(village.read("transfers"))
    village.save("care_logs", {"id": 1, "confirmed": "receiver"})
    assert len(village.read("transfers")) == before
    village.save("care_logs", {"id": 4, "confirmed": "receiver"})
    assert len(village.read("transfers")) == before + 1


@pytest.mark.parametrize(("to", "how", "minutes", "booked"), [
    (0, "up", 7, 7), (15, "up", 1, 15), (15, "up", 15, 15), (15, "up", 16, 30), (30, "nearest", 14, 0), (30, "nearest", 15, 30), (30, "nearest", 44, 30),
    (60, "down", 59, 0), (60, "down", 60, 60), (60, "down", 119, 60)])  # fmt: skip
def test_rounding(village, to, how, minutes, booked):
    village.save("time_rules", {"home_id": 1, "round_to": to, "round_how": how})
    village.save("care_logs", LOG | {"giver_id": 7, "receiver_id": 1, "minutes": minutes})
    assert balances(village)[17] == booked
    if not booked:
        village.save(
            "care_logs", served(village, 1, 7, 14 if to == 30 else 30)
        )  # closes the request, and costs nothing
        assert village.read("requests", id=1)["closed"].tolist() == ["request_done"]
        assert balances(village)[11] == 115


def test_who_turns_key_elder_keeps_what_was_earned_and_earns_for_the_pool(village):
    village.save("persons", {"id": 2, "categories": '["destitute"]'})
    village.save("care_logs", LOG | {"giver_id": 2, "receiver_id": 1, "minutes": 20})
    assert (balances(village)[12], balances(village)[2]) == (60, 80)
    village.save("transfers", GRANT | {"receiver_id": 12})


def test_a_lower_cap_takes_nothing_away(village):
    village.save("time_rules", {"home_id": 1, "cap_minutes": 60})
    assert balances(village)[11] == 115
    village.save("care_logs", LOG | {"giver_id": 1, "receiver_id": 2, "minutes": 20})
    assert (balances(village)[11], balances(village)[2]) == (115, 80)
    assert store.check(village.data) == []


def test_a_debt_within_the_floor_and_let_go_at_the_end(village):
    village.save("time_rules", {"home_id": 1, "floor_minutes": -60, "least_saved": 0})
    village.save("requests", ASK | {"minutes": 140})
    with refused("requests_balance"):
        village.save("requests", ASK | {"minutes": 5, "start_minute": 61})
    with refused("transfers_floor"):
        village.save("transfers", DONATE)
    done = village.read("requests", minutes=140)["id"].iloc[0]
    village.save("care_logs", served(village, int(done), 2, 140))
    assert balances(village)[11] == -25
    with village.work() as desk:
        timebank.close(desk, 11)
    assert balances(village)[11] == 0
    assert store.check(village.data) == []


def test_hours_of_professionals_and_of_paid_posts_are_not_booked(village):
    village.save("persons", {"id": 7, "post": "cook"})
    village.save("care_logs", LOG | {"giver_id": 7, "receiver_id": 1, "minutes": 20})
    village.save("care_logs", LOG | {"giver_id": 2, "receiver_id": 1, "minutes": 20, "service": "medical"})
    assert (balances(village)[17], balances(village)[12]) == (0, 60)


def test_out_of_date_a_request_holds_nothing_and_is_paid_with_what_is_left(village):
    script(village.data, "UPDATE settings SET value = '2026-11-22' WHERE name = 'today'")
    with refused("transfers_floor"):
        village.save("transfers", DONATE | {"minutes": 81})
    script(village.data, "UPDATE settings SET value = '2026-11-23' WHERE name = 'today'")
    village.save("transfers", DONATE | {"minutes": 100})
    village.save("care_logs", served(village, 1, 2, 30))
    assert (balances(village)[11], balances(village)[12]) == (0, 90)


@pytest.mark.parametrize("closing", ["to_spouse", "to_relative", "to_pool"])
def test_where_a_balance_goes(village, closing):
    with village.work() as desk:
        timebank.close(desk, 11, closing)
    found = {account: balances(village)[account] for account in (11, 12, 13, 15, 2)}
    assert found[11] == 0
    assert found == {"to_spouse": {11: 0, 12: 175, 13: 0, 15: 5, 2: 60}, "to_relative": {11: 0, 12: 60, 13: 115, 15: 5, 2: 60},
                     "to_pool": {11: 0, 12: 60, 13: 0, 15: 5, 2: 175}}[closing]  # fmt: skip


def test_what_has_expired_goes_to_the_pool_and_what_is_held_stays(village):
    village.save("time_rules", {"home_id": 1, "expiry_months": 6})
    with village.work() as desk:
        assert timebank.expire_all(desk, [1, 2]) == (0, 0)
    script(village.data, "UPDATE settings SET value = '2027-05-21' WHERE name = 'today'")
    with village.work() as desk:
        assert timebank.expire_all(desk, [1, 2]) == (2, 175)
        assert timebank.expire_all(desk, [1, 2]) == (0, 0)


def test_what_was_given_since_was_the_oldest(village):
    village.save("time_rules", {"home_id": 1, "expiry_months": 6})
    script(village.data, "UPDATE settings SET value = '2027-05-21' WHERE name = 'today'")
    village.save("care_logs", LOG | {"giver_id": 1, "receiver_id": 2, "minutes": 50, "day": "2027-05-20"})
    due = village.read("time_expiring", account_id=11)["minutes"].tolist()
    assert (balances(village)[11], due) == (165, [115])


def test_what_others_hold_pays_for_nothing_else(village):
    village.save("requests", ASK | {"day": "2026-11-25", "minutes": 80})
    script(village.data, "UPDATE settings SET value = '2026-11-23' WHERE name = 'today'")
    village.save("transfers", DONATE | {"minutes": 30})
    village.save("care_logs", served(village, 1, 2, 30))
    assert balances(village)[11] == 80


def test_care_of_before_a_move_that_is_confirmed_after_it_is_the_pools(village):
    village.save("persons", {"id": 2, "home_id": 2})
    village.save("care_logs", {"id": 4, "confirmed": "receiver"})
    assert (balances(village)[12], balances(village)[2]) == (60, 60 + 30)


def test_kin_from_either_side(village):
    kin = village.read("time_kin", order="person_id, relative_id")
    found = {
        (one, two): each
        for one, two, each in zip(kin["person_id"], kin["relative_id"], kin["kin_relation"], strict=True)
    }
    assert (found[1, 3], found[3, 1], found[1, 2], found[2, 1]) == ("child", "parent", "spouse", "spouse")
    assert (found[1, 8], found[8, 1]) == ("sibling", "sibling")


def test_rules_are_of_a_home_else_its_county_else_of_all(village):
    village.save("homes", {"id": 1, "county": "肥源县"})
    for row, cap in (({"cap_minutes": 600}, 600), ({"county": "肥源县", "cap_minutes": 700}, 700), ({"cap_minutes": 650}, 700),
                     ({"home_id": 1, "cap_minutes": 800}, 800), ({"county": "肥源县", "cap_minutes": 750}, 800),
                     ({"home_id": 1, "inherits": 1}, 750), ({"home_id": 2, "cap_minutes": 60}, 750)):  # fmt: skip
        village.save("time_rules", row)
        assert village.read("time_terms", home_id=1)["cap_minutes"].tolist() == [cap]


@pytest.mark.parametrize(("who", "row", "rule"), [
    ({"role": "admin"}, {}, None), ({"role": "admin", "county": "肥源县"}, {}, "outside_area"), ({"role": "admin", "county": "肥源县"}, {"county": "肥源县"}, None),
    ({"role": "official", "county": "肥源县"}, {"county": "肥源县"}, None), ({"role": "official", "county": "肥源县"}, {"county": "别县"}, "outside_area"),
    ({"role": "official", "county": "肥源县"}, {}, "outside_area"), ({"role": "official", "home_id": 1}, {"county": "肥源县"}, "not_allowed"),
    ({"role": "official", "county": "肥源县", "township": "东河乡"}, {"county": "肥源县"}, "outside_area"),
    ({"role": "official", "home_id": 1}, {"home_id": 1}, None), ({"role": "official", "home_id": 1}, {"home_id": 2}, "gone"),
    ({"role": "caretaker", "home_id": 1}, {"home_id": 1}, "not_allowed")])  # fmt: skip
def test_who_sets_which_rules(village, sign_in, who, row, rule):
    village.save("homes", {"id": 1, "county": "肥源县", "township": "东河乡"})
    scope = sign_in(**who)
    with scope.work() as desk:
        if rule is None:
            assert timebank.set_rules(desk, row | {"cap_minutes": 600})
        else:
            with refused(rule):
                timebank.set_rules(desk, row | {"cap_minutes": 600})


def test_a_caretaker_gives_nothing_to_a_home_out_of_reach(village, sign_in):
    scope = sign_in("caretaker", home_id=1)
    with scope.work() as desk:
        with refused("gone"):
            timebank.give(desk, 11, 5, 10)
        assert timebank.give(desk, 11, 2, 10, key="a") == timebank.give(desk, 11, 2, 10, key="a")
    with scope.work() as desk, refused("not_allowed"):
        timebank.close(desk, 11)


def test_each_refusal_has_its_own_sentence():
    rules = {row[0] for row in RULES} | ALONE
    for language in ("zh", "en"):
        said = [words.table()[f"rule.{rule}"][language] for rule in ("transfers_minutes", "transfers_self", "transfers_floor", "transfers_cap",
                "transfers_reverses_id_once", "requests_age", "transfers_team", "requests_team", "transfers_kept", "time_entries_kept")]  # fmt: skip
        assert len(set(said)) == len(said)
        assert all(words.table()[f"rule.{rule}"][language].strip() for rule in rules)


def test_every_rule_of_time_is_here():
    """What the tables of this area can refuse with has its row or its test."""
    sql = (store.HERE / "tables" / "012_time.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"CONSTRAINT (\w+)", sql)) | set(re.findall(r"raise\(ABORT, '(\w+)'\)", sql))
    rules |= set(re.findall(r"CREATE UNIQUE INDEX (\w+)", sql))
    assert rules == {row[0] for row in RULES} | ALONE | ELSEWHERE
