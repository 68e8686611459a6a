"""A home's week as the roster engine takes it: the rows of the tables, and no rule that they do not have."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from db.roster import DAY, Assignment, Helper, Leave, Shift, Week
from db.scope import Row, Scope

ABILITY = (100, 75, 50, 25, 0)  # percent, by ability level
TIMES = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 22), "night": (20, 31)}  # hours of a day
ELDERS = 5  # whom a shift is for: those who most often had its service
FOREVER = 100 * DAY


def week(scope: Scope, home: int, monday: str, move: bool = False) -> tuple[Week, tuple[Assignment, ...]]:
    """The week to fill, and what may move in it: nothing, or with `move` all that is still to come and needed no override."""
    scope = replace(scope, homes=(home,), month=None)
    first = date.fromisoformat(monday)
    shifts, taken = _around(scope, "shift_list", first), _around(scope, "assignment_list", first)
    today = scope.read("clock")["today"].iloc[0]
    # whoever comes for a request is asked, so the engine leaves those shifts to the matcher and only knows who is on them
    free = {
        row["id"] for row in shifts if row["monday"] == monday and row["day"] >= today and row["request_id"] is None
    }
    on = [row for row in taken if row["done"] != 0]
    before = [_assigned(row) for row in on if move and row["shift_id"] in free and _may_move(row)]
    standing = [_assigned(row) for row in on]
    people = rows(scope, "helper_list")
    made = Week(
        shifts=tuple(_shift(row, first, row["id"] in free) for row in shifts),
        helpers=tuple(_helpers(scope, first, people, shifts, standing)),
        leaves=(*_leaves(scope, first), *_absent(people, first), *_missed(taken, first)),
        conflicts=tuple((row["person_id"], row["other_id"]) for row in rows(scope, "conflicts")),
        standing=tuple(one for one in standing if one not in set(before)),
        did=frozenset((row["person_id"], row["service"]) for row in rows(scope, "roster_habits")),
        rest=next((row["rest"] for row in people), 0),
    )
    return _with_elders(scope, made), tuple(before)


def _around(scope: Scope, view: str, first: date) -> list[Row]:
    """The rows of the week, of the day before it and of the day after: a night reaches over."""
    edges = [(first + timedelta(days)).isoformat() for days in (-1, 7)]
    return [
        *rows(scope, view, monday=first.isoformat()),
        *(row for day in edges for row in rows(scope, view, day=day)),
    ]


def rows(scope: Scope, name: str, **where: Any) -> list[Row]:
    """The rows as they stand in the table: nothing as None."""
    return [
        {key: None if pd.isna(value) else value for key, value in row.items()}
        for row in scope.read(name, **where).astype(object).to_dict("records")
    ]


def _assigned(row: Row) -> Assignment:
    return Assignment(row["shift_id"], row["person_id"])


def _may_move(row: Row) -> bool:
    return row["done"] is None and row["override_reason"] is None


def _minute(day: str, first: date, minute: int = 0) -> int:
    return (date.fromisoformat(day) - first).days * DAY + minute


def _shift(row: Row, first: date, open: bool) -> Shift:
    """A shift; one that is over, or of another week, has no more places than people."""
    start = _minute(row["day"], first, row["start_minute"])
    return Shift(
        row["id"], row["service"], start, start + row["minutes"], row["needed"] if open else row["taken"], row["name"],
        skill=row["skill"], least=ABILITY[row["level_most"]], load=row["load"], night=bool(row["night"]),
    )  # fmt: skip


def _helpers(
    scope: Scope, first: date, people: list[Row], shifts: list[Row], standing: list[Assignment]
) -> list[Helper]:
    """Who can help, and those who no longer can and still stand somewhere."""
    caps = rows(scope, "hour_caps")
    month = replace(scope, month=first.isoformat()[:7])
    so_far = Counter({row["person_id"]: 60 * row["weighted_hours"] for row in rows(month, "roster_load")})
    burden = {row["id"]: row["minutes"] * row["load"] / 100 for row in shifts if row["day"][:7] == month.month}
    for one in standing:
        so_far[one.helper] -= burden.get(one.shift, 0)
    found = [_helper(row, first, caps, so_far[row["person_id"]]) for row in people]
    gone = {one.helper for one in standing} - {helper.id for helper in found}
    return [*found, *(Helper(id, str(id), ability=0) for id in sorted(gone))]


def _helper(row: Row, first: date, caps: list[Row], so_far: float) -> Helper:
    age = _age(row["birth_day"], first)
    fit = [cap for cap in caps if cap["age_from"] <= (age or 0) and cap["level_from"] <= row["level"]]
    return Helper(
        row["person_id"], row["label"], 70 if age is None else age, ABILITY[row["level"]], frozenset(json.loads(row["gives"])),
        day_cap=min((cap["day_minutes"] for cap in fit), default=DAY),
        week_cap=min((cap["week_minutes"] for cap in fit), default=7 * DAY),
        so_far=max(so_far, 0), likes_times=likes(json.loads(row["availability"])),
    )  # fmt: skip


def likes(availability: list[str]) -> tuple[tuple[int, int], ...]:
    """The spans of a week, in minutes since its Monday, that these times of the catalogue name."""
    named = [TIMES[time] for time in availability if time in TIMES]
    spans = [(day * DAY + start * 60, day * DAY + end * 60) for day in range(7) for start, end in named]
    return (*spans, (5 * DAY, 7 * DAY)) if "weekend" in availability else tuple(spans)


def _age(born: str | None, day: date) -> int | None:
    if born is None:
        return None
    return day.year - int(born[:4]) - (day.isoformat()[5:] < born[5:])


def _leaves(scope: Scope, first: date) -> list[Leave]:
    return [
        Leave(row["person_id"], _minute(row["first_day"], first), _minute(row["last_day"], first) + DAY)
        for row in rows(scope, "leave_list")
    ]


def _absent(people: list[Row], first: date) -> list[Leave]:
    """Before somebody moves in and after they have left."""
    found = []
    for row in people:
        if row["here_from"]:
            found.append(Leave(row["person_id"], -FOREVER, _minute(row["here_from"], first)))
        if row["here_until"]:
            found.append(Leave(row["person_id"], _minute(row["here_until"], first), FOREVER))
    return found


def _missed(taken: list[Row], first: date) -> list[Leave]:
    """Who did not come is not asked again for that time."""
    spans = [
        (row["person_id"], _minute(row["day"], first, row["start_minute"]), row["minutes"])
        for row in taken
        if row["done"] == 0
    ]
    return [Leave(person, start, start + minutes) for person, start, minutes in spans]


def _with_elders(scope: Scope, made: Week) -> Week:
    """The same week with whom each shift is for, as far as the care log tells."""
    cared = rows(scope, "roster_cared")
    often: dict[str, Counter[int]] = {}
    for row in cared:
        often.setdefault(row["service"], Counter())[row["receiver_id"]] += row["visits"]
    elders = {service: tuple(id for id, _ in count.most_common(ELDERS)) for service, count in often.items()}
    return replace(
        made,
        shifts=tuple(replace(shift, elders=elders.get(shift.duty, ())) for shift in made.shifts),
        cared=frozenset((row["giver_id"], row["receiver_id"]) for row in cared),
        ages={helper.id: helper.age for helper in made.helpers},
    )
