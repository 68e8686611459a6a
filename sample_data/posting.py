"""The hands of banking.py and answering.py: what is tried goes through all rules, or did not happen."""

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database

from sample_data import figures as f
from sample_data.places import Row
from sample_data.writing import insert

LOG = "giver_id = :giver_id AND day = :log_day AND start_minute = :start_minute AND undone_at IS NULL"


def tried(db: Database, steps: Callable[[], object]) -> bool:
    """Whether all steps went through; else none of them."""
    db.execute("SAVEPOINT tried")
    try:
        steps()
    except sqlite3.IntegrityError:
        db.execute("ROLLBACK TO tried")
        return False
    finally:
        db.execute("RELEASE tried")
    return True


def one(db: Database, sql: str, *values: object) -> int:
    """The number that a question finds, 0 where it finds none."""
    found = db.execute(sql, values).fetchone()
    return int(found[0]) if found and found[0] is not None else 0


def account(db: Database, home: int, person: int) -> int:
    """The account of somebody, opened where there is none."""
    if not one(db, "SELECT id FROM time_accounts WHERE person_id = ?", person):
        insert(db, "time_accounts", [{"home_id": home, "kind": "person", "person_id": person}])
    return one(db, "SELECT id FROM time_accounts WHERE person_id = ?", person)


def pool(db: Database, home: int, kind: str = "pool") -> int:
    """The pool of a home, or its clearing account."""
    return one(db, "SELECT id FROM time_accounts WHERE home_id = ? AND kind = ?", home, kind)


def transfer(db: Database, event: Row, kind: str, giver: int, receiver: int, **more: object) -> None:
    """Write down what goes from one account to another on the day of an event."""
    row = {"home_id": event["home"], "day": event["day"], "kind": kind, "giver_id": giver, "receiver_id": receiver}
    row |= {"minutes": event["minutes"], "note": f.TIME_NOTES[kind], "made_by": f.STAFF["caretaker"]}
    insert(db, "transfers", [row | {"made_at": f"{event['day']}T08:30:00Z"} | more])
