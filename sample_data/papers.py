"""Draws consents and agreements, and who decided about a stay. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.places import Dice, Row, Village, World

People = list[tuple[Row, Row | None]]


def decided(world: World, village: Village, stays: list[Row]) -> None:
    """Add to each stay who decided about it and, for some that ended, what was noted."""
    d = world.dice(village, "stays")
    for stay in stays:
        ended = stay["end_reason"]
        note = d.choice(f.END_NOTES[ended]) if ended else None
        stay |= {"decided_by": f.VILLAGE, "end_decided_by": f.VILLAGE if ended else None, "end_note": note}
        stay["application_id"] = None


def consents(world: World, village: Village, people: People) -> Iterator[Row]:
    """What people agreed to when they came: the register nearly all, all else only in a home that has all there is."""
    d = world.dice(village, "consents")
    for person, stay in people:
        day = stay["from_day"] if stay else (world.today - timedelta(d.randrange(200, 400))).isoformat()
        guardian = person["self_care"] == "none" or (person["self_care"] == "partial" and d.chance(0.3))
        for purpose in f.CONSENTS if village.deep and stay else ("register",):
            agreed, taken_back = f.CONSENTS[purpose]
            if d.chance(agreed):
                yield {
                    "home_id": village.home["id"],
                    "person_id": person["id"],
                    "purpose": purpose,
                    "day": day,
                    "signer": "guardian" if guardian else "self",
                    "signer_name": person["kin_name"] if guardian else None,
                    "withdrawn_day": _later(day, world.today, d) if d.chance(taken_back) else None,
                }


def _later(day: str, today: date, d: Dice) -> str:
    first = date.fromisoformat(day)
    return (first + timedelta(d.randrange((today - first).days + 1))).isoformat()


def agreements(world: World, village: Village, people: People) -> Iterator[Row]:
    """The last agreement of most who live in a residential home; a few are overdue for another."""
    d = world.dice(village, "agreements")
    for person, stay in people:
        if stay and not stay["to_day"] and stay["place"] == "bed" and d.chance(f.AGREED):
            yield {
                "home_id": village.home["id"],
                "person_id": person["id"],
                **_term(date.fromisoformat(stay["from_day"]), world.today, d),
                "relative": person["kin_name"] if d.chance(0.8) else None,
            }


def _term(start: date, today: date, d: Dice) -> Row:
    length = timedelta(365 * d.pick(f.AGREEMENT_YEARS))
    terms = (today - start) // length
    start += length * (terms - (terms > 0 and not d.chance(f.RENEWED)))
    return {"day": start.isoformat(), "until_day": (start + length).isoformat()}
