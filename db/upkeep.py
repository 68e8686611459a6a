"""What keeps a home safe, in one touch: checks, what is to be mended, meters; a second touch books nothing twice."""

from db.scope import Desk, Row
from db.today import today

READ_TODAY = "SELECT id FROM meter_readings WHERE home_id = :home_id AND meter = :meter AND day = :day"


def fine(desk: Desk, home: int, kind: str) -> int:
    """The id of today's check of a kind that found all in order."""
    now = today(desk)
    row = {"home_id": home, "day": now, "kind": kind, "result": "fine", "checked_by": desk.user["name"]}
    done = "SELECT count(*) FROM safety_checks WHERE home_id = ? AND day = ? AND kind = ? AND result = 'defect'"
    turn = desk.db.execute(done, [home, now, kind]).fetchone()[0]
    return desk.insert("safety_checks", row | {"key": f"fine:{home}:{kind}:{now}:{turn}"})


def defect(desk: Desk, row: Row) -> int:
    """The id of a check of today that found something wrong, which waits to be mended; the row bears the key of its touch."""
    return desk.insert("safety_checks", {"day": today(desk), "result": "defect", "checked_by": desk.user["name"]} | row)


def take_back(desk: Desk, check: int) -> None:
    """Take out a check that was touched by mistake, and what it asked to be mended."""
    if desk.db.execute("SELECT 1 FROM safety_checks WHERE id = ?", [check]).fetchone():
        desk.delete("safety_checks", check)


def report(desk: Desk, row: Row) -> int:
    """The id of what is to be mended, from today; the row bears the key of its touch."""
    return desk.insert("repairs", {"day": today(desk)} | row)


def mended(desk: Desk, repair: int, outcome: str | None, spending: int | None = None) -> None:
    """Something is mended today; what was done, and the voucher that paid for it, can be said later."""
    old = desk.old("repairs", repair)
    row = {"done_day": old["done_day"] or today(desk), "outcome": outcome or old["outcome"]}
    desk.update("repairs", repair, row | ({"spending_id": spending} if spending else {}))


def not_mended(desk: Desk, repair: int) -> None:
    """It was not mended after all, and waits again."""
    desk.update("repairs", repair, {"done_day": None, "outcome": None})


def read_meter(desk: Desk, home: int, meter: str, reading: int, new: bool = False) -> int:
    """The id of today's reading of a meter; a second one of the day takes its place."""
    row: Row = {"home_id": home, "meter": meter, "day": today(desk), "reading": reading, "new_meter": int(new)}
    there = desk.db.execute(READ_TODAY, row).fetchone()
    if there is None:
        return desk.insert("meter_readings", row | {"key": f"meter:{home}:{meter}:{row['day']}"})
    desk.update("meter_readings", there[0], {"reading": reading, "new_meter": int(new)})
    return int(there[0])
