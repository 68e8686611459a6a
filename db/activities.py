"""What becomes of a class in one touch: begun with its bookings, people enrolled and leaving, booked on, stopped."""

from datetime import date, timedelta

from db import bookings
from db.scope import Desk, Row
from db.today import now, today

WEEKS = 12  # that are booked at a time
ENROLLED = "SELECT id FROM enrolments WHERE activity_id = ? AND person_id = ? AND left_day IS NULL"
BOOKED = """SELECT id FROM bookings b WHERE activity_id = ? AND day >= ? AND cancelled_at IS NULL
AND NOT EXISTS (SELECT 1 FROM room_sessions s WHERE s.booking_id = b.id AND s.undone_at IS NULL)"""
BOOKED_TO = "SELECT max(iif(cancelled_at IS NULL, day, NULL)), count(*) FROM bookings WHERE activity_id = ?"


def enrol(desk: Desk, activity: int, person: int) -> int:
    """The id of somebody's enrolment from today, also of the one that stands; beyond the places they wait."""
    if there := desk.db.execute(ENROLLED, [activity, person]).fetchone():
        return int(there[0])
    row = {"home_id": desk.old("activities", activity)["home_id"], "activity_id": activity, "person_id": person}
    return desk.insert("enrolments", row | {"day": today(desk)})


def leave(desk: Desk, activity: int, person: int) -> None:
    """Somebody comes no more; who waits longest has their place."""
    if there := desk.db.execute(ENROLLED, [activity, person]).fetchone():
        desk.update("enrolments", there[0], {"left_day": today(desk)})


def start(desk: Desk, row: Row) -> tuple[int, dict[str, str]]:
    """The id of a new class, with its room booked weekly; and each day on which the room is not to be had, with the rule."""
    saved = desk.db.execute("SELECT id FROM activities WHERE key = ?", [row.get("key")]).fetchone()
    if saved:
        return int(saved[0]), {}
    activity = desk.insert("activities", row)
    return activity, prolong(desk, activity)[1]


def prolong(desk: Desk, activity: int, seen: str | None = None) -> tuple[int, dict[str, str]]:
    """How many weeks more the room of a class was booked beyond the day `seen`; and each day that was refused, with the rule."""
    row = desk.old("activities", activity)
    booked, turn = desk.db.execute(BOOKED_TO, [activity]).fetchone()
    if booked != seen:  # a second touch
        return 0, {}
    first = _after(booked, row["first_day"], today(desk))
    last = (date.fromisoformat(first) + timedelta(7 * (WEEKS - 1))).isoformat()
    slot = {name: row[name] for name in ("home_id", "room_id", "start_minute", "minutes")}
    slot |= {"activity_id": activity, "day": first, "key": f"activity:{activity}:{turn}"}
    until = min(last, row["last_day"] or last)
    made, refused = bookings.book_series(desk, slot, until) if until >= first else ([], {})
    return len(made), refused


def _after(booked: str | None, first: str, now: str) -> str:
    """The next day of a class that is not booked yet and not over."""
    day = date.fromisoformat(first)
    while day.isoformat() < now or day.isoformat() <= (booked or ""):
        day += timedelta(7)
    return day.isoformat()


def stop(desk: Desk, activity: int) -> None:
    """There is no more of a class: what it has booked is free again."""
    if desk.old("activities", activity)["stopped_at"] is None:
        for (booking,) in desk.db.execute(BOOKED, [activity, today(desk)]).fetchall():
            bookings.cancel(desk, booking)
        desk.update("activities", activity, {"stopped_at": now(desk)})
