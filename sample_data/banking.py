"""Lets the time bank of a home happen, day by day, as far as its rules go; whatever they refuse did not happen."""

import heapq
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from sqlite_utils import Database

from sample_data import figures as f
from sample_data.answering import ask, serve, want
from sample_data.places import Row
from sample_data.posting import LOG, account, one, pool, transfer, tried
from sample_data.writing import insert

OTHER = """SELECT p.id, p.home_id FROM persons p JOIN stays s ON s.person_id = p.id AND s.to_day IS NULL
WHERE p.home_id <> :home AND p.birth_day < (SELECT date(birth_day, '-20 years') FROM persons WHERE id = :giver)
  AND EXISTS (SELECT 1 FROM time_accounts a WHERE a.home_id = p.home_id AND a.kind = 'person')
  AND NOT EXISTS (SELECT 1 FROM relatives r WHERE p.id IN (r.person_id, r.relative_id))
ORDER BY (p.home_id + :home) % 7, p.home_id, p.id LIMIT 1"""


def bank(db: Database, events: Iterable[Row]) -> None:
    """All that was drawn for the time bank, in the order of its days: the clock stands at each."""
    number = count()
    todo = [(event["day"], next(number), event) for event in events]
    heapq.heapify(todo)
    fixed, shown = db.execute("SELECT value FROM settings WHERE name = 'today'").fetchone()[0], ""
    while todo:
        day, _, event = heapq.heappop(todo)
        if day != shown:
            db.execute("UPDATE settings SET value = ? WHERE name = 'today'", [shown := day])
        for later in ACTS[event["what"]](db, event) or ():
            heapq.heappush(todo, (later["day"], next(number), later))
    if shown:
        db.execute("UPDATE settings SET value = ? WHERE name = 'today'", [fixed])


# -- rules, accounts, care that is confirmed


def _rule(db: Database, event: Row) -> None:
    insert(db, "time_rules", [event["row"] | {"made_by": f.STAFF["official"], "made_at": f"{event['day']}T01:00:00Z"}])


def _account(db: Database, event: Row) -> None:
    account(db, event["home"], event["person"])


def _close(db: Database, event: Row) -> None:
    day = {"person": event["person"], "day": event["day"]}
    db.conn.execute("UPDATE time_accounts SET closed_day = :day WHERE person_id = :person AND closed_day IS NULL", day)


def _confirm(db: Database, event: Row) -> None:
    db.conn.execute(f"UPDATE care_logs SET confirmed = :proof WHERE {LOG}", event)  # noqa: S608 - a text of our own


def _correct(db: Database, event: Row) -> None:
    """Fewer minutes than first written down; never none."""
    sql = f"UPDATE care_logs SET minutes = max(10, minutes - 15) WHERE {LOG}"  # noqa: S608 - a text of our own
    tried(db, lambda: db.conn.execute(sql, event))


# -- between accounts


def _gift(db: Database, event: Row) -> None:
    def give() -> None:
        giver, receiver = (account(db, event["home"], event[side]) for side in ("giver", "receiver"))
        transfer(db, event, "gift", giver, receiver)

    tried(db, give)


def _donate(db: Database, event: Row) -> None:
    giver = account(db, event["home"], event["giver"])
    tried(db, lambda: transfer(db, event, "donate", giver, pool(db, event["home"])))


def _reverse(db: Database, event: Row) -> None:
    """The last gift of somebody to the pool goes back."""
    last = "SELECT max(id) FROM transfers WHERE kind = 'donate' AND giver_id = ?"
    donated = one(db, last, giver := account(db, event["home"], event["giver"]))
    if donated:
        event["minutes"] = one(db, "SELECT minutes FROM transfers WHERE id = ?", donated)
        back = pool(db, event["home"])
        tried(db, lambda: transfer(db, event, "reversal", back, giver, reverses_id=donated))


def _team(db: Database, event: Row) -> None:
    insert(db, "time_accounts", [{"home_id": event["home"], "kind": "team", "team": event["team"]}])


def _team_care(db: Database, event: Row) -> None:
    row = {
        "home_id": event["home"],
        "day": event["day"],
        "giver_name": event["team"],
        "receiver_id": event["receiver_id"],
    }
    more = {"service": "company", "start_minute": 870, "minutes": 120, "confirmed": "caretaker"}
    tried(db, lambda: insert(db, "care_logs", [row | more]))


def _team_gives(db: Database, event: Row) -> None:
    giver = one(db, "SELECT id FROM time_accounts WHERE home_id = ? AND team = ?", event["home"], event["team"])
    tried(db, lambda: transfer(db, event, "donate", giver, pool(db, event["home"])))


def _grant(db: Database, event: Row) -> None:
    receiver = account(db, event["home"], event["receiver"])
    tried(db, lambda: transfer(db, event, "grant", pool(db, event["home"]), receiver))


def _across(db: Database, event: Row) -> None:
    """Hours for a parent who lives in another home."""
    other = next(db.query(OTHER, event), None)
    if other:
        kin = {
            "home_id": event["home"],
            "person_id": event["giver"],
            "relative_id": other["id"],
            "kin_relation": "parent",
        }
        tried(db, lambda: _sent(db, event, kin, other))


def _sent(db: Database, event: Row, kin: Row, other: Row) -> None:
    insert(db, "relatives", [kin])
    final = account(db, other["home_id"], other["id"])
    giver, between = account(db, event["home"], event["giver"]), pool(db, event["home"], "clearing")
    transfer(db, event, "gift", giver, between, final_id=final, across_home_id=other["home_id"])


ACTS: dict[str, Callable[[Database, Row], Any]] = {
    "rule": _rule, "account": _account, "close": _close, "confirm": _confirm, "correct": _correct, "gift": _gift,
    "donate": _donate, "reverse": _reverse, "team": _team, "team_care": _team_care, "team_gives": _team_gives,
    "grant": _grant, "across": _across, "ask": ask, "serve": serve, "want": want,
}  # fmt: skip
