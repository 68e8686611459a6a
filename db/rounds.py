"""What becomes of a round in one touch: an exception marked, all confirmed, undone, corrected with a trace; and of a door card."""

import secrets

from db.rules import RuleBroken
from db.scope import Desk, Row
from db.today import now, today

STANDING = "SELECT id, confirmed_at FROM rounds WHERE home_id = ? AND day = ? AND kind = ? AND undone_at IS NULL"
PEOPLE = "SELECT * FROM round_people WHERE home_id = ? AND kind = ?"
CARDLESS = """SELECT s.person_id FROM stays s, clock WHERE s.home_id = ? AND s.from_day <= today AND (s.to_day IS NULL OR s.to_day > today)
AND NOT EXISTS (SELECT 1 FROM door_cards c WHERE c.person_id = s.person_id AND c.ended_at IS NULL)"""

ROOMLESS = """SELECT DISTINCT s.room FROM stays s, clock WHERE s.home_id = ? AND s.room IS NOT NULL AND s.from_day <= today
AND (s.to_day IS NULL OR s.to_day > today)
AND NOT EXISTS (SELECT 1 FROM door_cards c WHERE c.home_id = s.home_id AND c.room = s.room AND c.ended_at IS NULL)"""


def begun(desk: Desk, home: int, kind: str) -> tuple[int, bool]:
    """Today's round of a kind, made where there is none, and whether it is confirmed already."""
    found = desk.db.execute(STANDING, [home, today(desk), kind]).fetchone()
    if found:
        return int(found[0]), found[1] is not None
    return desk.insert("rounds", {"home_id": home, "day": today(desk), "kind": kind}), False


def mark(desk: Desk, home: int, kind: str, states: dict[int, str]) -> None:
    """Note how it is with some people; in a round that is confirmed with who corrected it and when."""
    round_id, confirmed = begun(desk, home, kind)
    trace = {"corrected_at": now(desk), "corrected_by": desk.user["name"]} if confirmed else {}
    known = {row["person_id"]: row for row in desk.db.query("SELECT * FROM round_marks WHERE round_id = ?", [round_id])}
    for person, state in states.items():
        if person not in known:
            row = {"home_id": home, "round_id": round_id, "person_id": person, "state": state}
            desk.insert("round_marks", row | trace)
        elif known[person]["state"] != state:
            desk.update("round_marks", known[person]["id"], {"state": state} | trace)


def confirm(desk: Desk, home: int, kind: str) -> None:
    """Confirm today's round: everybody as marked, else as in the last one, else done; one that stands refuses another."""
    round_id, confirmed = begun(desk, home, kind)
    if confirmed:
        raise RuleBroken("rounds_home_id_once")
    people = list(desk.db.query(PEOPLE, [home, kind]))
    for row in (each for each in people if each["mark_id"] is None):
        desk.insert(
            "round_marks", {"home_id": home, "round_id": round_id, "person_id": row["id"], "state": row["state"]}
        )
    desk.update("rounds", round_id, {"confirmed_at": now(desk), "confirmed_by": desk.user["name"]})


def undo(desk: Desk, round_id: int) -> None:
    """Take a round out of all sums, within ten minutes; it stays, with who undid it."""
    if desk.old("rounds", round_id)["undone_at"] is None:
        desk.update("rounds", round_id, {"undone_at": now(desk), "undone_by": desk.user["name"]})


def cards(desk: Desk, home: int, of: str = "person") -> int:
    """How many door cards were made: one for each who lives there and had none, or for each of their rooms."""
    column, sql = ("room", ROOMLESS) if of == "room" else ("person_id", CARDLESS)
    lacking = [row[0] for row in desk.db.execute(sql, [home]).fetchall()]
    for one in lacking:
        desk.insert("door_cards", {"home_id": home, column: one, "token": _token()})
    return len(lacking)


def renew(desk: Desk, card: int) -> int:
    """The id of a new card in place of one that was lost; the old code opens nothing any more."""
    old = desk.old("door_cards", card)
    if old["ended_at"] is None:
        desk.update("door_cards", card, {"ended_at": now(desk)})
    standing = "SELECT id FROM door_cards WHERE ended_at IS NULL AND home_id = ? AND person_id IS ? AND room IS ?"
    found: Row = {name: old[name] for name in ("home_id", "person_id", "room")}
    if there := desk.db.execute(standing, list(found.values())).fetchone():
        return int(there[0])
    return desk.insert("door_cards", found | {"token": _token()})


def _token() -> str:
    return secrets.token_urlsafe(12)
