"""Care that comes in confirmed books itself; the import taken back takes back what it booked, or is refused once that was used."""

import pytest

from db import importer, store, timebank
from db.importer.undo import undo
from db.rules import RuleBroken
from db.scope import Scope

LOGS = """日期,服务人,服务对象,服务项目,时长（分钟）,confirmed
2026-11-01,甲,乙,探访,60,receiver
2026-11-02,甲,乙,探访,30,caretaker
2026-11-03,甲,乙,探访,20,
2026-11-04,乙,甲,助医,20,receiver
"""


@pytest.fixture
def bank(data) -> Scope:
    scope = Scope(data, operator=True)
    with scope.work() as desk:
        desk.insert("homes", {"id": 1, "name": "东院"})
        for id, name in enumerate("甲乙", 1):
            desk.insert("persons", {"id": id, "home_id": 1, "name": name, "birth_day": "1950-01-01"})
    return scope


def bring(scope: Scope) -> int:
    """The number of the import of these entries."""
    result = importer.run(scope, importer.plan(scope, LOGS.encode(), "互助记录.csv"), 1, save=True)
    assert result.counts["new"] == 4, result
    return int(scope.read("imports")["id"].max())


def booked(scope: Scope) -> list[int]:
    frame = scope.read("time_balances").merge(
        scope.read("time_accounts", kind="person"), left_on="account_id", right_on="id"
    )
    return frame["balance"].tolist()


def test_what_is_confirmed_in_a_sheet_books_itself_once(bank):
    bring(bank)
    assert booked(bank) == [90]
    importer.run(bank, importer.plan(bank, LOGS.encode(), "互助记录.csv"), 1, save=True)
    assert booked(bank) == [90]
    assert store.check(bank.data) == []


def test_an_import_taken_back_takes_back_what_it_booked(bank):
    number = bring(bank)
    with bank.work() as desk:
        undo(desk, number)
    assert booked(bank) == [0]
    assert bank.read("transfers")["kind"].tolist() == ["earn", "earn", "reversal", "reversal"]
    assert store.check(bank.data) == []


def test_an_import_whose_time_was_used_stays(bank):
    number = bring(bank)
    with bank.work() as desk:
        timebank.donate(desk, timebank.open_account(desk, 1), 61)
    with bank.work() as desk, pytest.raises(RuleBroken, match=r"^import_rested_on$"):
        undo(desk, number)
    assert booked(bank) == [29]
    assert len(bank.read("care_logs")) == 4
