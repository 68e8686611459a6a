"""Draws who asked for a place and what was decided. The same dice always give the same."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World


def asking(world: World, village: Village, people: People) -> dict[str, list[Row]]:
    """Applications and decisions: of those who wait, of some who don't any more, and of those who came in these months."""
    d = world.dice(village, "asking")
    waiting = [person for person, stay in people if stay is None]
    cases = [_case(world, village, person, _state(at, person), d) for at, person in enumerate(waiting)]
    cases += [
        _admission(world, village, stay, d) for _, stay in people if stay and _by_application(world, village, stay)
    ]
    return {
        "applications": [application for application, _ in cases],
        "decisions": [decision for _, decisions in cases for decision in decisions],
    }


def _by_application(world: World, village: Village, stay: Row) -> bool:
    """Whether a stay began with a decision that is kept; a home that is overfull has admitted without."""
    enough = village.home["beds"] + village.home["day_places"] >= village.residents
    return village.deep and enough and bool(stay["from_day"] > world.months[0].isoformat())


def _state(at: int, person: Row) -> str:
    """What becomes of the next application; only special groups wait for the township."""
    state = f.ASKING[at % len(f.ASKING)]
    if state == "wait_township" and "destitute" not in person["categories"]:
        person["categories"] = json.dumps([*json.loads(person["categories"]), "destitute"])
    return state


def _application(world: World, village: Village, person_id: int, day: date, d: Dice) -> Row:
    return {
        "id": world.id("applications"),
        "home_id": village.home["id"],
        "person_id": person_id,
        "day": day.isoformat(),
        "place": "bed" if village.home["kind"] == "residential" else "day_place",
        "reason": d.choice(f.WISHES),
        "closed": None,
        "closed_day": None,
    }


def _case(world: World, village: Village, person: Row, state: str, d: Dice) -> tuple[Row, list[Row]]:
    """An application that waits, or was refused or taken back."""
    new = state == "wait_village"
    day = world.today - timedelta(d.randrange(2, 30) if new else d.randrange(40, 300))
    application = _application(world, village, person["id"], day, d)
    if state == "withdrawn":
        closed = day + timedelta(d.randrange(3, 35))
        return application | {"closed": "withdrawn", "closed_day": closed.isoformat()}, []
    if new:
        return application, []
    steps = ["village"] if state != "approved" or "destitute" not in person["categories"] else ["village", "township"]
    outcome = "refused" if state == "refused" else "approved"
    return application, list(_decisions(village, application, steps, outcome, day + timedelta(3), d))


def _decisions(village: Village, application: Row, steps: list[str], outcome: str, day: date, d: Dice) -> Iterator[Row]:
    """One decision after another, some days apart."""
    offices = {"village": f.VILLAGE, "township": village.home["township"] + f.OFFICE}
    for step in steps:
        yield {
            "home_id": village.home["id"],
            "application_id": application["id"],
            "step": step,
            "outcome": outcome,
            "day": day.isoformat(),
            "decided_by": offices[step],
            "reason": d.choice(f.REFUSALS) if outcome == "refused" else None,
        }
        day += timedelta(d.randrange(1, 20))


def _admission(world: World, village: Village, stay: Row, d: Dice) -> tuple[Row, list[Row]]:
    """The application and the decisions that a stay began with."""
    day = date.fromisoformat(stay["from_day"]) - timedelta(d.randrange(45, 120))
    application = _application(world, village, stay["person_id"], day, d)
    stay["application_id"] = application["id"]
    return application, list(
        _decisions(village, application, ["village", "township"], "approved", day + timedelta(4), d)
    )
