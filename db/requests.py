"""What becomes of a request (求助) in one touch: asked, accepted, given back, done and paid, withdrawn; a second touch finds it done."""

from collections.abc import Callable

from db import rota, timebank, today
from db.rules import RuleBroken
from db.scope import Desk, Row

OWN = 0  # as a payer: the elder's own account, which is opened where there is none
NAMES = ("home_id", "person_id", "service", "day", "start_minute", "minutes")
STANDING = "SELECT id, confirmed FROM care_logs WHERE shift_id = ? AND giver_id = ? AND undone_at IS NULL"
ON_IT = "SELECT id, person_id FROM assignments WHERE shift_id = ? AND done IS NOT 0"


def ask(desk: Desk, row: Row) -> int:
    """The id of a new request, or of the one that this touch (its key) has made; `payer_id` may be OWN."""
    saved = desk.db.execute("SELECT id FROM requests WHERE key = ?", [row.get("key")]).fetchone()
    if saved:
        return int(saved[0])
    payer = timebank.open_account(desk, row["person_id"]) if row.get("payer_id") == OWN else row.get("payer_id")
    return desk.insert("requests", row | {"payer_id": payer})


def payers(desk: Desk, row: Row) -> list[Row]:
    """With whose time a request could be paid, each with the rule that refuses it or None; nothing of it is kept."""
    professional = desk.db.execute("SELECT professional FROM services WHERE code = ?", [row["service"]]).fetchone()[0]
    if professional:
        found: list[Row] = [{"payer_kind": "payer_free", "account_id": None, "payer": None, "free": None}]
    else:
        sql = "SELECT * FROM request_payers WHERE home_id = ? AND person_id = ? ORDER BY payer_kind, free DESC"
        found = list(desk.db.query(sql, [row["home_id"], row["person_id"]]))
    asked = {name: row[name] for name in NAMES}
    for each in found:
        if each["payer_kind"] == "payer_own":
            each["account_id"] = each["account_id"] or OWN
        each["rule"] = _tried(desk, asked | {"payer_id": each["account_id"]})
    return found


def preset(found: list[Row]) -> Row | None:
    """Whose time pays unless somebody says otherwise: their own where it is enough, else the pool's, else a relative's."""
    order = ("payer_free", "payer_own", "payer_pool", "payer_relative")
    able = [each for each in found if each["rule"] is None]
    return min(able, key=lambda each: order.index(each["payer_kind"]), default=None)


def accept(desk: Desk, request: int, helper: int, key: str | None = None) -> int:
    """Put a helper on the shift of a request; the assignment's id, also of the one that was there already."""
    return rota.claim(desk, _shift(desk, request), helper, key)


def give_back(desk: Desk, request: int) -> None:
    """Whoever had accepted does not come: the request is open again."""
    shift = desk.db.execute("SELECT id FROM shifts WHERE request_id = ?", [request]).fetchone()
    for assignment, _ in desk.db.execute(ON_IT, list(shift)).fetchall() if shift else ():
        rota.release(desk, assignment)


def done(desk: Desk, request: int, helper: int | None = None, minutes: int | None = None) -> int:
    """Book what was done and confirmed, which pays it; the id of the entry of the care log. Who came is who accepted, unless told."""
    row = desk.old("requests", request)
    if row["closed"] == "request_done":  # a second touch
        return int(row["care_log_id"])
    shift = _shift(desk, request)
    helper = helper or next((person for _, person in desk.db.execute(ON_IT, [shift])), None)
    if helper is None:
        raise RuleBroken("request_helper")
    entry = {"minutes": minutes or row["minutes"], "confirmed": today.proof(desk, row["home_id"])}
    if begun := desk.db.execute(STANDING, [shift, helper]).fetchone():
        desk.update("care_logs", begun[0], entry)
        return int(begun[0])
    entry |= {"home_id": row["home_id"], "day": row["day"], "start_minute": row["start_minute"], "shift_id": shift}
    entry |= {"giver_id": helper, "receiver_id": row["person_id"], "service": row["service"]}
    return today.book(desk, entry, f"duty:{shift}:{helper}")


def withdraw(desk: Desk, request: int, reason: str | None = None) -> None:
    """Nobody is to come any more: what it holds is free again, and the reason is kept."""
    row = desk.old("requests", request)
    if row["closed"] is None:
        note = "；".join(filter(None, [row["note"], reason])) or None
        desk.update("requests", request, {"closed": "withdrawn", "closed_at": today.now(desk), "note": note})


def _shift(desk: Desk, request: int) -> int:
    """The shift of a request that stands; RuleBroken where it was withdrawn."""
    sql = "SELECT s.id FROM shifts s JOIN requests q ON q.id = s.request_id WHERE q.id = ? AND q.closed IS NOT 'withdrawn'"
    found = desk.db.execute(sql, [request]).fetchone()
    if found is None:
        raise RuleBroken("request_over")
    return int(found[0])


def _tried(desk: Desk, row: Row) -> str | None:
    """The rule that refuses a request, or None."""
    return refused(desk, lambda: ask(desk, row))


def refused(desk: Desk, action: Callable[[], object]) -> str | None:
    """The rule that refuses an action, or None; nothing of it is kept."""
    try:
        with desk.trial():
            action()
    except RuleBroken as rule:
        return rule.name
    return None
