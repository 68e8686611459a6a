"""What becomes of a booking in one touch: booked once or as a weekly series, cancelled, moved; a second touch finds it done."""

from datetime import date, timedelta

from db.rules import RuleBroken
from db.scope import Desk, Row
from db.today import now

MOST_WEEKS = 53
REST = """SELECT id FROM bookings b WHERE series = ? AND day >= ? AND cancelled_at IS NULL
AND NOT EXISTS (SELECT 1 FROM room_sessions s WHERE s.booking_id = b.id AND s.undone_at IS NULL)"""


def moment(desk: Desk) -> tuple[str, int]:
    """The day and the minute of the clock."""
    day, minute = desk.db.execute("SELECT today, minute FROM clock").fetchone()
    return str(day), int(minute)


def book(desk: Desk, row: Row) -> int:
    """The id of a booking, also of the one that this touch (its key) has made; one whose time is over is refused."""
    there = desk.db.execute("SELECT id FROM bookings WHERE key = ?", [row.get("key")]).fetchone()
    if there:
        return int(there[0])
    today, minute = moment(desk)
    if (row["day"], row["start_minute"] + _grace(desk)) <= (today, minute):
        raise RuleBroken("bookings_past")
    return desk.insert("bookings", row | {"booked_by": desk.user["name"]})


def _grace(desk: Desk) -> int:
    """Minutes that a room is kept for whoever booked it."""
    return int(desk.db.execute("SELECT value FROM settings WHERE name = 'no_show_minutes'").fetchone()[0])


def weekly(first: str, last: str) -> list[str]:
    """The days of a series: the first and the same weekday of each week to the last; RuleBroken where that is over a year."""
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    if days // 7 >= MOST_WEEKS:
        raise RuleBroken("bookings_series_long")
    return [(date.fromisoformat(first) + timedelta(7 * week)).isoformat() for week in range(days // 7 + 1)]


def book_series(desk: Desk, row: Row, last: str) -> tuple[list[int], dict[str, str]]:
    """The ids of what was booked weekly from the row's day to the last; and each day that was refused with its rule."""
    made, refused = [], {}
    for day in weekly(row["day"], last):
        try:
            made.append(book(desk, row | {"day": day, "series": row["key"], "key": f"{row['key']}:{day}"}))
        except RuleBroken as rule:
            refused[day] = rule.name
    return made, refused


def trial(desk: Desk, row: Row, last: str) -> tuple[int, dict[str, str]]:
    """How many days of a series could be booked, and each that is refused with its rule; nothing of it is kept."""
    with desk.trial():
        made, refused = book_series(desk, row, last)
    return len(made), refused


def cancel(desk: Desk, booking: int) -> None:
    """Nobody needs the room any more."""
    if desk.old("bookings", booking)["cancelled_at"] is None:
        desk.update("bookings", booking, {"cancelled_at": now(desk), "cancelled_by": desk.user["name"]})


def cancel_rest(desk: Desk, booking: int) -> int:
    """How many bookings were cancelled: one and all of its series after it that nobody has begun."""
    old = desk.old("bookings", booking)
    rest = [id for (id,) in desk.db.execute(REST, [old["series"], old["day"]]).fetchall()]
    for each in rest:
        cancel(desk, each)
    return len(rest)


def move(desk: Desk, booking: int, to: Row) -> int:
    """The id of the booking that takes this one's place at another time or in another room; or neither changes."""
    old = desk.old("bookings", booking)
    cancel(desk, booking)
    kept = (
        "home_id",
        "room_id",
        "day",
        "start_minute",
        "minutes",
        "club_id",
        "activity_id",
        "people",
        "series",
        "note",
    )
    return book(desk, {name: old[name] for name in kept} | to)
