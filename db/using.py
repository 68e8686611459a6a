"""What becomes of a session in one touch: begun, heads counted, who came, ended, taken back; a second touch finds it done."""

import json

from db import today
from db.bookings import moment
from db.rules import RuleBroken
from db.scope import Desk, Row

WALK_IN = 120  # minutes of those who come without a booking, unless the room is wanted before
LATE = 120  # minutes after its planned end at which a session is no longer ended by the clock: the plan stands
DAY = 1440
STANDING = "SELECT id FROM room_sessions WHERE room_id = ? AND day = ? AND undone_at IS NULL AND ended_at IS NULL "
RUNNING = STANDING + "AND start_minute <= ? AND start_minute + minutes > ? AND booking_id IS ? AND activity_id IS ?"
NEXT_SESSION = """SELECT min(start_minute) FROM room_sessions
WHERE room_id = :room AND day = :day AND undone_at IS NULL AND id IS NOT :session AND start_minute >= :start"""
NEXT_BOOKING = """SELECT min(start_minute) FROM booking_list
WHERE room_id = :room AND day = :day AND state = 'booking_booked' AND id IS NOT :booking AND start_minute >= :start"""
HOURS = "SELECT closes_minute FROM room_hours WHERE room_id = ? AND from_day <= ? ORDER BY from_day DESC LIMIT 1"


def begin(desk: Desk, room: int, booking: int | None = None, activity: int | None = None) -> int:
    """The id of a session that begins now in a room, of a booking, of a class or of who walks in; of the one that runs."""
    day, minute = moment(desk)
    if booking is not None:
        activity = desk.old("bookings", booking)["activity_id"]
        found = desk.db.execute("SELECT id FROM room_sessions WHERE booking_id = ? AND undone_at IS NULL", [booking])
    else:
        found = desk.db.execute(RUNNING, [room, day, minute, minute, booking, activity])
    if there := found.fetchone():
        return int(there[0])
    row: Row = {"home_id": desk.old("rooms", room)["home_id"], "room_id": room, "day": day, "start_minute": minute}
    row |= {"booking_id": booking, "activity_id": activity}
    row |= {"minutes": _planned(desk, row), "recorded_by": desk.user["name"], "recorded_at": today.now(desk)}
    return desk.insert("room_sessions", row)


def _planned(desk: Desk, row: Row) -> int:
    """How long a session is to last: its booking or class says so; never into what comes next, or past midnight."""
    start, closes = row["start_minute"], desk.db.execute(HOURS, [row["room_id"], row["day"]]).fetchone()[0]
    if row["booking_id"] is not None:
        booked = desk.old("bookings", row["booking_id"])
        if booked["day"] != row["day"] or booked["start_minute"] + booked["minutes"] <= start:
            raise RuleBroken("bookings_past")
        until = booked["start_minute"] + booked["minutes"]
    elif row["activity_id"] is not None:
        until = start + desk.old("activities", row["activity_id"])["minutes"]
    else:
        until = min(start + WALK_IN, closes if closes > start else DAY)
    return max(1, min(until, _next(desk, row, NEXT_SESSION), _next(desk, row, NEXT_BOOKING)) - start)


def _next(desk: Desk, row: Row, sql: str) -> int:
    """The minute at which somebody else has the room, or midnight."""
    of = {"room": row["room_id"], "day": row["day"], "start": row["start_minute"]}
    found = desk.db.execute(sql, of | {"session": row.get("id"), "booking": row["booking_id"]}).fetchone()[0]
    return DAY if found is None else int(found)


def count(desk: Desk, session: int, heads: int) -> None:
    """So many heads more, or fewer, among those who are only counted."""
    desk.update("room_sessions", session, {"others": desk.old("room_sessions", session)["others"] + heads})


def face(desk: Desk, session: int, person: int, came: bool) -> None:
    """Note that somebody came, or did not."""
    row = {"session_id": session, "person_id": person}
    there = desk.db.execute("SELECT id FROM attendances WHERE session_id = ? AND person_id = ?", list(row.values()))
    found = there.fetchone()
    if came and not found:
        desk.insert("attendances", row | {"home_id": desk.old("room_sessions", session)["home_id"]})
    if found and not came:
        desk.delete("attendances", found[0])


def end(desk: Desk, session: int) -> None:
    """Set the real end, and book what its leader gave; long after the planned end, or on a later day, the plan stands."""
    row = desk.old("room_sessions", session)
    if row["ended_at"] is None:
        row["minutes"] = _lasted(desk, row)
        told = {"minutes": row["minutes"], "ended_at": today.now(desk)}
        desk.update("room_sessions", session, told | {"log_id": _led(desk, row)})


def _lasted(desk: Desk, row: Row) -> int:
    day, minute = moment(desk)
    lasted = minute - row["start_minute"]
    if row["day"] != day or lasted < 0 or lasted > row["minutes"] + LATE:
        return int(row["minutes"])
    return max(1, min(lasted, _next(desk, row, NEXT_SESSION) - row["start_minute"]))


def _led(desk: Desk, row: Row) -> int | None:
    """The entry of the care log of a class's leader; None where a guest leads, or nobody, or the leader may not do such work."""
    if row["activity_id"] is None:
        return None
    of = desk.old("activities", row["activity_id"])
    service = next(desk.db.query("SELECT * FROM services WHERE code = ?", [of["service"]]))
    if of["leader_id"] is None or (
        service["professional"] and of["service"] not in json.loads(desk.old("persons", of["leader_id"])["gives"])
    ):
        return None
    entry = {name: row[name] for name in ("home_id", "day", "start_minute")} | {"giver_id": of["leader_id"]}
    entry |= {"receiver_name": "everyone", "service": of["service"], "confirmed": "caretaker"}
    return today.book(desk, entry | {"minutes": min(row["minutes"], service["most_minutes"])}, f"session:{row['id']}")


def undo(desk: Desk, session: int) -> None:
    """Take back the last touch within ten minutes: an end, so that it goes on; else the begin, so that it never was."""
    row = desk.old("room_sessions", session)
    if row["log_id"] is not None:
        today.undo(desk, row["log_id"])
    if row["ended_at"] is not None:
        desk.update("room_sessions", session, {"ended_at": None, "log_id": None, "minutes": _planned(desk, row)})
    elif row["undone_at"] is None:
        desk.update("room_sessions", session, {"undone_at": today.now(desk), "undone_by": desk.user["name"]})
