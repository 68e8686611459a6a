"""Lets what was asked for happen: entries of the log that answered a request, and the requests of these days in every state."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlite_utils import Database

from sample_data import figures as f
from sample_data.places import Row
from sample_data.posting import LOG, one, tried
from sample_data.writing import insert

PAYER = """SELECT a.id FROM time_accounts a JOIN time_balances b ON b.account_id = a.id
WHERE a.home_id = ?1 AND a.closed_day IS NULL AND a.kind IN ('person', 'pool')
  AND b.balance - coalesce((SELECT sum(minutes) FROM time_holds h WHERE h.account_id = a.id), 0) >= ?3
  AND (a.person_id = ?2 OR a.kind = 'pool' AND EXISTS (SELECT 1 FROM time_key_elders k WHERE k.person_id = ?2)
    OR a.person_id IN (SELECT person_id FROM time_kin k WHERE k.relative_id = ?2 AND (k.direct OR k.kin_relation = 'spouse')))
ORDER BY a.person_id IS ?2 DESC, a.kind = 'pool' DESC, a.id LIMIT 1"""
SHIFT = "SELECT id FROM shifts WHERE request_id = ?"
ASKED_BY = ("by_elder", "by_relative", "by_caretaker", "by_elder")


def ask(db: Database, event: Row) -> Iterable[Row]:
    """Ask for what an entry of the log then was; it is done on the day of that entry."""
    for log in event["logs"]:
        payer = one(db, PAYER, event["home"], log["receiver_id"], log["minutes"])
        start = datetime.fromisoformat(log["day"]) + timedelta(minutes=log["start_minute"] - 480 - 30)
        row = {name: log[name] for name in ("service", "day", "start_minute", "minutes")}
        more = {"row": row, "wait": min(event["wait"], start - event["asked"])}
        if payer and tried(db, partial(_accepted, db, event | more, log["receiver_id"], payer, log["giver_id"])):
            log_day = {"log_day": log["day"], "giver_id": log["giver_id"]}
            return [event | log | log_day | {"what": "serve", "request": one(db, "SELECT max(id) FROM requests")}]
    return []


def serve(db: Database, event: Row) -> None:
    """The entry of the log answers the request, and pays."""
    tried(db, lambda: _served(db, event))


def _served(db: Database, event: Row) -> None:
    event["shift"] = one(db, SHIFT, event["request"])
    event["closed"] = _stamp(
        datetime.fromisoformat(event["day"]) + timedelta(minutes=event["start_minute"] + event["minutes"] - 480)
    )
    sql = f"UPDATE care_logs SET shift_id = :shift, confirmed = 'receiver' WHERE {LOG}"  # noqa: S608 - a text of our own
    db.conn.execute(sql, event)
    db.conn.execute("UPDATE assignments SET done = 1 WHERE shift_id = :shift", event)
    db.conn.execute("UPDATE requests SET closed_at = :closed WHERE id = :request", event)


def want(db: Database, event: Row) -> None:
    """A request of these days, by the first who can pay for it."""
    for person in event["people"]:
        payer = one(db, PAYER, event["home"], person, event["row"]["minutes"])
        steps = partial(STATES[event["state"]], db, event, person, payer or None)
        if (event["row"]["service"] in f.PROFESSIONAL or payer) and tried(db, steps):
            return


def _asked(db: Database, event: Row, person: int, payer: int | None) -> int:
    """The request's id."""
    row = {"home_id": event["home"], "person_id": person, **event["row"], "payer_id": payer}
    asked = {"asked_at": _stamp(event["asked"]), "asked_by": ASKED_BY[person % len(ASKED_BY)]}
    insert(db, "requests", [row | asked | {"payer_id": None if row["service"] in f.PROFESSIONAL else payer}])
    return one(db, "SELECT max(id) FROM requests")


def _accepted(db: Database, event: Row, person: int, payer: int | None, helper: int | None = None) -> None:
    """Asked, and accepted by a helper: the one given, else the first whom no rule of the roster refuses."""
    request = _asked(db, event, person, payer)
    row = {"home_id": event["home"], "shift_id": one(db, SHIFT, request), "made_by": f.STAFF["caretaker"]}
    put: Callable[[int], object] = lambda who: insert(db, "assignments", [row | {"person_id": who}])  # noqa: E731
    if helper:
        put(helper)
    else:
        next((who for who in event["helpers"] if tried(db, partial(put, who))), None)
    at = _stamp(event["asked"] + event["wait"])
    db.conn.execute("UPDATE requests SET accepted_at = ? WHERE id = ? AND accepted_at IS NOT NULL", [at, request])


def _withdrawn(db: Database, event: Row, person: int, payer: int | None) -> None:
    request = _asked(db, event, person, payer)
    at = _stamp(event["asked"] + timedelta(hours=5))
    db.conn.execute("UPDATE requests SET closed = 'withdrawn', closed_at = ? WHERE id = ?", [at, request])


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:00Z")


STATES: dict[str, Callable[..., object]] = {"open": _asked, "accepted": _accepted, "withdrawn": _withdrawn}
