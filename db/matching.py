"""Who could help with a request: those whom no rule of the roster refuses, the best suited first, and why not the others.

How near somebody is, the register knows by room and home only. Whoever's ability is not enough is never proposed, and not listed.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import mean

from db import rota, weeks
from db.roster import DAY, Said
from db.roster.reasons import hours as spoken
from db.scope import Row, Scope

POINTS = {"gives": 4, "paired": 3, "free": 2, "turn": 2, "room": 2, "home": 1}
NEVER = {"assignments_ability", "assignments_gone", "requests_self"}


@dataclass
class Match:
    """A helper with what speaks for them, their hours of the month, and the rules that refuse them."""

    id: int
    name: str
    hours: float
    met: dict[str, bool]
    said: list[Said] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def points(self) -> int:
        """How well somebody suits: more is better."""
        return sum(POINTS[wish] for wish, met in self.met.items() if met)


def match(scope: Scope, request: Row) -> tuple[list[Match], list[Match]]:
    """Who could help with a request (a row of request_list), the best first, and who can't, by name, each with the reasons."""
    whole = replace(scope, homes=(request["home_id"],), month=request["day"][:7])
    rows = weeks.rows(whole, "request_helpers", request_id=request["id"])
    load = {row["person_id"]: row["hours"] for row in weeks.rows(whole, "roster_load")}
    with scope.work() as desk:
        rules = {row["person_id"]: rota.barriers(desk, request["shift_id"], row["person_id"]) for row in rows}
    rows = [row for row in rows if not NEVER & set(rules[row["person_id"]])]
    usual = mean(load.get(row["person_id"], 0) for row in rows) if rows else 0
    found = [_match(row, load.get(row["person_id"], 0), usual, rules[row["person_id"]]) for row in rows]
    able = sorted((one for one in found if not one.rules), key=lambda one: (-one.points, one.hours, one.name))
    return able, sorted((one for one in found if one.rules), key=lambda one: one.name)


def _match(row: Row, hours: float, usual: float, rules: list[str]) -> Match:
    met = {
        "gives": bool(row["gives_it"]),
        "paired": bool(row["paired"]),
        "free": free(row),
        "turn": hours < usual,
        "room": row["near"] == 2,
        "home": row["near"] == 1,
    }
    one = Match(row["person_id"], row["label"], hours, met, rules=rules)
    one.said = _said(row, one, usual)
    return one


def free(row: Row) -> bool:
    """Whether the time of a request is one that this helper has named."""
    starts = date.fromisoformat(row["day"]).weekday() * DAY + row["start_minute"]
    return any(
        start <= starts and starts + row["minutes"] <= end
        for start, end in weeks.likes(json.loads(row["availability"]))
    )


def _said(row: Row, one: Match, usual: float) -> list[Said]:
    """What speaks for somebody, to be said one after the other; last how many hours they have, against the mean."""
    near = {2: ("match.same_room", {"room": row["room"]}), 1: ("match.same_home", {}), 0: ("match.outside", {})}
    said: list[Said] = [("match.paired", {})] if one.met["paired"] else []
    said += [("roster.why.suits", {"skill": row["service"]})] if one.met["gives"] else []
    said += [("match.same_sex", {})] if row["same_sex"] else []
    said += [("match.free", {})] if one.met["free"] else []
    return [
        *said,
        near[row["near"]],
        ("roster.why.hours", {"hours": spoken(60 * one.hours), "mean": spoken(60 * usual)}),
    ]
