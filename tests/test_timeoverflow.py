"""Failures that users of the leading open time bank named in its public tracker (coopdevs/timeoverflow): none of them can happen here."""

import sqlite3

import pytest

from db import store, timebank
from db.rules import RuleBroken
from db.scope import Row, Scope
from tests.conftest import TODAY
from tests.test_rules import inserting, script

CARE: Row = {
    "home_id": 1,
    "day": TODAY,
    "giver_id": 1,
    "receiver_id": 2,
    "service": "visit",
    "minutes": 60,
    "confirmed": "receiver",
}
MONTH = TODAY[:7]


@pytest.fixture
def bank(data) -> Scope:
    """Two homes; 人1 earned an hour with 人2, to whom 人1 is married; their child 人3 lives in the other home."""
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        for home in (1, 2):
            desk.insert("homes", {"id": home, "name": f"院{home}"})
        for id, home in ((1, 1), (2, 1), (3, 2)):
            desk.insert("persons", {"id": id, "home_id": home, "name": f"人{id}", "birth_day": "1950-01-01"})
        for other, kin in ((2, "spouse"), (3, "child")):
            desk.insert("relatives", {"home_id": 1, "person_id": 1, "relative_id": other, "kin_relation": kin})
        desk.insert("care_logs", CARE | {"id": 1})
        timebank.open_account(desk, 2)
    return scope


def of(scope: Scope, person: int) -> int:
    """What a person's passbook says."""
    account = int(scope.read("time_accounts", person_id=person)["id"].iloc[0])
    return int(scope.read("time_balances", account_id=account)["balance"].iloc[0])


def account(scope: Scope, person: int) -> int:
    return int(scope.read("time_accounts", person_id=person)["id"].iloc[0])


def test_what_was_booked_can_be_deleted_and_the_balance_stays(bank):
    """#845: an administrator deletes a transfer and the balances keep what it moved."""
    for sql in ("DELETE FROM transfers", "DELETE FROM time_entries"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^(transfers|time_entries)_kept$"):
            script(bank.data, sql)
    bank.remove("care_logs", 1)  # what it rests on goes: so does what it earned, in sight
    assert of(bank, 1) == 0
    assert bank.read("transfers")["kind"].tolist() == ["earn", "reversal"]
    assert store.check(bank.data) == []


def test_a_balance_is_set_by_hand(bank):
    """#845, the workaround: somebody opens a console and writes a balance, which no entry explains."""
    with pytest.raises(sqlite3.IntegrityError, match=r"^time_balances_kept$"):
        script(bank.data, "UPDATE time_balances SET balance = 0 WHERE balance > 0")


@pytest.mark.parametrize("minutes", [0, -30])
def test_a_transfer_of_nothing_or_less(bank, minutes):
    """#345, #421 and, years later, #850: transfers of no hours and no minutes stand in the list; a form alone keeps nobody from them."""
    with bank.work() as desk, pytest.raises(RuleBroken, match=r"^transfers_minutes$"):
        timebank.give(desk, account(bank, 1), 2, minutes)
    row = {
        "home_id": 1,
        "day": TODAY,
        "kind": "donate",
        "giver_id": account(bank, 1),
        "receiver_id": 2,
        "minutes": minutes,
    }
    with pytest.raises(sqlite3.IntegrityError, match="transfers_minutes"):
        script(bank.data, inserting("transfers", row), row.values())


def test_rounded_to_nothing_there_is_no_transfer(bank):
    """#850: what rounds down to nothing is not booked as a transfer of 0 hours."""
    bank.save("time_rules", {"home_id": 1, "round_to": 30, "round_how": "down"})
    bank.save("care_logs", CARE | {"minutes": 29})
    assert len(bank.read("transfers")) == 1


def test_hours_without_a_category(bank):
    """#702: hours that belong to no offer have no category, so no report can say what was done."""
    system = {
        "home_id": 1,
        "day": TODAY,
        "kind": "earn",
        "giver_id": 1,
        "receiver_id": account(bank, 1),
        "minutes": 5,
        "care_log_id": 1,
    }
    with pytest.raises(RuleBroken, match=r"^transfers_service$"):
        bank.save("transfers", system)
    assert bank.read("transfers", kind="earn")["service"].notna().all()


def test_statistics_leave_out_the_banks_own_account(bank):
    """#701: totals of a month leave out what the bank's own account gave or got, and differ from the list."""
    with bank.work() as desk:
        timebank.donate(desk, account(bank, 1), 20)
        bank_gift = timebank.donate(desk, account(bank, 1), 10)
        timebank.reverse(desk, bank_gift, "记错了")
    found = bank.read("time_months").set_index("kind")["minutes"].to_dict()
    assert found == {"earn": 60, "donate": 20}
    assert store.check(bank.data) == []


def test_totals_disappear(bank):
    """#811: the totals of the bank are gone from its page; here they are kept sums that a check compares with the list."""
    script(bank.data, "DELETE FROM time_months")
    assert any(fault.startswith("time_months: ") for fault in store.check(bank.data))


def test_limits_are_only_flagged(bank):
    """#291: a balance beyond its limits is flagged for somebody to see, after it was booked. Here it is not booked."""
    bank.save("time_rules", {"home_id": 1, "cap_minutes": 60})
    with bank.work() as desk, pytest.raises(RuleBroken, match=r"^transfers_floor$"):
        timebank.give(desk, account(bank, 1), 2, 61)
    bank.save("care_logs", CARE)
    assert of(bank, 1) == 60


def test_a_balance_is_a_fraction(bank):
    """#291: a limit is now a whole number, now a fraction. Here minutes are whole, and nothing else is taken."""
    row = {"home_id": 1, "day": TODAY, "kind": "donate", "giver_id": account(bank, 1), "receiver_id": 2, "minutes": 1.5}
    with pytest.raises(sqlite3.IntegrityError, match="cannot store REAL value in INTEGER column"):
        script(bank.data, inserting("transfers", row), row.values())


def test_somebody_pays_themselves(bank):
    """#490: the one who is to get the hours is offered as the one who gives them."""
    row = {
        "home_id": 1,
        "day": TODAY,
        "kind": "gift",
        "giver_id": account(bank, 1),
        "receiver_id": account(bank, 1),
        "minutes": 5,
    }
    with pytest.raises(RuleBroken, match=r"^transfers_self$"):
        bank.save("transfers", row)


def test_a_member_with_entries_is_deleted(bank):
    """#424, #97: deleting a member fails with an error, or takes entries of others along. Here a person with a passbook stays, and it is closed."""
    with pytest.raises(sqlite3.IntegrityError):
        script(bank.data, "DELETE FROM persons WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError, match=r"^time_accounts_kept$"):
        script(bank.data, "DELETE FROM time_accounts WHERE person_id = 1")
    with bank.work() as desk:
        timebank.close(desk, account(bank, 1), "to_pool")
    assert of(bank, 1) == 0
    assert store.check(bank.data) == []


def test_hours_for_a_member_who_has_left(bank):
    """#424: a member who was switched off can still be sent hours."""
    with bank.work() as desk:
        timebank.close(desk, account(bank, 2))
        with pytest.raises(RuleBroken, match=r"^transfers_closed$"):
            timebank.give(desk, account(bank, 1), 2, 5)


def test_between_two_banks_one_side_is_missing(bank):
    """#638, #639, #796: hours for another bank change its sum, or its member's balance only. Here both homes book, and all sums to zero."""
    with bank.work() as desk:
        gift = timebank.give(desk, account(bank, 1), 3, 25)
    assert (of(bank, 1), of(bank, 3)) == (35, 25)
    clearing = bank.read("time_accounts", kind="clearing")["id"].tolist()
    held = bank.read("time_balances").set_index("account_id")["balance"]
    assert [int(held[each]) for each in clearing] == [25, -25]
    assert int(held.sum()) == 0
    with bank.work() as desk:
        timebank.reverse(desk, gift, "记错了人")
    assert (of(bank, 1), of(bank, 3)) == (60, 0)


def test_a_sheet_brings_in_what_a_form_would_refuse(bank):
    """#723: transfers come in from a sheet past the form. Here the table refuses whoever writes."""
    row = {
        "home_id": 1,
        "day": TODAY,
        "kind": "earn",
        "giver_id": 1,
        "receiver_id": account(bank, 1),
        "minutes": 600,
        "service": "visit",
    }
    with pytest.raises(sqlite3.IntegrityError, match=r"^transfers_earned$"):
        script(bank.data, inserting("transfers", row), row.values())


def test_a_second_touch_pays_twice(bank):
    """#850: two transfers of the same minute, from one to the same other: a form sent twice. Here a touch has a key."""
    with bank.work() as desk:
        first = timebank.give(desk, account(bank, 1), 2, 5, key="touch")
    with bank.work() as desk:
        assert timebank.give(desk, account(bank, 1), 2, 5, key="touch") == first
    assert of(bank, 2) == 5
