"""What becomes of a room in one touch: idle or in use again, shut for some days; a second touch finds it done."""

from db import bookings
from db.rules import RuleBroken
from db.scope import Desk, Row
from db.today import today

HIT = """SELECT id FROM bookings b WHERE home_id = :home_id AND day BETWEEN max(:first_day, :today) AND :last_day
AND cancelled_at IS NULL AND (:room_id IS NULL OR room_id = :room_id)
AND NOT EXISTS (SELECT 1 FROM room_sessions s WHERE s.booking_id = b.id AND s.undone_at IS NULL)"""


def idle(desk: Desk, room: int, cause: str) -> None:
    """A room stands idle from today for this cause; one that does so already keeps its day."""
    since = desk.old("rooms", room)["idle_since"] or today(desk)
    desk.update("rooms", room, {"idle_since": since, "idle_cause": cause})


def use_again(desk: Desk, room: int, kind: str | None = None) -> None:
    """A room is in use again from today; what was only an idle room says as what."""
    old = desk.old("rooms", room)
    if kind is None and old["kind"] == "idle_room":
        raise RuleBroken("rooms_becoming")
    if old["idle_since"] is not None:
        desk.update("rooms", room, {"idle_since": None, "idle_cause": None, "kind": kind or old["kind"]})


def becomes(desk: Desk, table: str, id: int, kind: str) -> None:
    """Say what an idle room or an empty building could become."""
    desk.update(table, id, {"becomes": kind})


def keep_photo(desk: Desk, room: Row, image: str) -> None:
    """Put this picture, base64, in place of the one that was there."""
    if desk.db.execute("SELECT 1 FROM room_photos WHERE id = ?", [room["id"]]).fetchone():
        desk.update("room_photos", room["id"], {"image": image})
    else:
        desk.insert("room_photos", {"id": room["id"], "home_id": room["home_id"], "image": image})


def close(desk: Desk, row: Row) -> int:
    """Shut a home or one of its rooms for some days; how many bookings of those days that cancels."""
    if desk.db.execute("SELECT 1 FROM closures WHERE key = ?", [row["key"]]).fetchone():
        return 0
    desk.insert("closures", row)
    hit = [id for (id,) in desk.db.execute(HIT, row | {"today": today(desk)}).fetchall()]
    for booking in hit:
        bookings.cancel(desk, booking)
    return len(hit)


def open_again(desk: Desk, closure: int) -> None:
    """Open again today: yesterday was the last day shut; a closure that had not begun before today is taken out."""
    now, old = today(desk), desk.old("closures", closure)
    if old["first_day"] >= now:
        desk.delete("closures", closure)
    elif old["last_day"] >= now:
        yesterday = desk.db.execute("SELECT date(?, '-1 day')", [now]).fetchone()[0]
        desk.update("closures", closure, {"last_day": yesterday})


def step(desk: Desk, building: int, state: str) -> int | None:
    """Take the conversion of a building a step on; the id of the room that it becomes once it is converted."""
    old = desk.old("buildings", building)
    if old["state"] != state:
        desk.update("buildings", building, {"state": state})
    return _made(desk, old) if state == "converted" else None


def _made(desk: Desk, building: Row) -> int:
    if building["becomes"] is None:
        raise RuleBroken("rooms_becoming")
    row = {"home_id": building["home_id"], "room": building["building"][:20], "kind": building["becomes"]}
    row |= {"source": building["source"], "step_free": building["step_free"], "first_day": today(desk)}
    return desk.insert("rooms", row | {"key": f"building:{building['id']}"})
