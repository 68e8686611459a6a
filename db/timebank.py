"""What becomes of the time bank in one touch: passbooks, gifts, grants, corrections, closing, care confirmed, rules. The tables refuse."""

from collections.abc import Iterable

from db.rules import RuleBroken
from db.scope import Desk, Row
from db.today import today

PROVED = ("receiver", "caretaker", "door")
ACCOUNT = "SELECT id FROM time_accounts WHERE"
REVERSAL = "SELECT id FROM transfers WHERE reverses_id = ?"


def open_account(desk: Desk, person: int) -> int:
    """The id of a person's passbook: a new one in the person's home, or the one there is."""
    if there := _found(desk, f"{ACCOUNT} person_id = ?", person):
        return there
    home = desk.old("persons", person)["home_id"]
    return desk.insert("time_accounts", {"home_id": home, "kind": "person", "person_id": person})


def open_team(desk: Desk, home: int, team: str) -> int:
    """The id of a team's passbook in a home; the name is the one that entries of the care log give."""
    if there := _found(desk, f"{ACCOUNT} home_id = ? AND team = ?", home, team.strip()):
        return there
    return desk.insert("time_accounts", {"home_id": home, "kind": "team", "team": team.strip()})


def give(desk: Desk, account: int, relative: int, minutes: int, note: str | None = None, key: str | None = None) -> int:
    """The id of a gift to a relative's passbook, which is opened where there is none; it may be in another home that one reaches."""
    giver, to = desk.old("time_accounts", account), desk.old("persons", relative)
    desk.reach("transfers", {"home_id": to["home_id"]}, {})
    receiver = open_account(desk, relative)
    if to["home_id"] == giver["home_id"]:
        return _send(desk, giver, "gift", receiver, minutes, note, key)
    across = {"final_id": receiver, "across_home_id": to["home_id"]}
    return _send(desk, giver, "gift", _of_home(desk, giver["home_id"], "clearing"), minutes, note, key, **across)


def donate(desk: Desk, account: int, minutes: int, note: str | None = None, key: str | None = None) -> int:
    """The id of what a person or a team gave to their home's pool."""
    giver = desk.old("time_accounts", account)
    return _send(desk, giver, "donate", _of_home(desk, giver["home_id"], "pool"), minutes, note, key)


def grant(desk: Desk, account: int, minutes: int, note: str | None = None, key: str | None = None) -> int:
    """The id of what the pool granted to a key elder's passbook."""
    home = desk.old("time_accounts", account)["home_id"]
    pool = desk.old("time_accounts", _of_home(desk, home, "pool"))
    return _send(desk, pool, "grant", account, minutes, note, key)


def reverse(desk: Desk, transfer: int, note: str, key: str | None = None) -> int:
    """The id of the reversal of a transfer, made now or before; what it sent to another home comes back with it."""
    if there := _found(desk, REVERSAL, transfer):
        return there
    old = desk.old("transfers", transfer)
    if old["across_home_id"] is not None:
        desk.reach("transfers", {"home_id": old["across_home_id"]}, {})
    same = ("home_id", "minutes", "service", "care_log_id", "request_id", "across_home_id")
    row = {name: old[name] for name in same} | {"giver_id": old["receiver_id"], "receiver_id": old["giver_id"]}
    row |= {"day": today(desk), "kind": "reversal", "reverses_id": transfer, "note": note.strip(), "key": key}
    return desk.insert("transfers", row | {"made_by": desk.user["name"]})


def close(desk: Desk, account: int, closing: str | None = None) -> None:
    """Close a passbook today; what is on it goes the chosen way, else as the rule says."""
    if desk.old("time_accounts", account)["closed_day"] is None:
        desk.update("time_accounts", account, {"closing": closing, "closed_day": today(desk)})


def reopen(desk: Desk, account: int) -> None:
    """Take a closed passbook into use again; what left it has left."""
    if desk.old("time_accounts", account)["closed_day"] is not None:
        desk.update("time_accounts", account, {"closing": None, "closed_day": None})


def confirm(desk: Desk, logs: Iterable[int], by: str = "caretaker") -> int:
    """How many entries of the care log were confirmed now, and so booked; those that were, or were undone, stay."""
    old = [desk.old("care_logs", log) for log in logs]
    waiting = [row["id"] for row in old if row["confirmed"] not in PROVED and row["undone_at"] is None]
    for log in waiting:
        desk.update("care_logs", log, {"confirmed": by})
    return len(waiting)


def expire_all(desk: Desk, homes: Iterable[int]) -> tuple[int, int]:
    """How many passbooks of these homes, and minutes, went to the pool since their term is over."""
    due = [row for home in homes for row in desk.db.query("SELECT * FROM time_expiring WHERE home_id = ?", [home])]
    for row in due:
        giver = desk.old("time_accounts", row["account_id"])
        _send(desk, giver, "expire", _of_home(desk, row["home_id"], "pool"), row["minutes"])
    return len(due), sum(row["minutes"] for row in due)


def set_rules(desk: Desk, row: Row) -> int:
    """The id of new rules from now on: of a home, of a county, or of all; only for who reaches all of that place."""
    return desk.insert("time_rules", row | {"made_by": desk.user["name"]})


def _send(
    desk: Desk,
    giver: Row,
    kind: str,
    to: int,
    minutes: int,
    note: str | None = None,
    key: str | None = None,
    **more: int,
) -> int:
    row = {"home_id": giver["home_id"], "day": today(desk), "kind": kind, "giver_id": giver["id"], "receiver_id": to}
    row |= {"minutes": minutes, "note": (note or "").strip() or None, "key": key, "made_by": desk.user["name"]}
    return desk.insert("transfers", row | more)


def _of_home(desk: Desk, home: int, kind: str) -> int:
    """The pool or the clearing account of a home."""
    if there := _found(desk, f"{ACCOUNT} home_id = ? AND kind = ?", home, kind):
        return there
    raise RuleBroken("gone")


def _found(desk: Desk, sql: str, *values: object) -> int | None:
    found = desk.db.execute(sql, list(values)).fetchone()
    return int(found[0]) if found else None
