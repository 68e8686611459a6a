"""Draws assessments of ability, item by item, and what was decided about their levels. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.health import here
from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World
from sample_data.register import age

Drawn = tuple[Row, list[Row]]  # an assessment with its scores


def abilities(world: World, village: Village, people: People, events: list[Row]) -> dict[str, list[Row]]:
    """Assessments, scores and decisions of those who live here, and of some who ask for a place."""
    d = world.dice(village, "abilities")
    drawn: list[Drawn] = []
    decisions: list[Row] = []
    for person, stay in [*here(people, world.today), *_asking(people, d)]:
        falls = [date.fromisoformat(event["day"]) for event in events if event["person_id"] == person["id"]]
        found = list(_history(world, village, person, stay, falls, d))
        drawn += found
        decisions += _decision(world, found[-1], d) if found and stay else []
    drawn += _others(world, village, people, d)
    return {
        "assessments": [assessment for assessment, _ in drawn],
        "assessment_scores": [score for _, scores in drawn for score in scores],
        "level_decisions": decisions,
    }


def _asking(people: People, d: Dice) -> People:
    return [(person, stay) for person, stay in people if stay is None and d.chance(0.5)]


def _history(
    world: World, village: Village, person: Row, stay: Row | None, falls: list[date], d: Dice
) -> Iterator[Drawn]:
    """The assessments of one person, oldest first: points are lost in the same order, and few come back."""
    seen = {fall + timedelta(d.randrange(2, 12)): "immediate" for fall in falls if d.chance(0.7)}
    begun = date.fromisoformat(stay["from_day"]) if stay else world.today - timedelta(d.randrange(90))
    dates = sorted(_days(world, begun, d) | set(seen))
    order, lost = Loss("gb42195", d), _lost(person, age(world, person), d)
    losses = [
        lost := lost if not back or d.chance(0.4) else round(lost * d.uniform(0.5, 1.05)) for back in range(len(dates))
    ]
    diagnosis = int(lost > 4 and d.chance(f.DIAGNOSED))
    for at, (day, points) in enumerate(zip(dates, reversed(losses), strict=True)):
        if day <= world.today:
            recent = sum(day - timedelta(30) <= fall <= day for fall in falls)
            known: Row = {"diagnosis": diagnosis, "risk_events": recent}
            known["reason"] = "first" if not at else seen.get(day, "regular")
            yield _assessment(world, village, person, day, order, points, d, **known)


def _days(world: World, begun: date, d: Dice) -> set[date]:
    """Yearly, the first at admission; never for a few, and too long ago for a few."""
    if d.chance(f.NEVER):
        return set()
    last = world.today - timedelta(d.randrange(372, 430) if d.chance(f.OVERDUE) else d.randrange(4, 350))
    years = [back for back in (2, 1, 0) if not back or d.chance(f.BEFORE)]
    first = begun - timedelta(d.randrange(3, 20))
    return {max(first, last - timedelta(365 * back + back * d.randrange(-20, 20))) for back in years}


def _lost(person: Row, years: int, d: Dice) -> int:
    """How many of the 90 points somebody lacks today."""
    if person["self_care"] in f.LOST:
        return int(d.triangular(*f.LOST[person["self_care"]]))
    return 0 if d.chance((94 - years) / 45) else min(24, 1 + int(d.expovariate(1 / 6)))


class Loss:
    """The order in which one person loses points, and so the scores that go with a number of lost ones."""

    def __init__(self, instrument: str, d: Dice) -> None:
        """Draw the order: the sooner an item is lost in life, the sooner here."""
        self.instrument = instrument
        step, items = f.STEPS[instrument], f.ITEMS[instrument]
        points = [item for item, (highest, soon) in items.items() if soon for _ in range(highest // step)]
        self._order = sorted(points, key=lambda item: -(d.random() ** (1 / items[item][1])))

    def scores(self, lost: int) -> dict[str, int]:
        """Item -> score once so many steps are lost."""
        gone, step = self._order[:lost], f.STEPS[self.instrument]
        return {item: highest - step * gone.count(item) for item, (highest, _) in f.ITEMS[self.instrument].items()}


def _assessment(
    world: World, village: Village, person: Row, day: date, loss: Loss, lost: int, d: Dice, **known: object
) -> Drawn:
    id = world.id("assessments")
    home = {"home_id": village.home["id"]}
    row: Row = home | {"id": id, "person_id": person["id"], "day": day.isoformat(), "instrument": loss.instrument}
    row |= {"version": f.VERSIONS[loss.instrument], "assessor": d.choice(f.ASSESSORS), "reason": "regular"}
    row |= {"diagnosis": 0, "risk_events": 0, "finished": 1} | known
    scores = [home | {"assessment_id": id, "item": item, "score": score} for item, score in loss.scores(lost).items()]
    return row, scores


def _decision(world: World, drawn: Drawn, d: Dice) -> Iterator[Row]:
    """What was decided about a level above the one that is admitted; nothing yet about some."""
    last, scores = drawn
    total = sum(score["score"] for score in scores)
    level = next(level for least, level in f.INITIAL if total >= least) + last["diagnosis"] + (last["risk_events"] > 1)
    if level > 1 and d.chance(f.LEVEL_DECIDED):
        outcome = "remain" if level == 2 and d.chance(0.8) else "refer"
        day = min(world.today, date.fromisoformat(last["day"]) + timedelta(d.randrange(1, 12)))
        row = {"home_id": last["home_id"], "assessment_id": last["id"], "outcome": outcome, "day": day.isoformat()}
        yield row | {"decided_by": f.VILLAGE, "reason": d.choice(f.LEVEL_REASONS[outcome])}


def _others(world: World, village: Village, people: People, d: Dice) -> Iterator[Drawn]:
    """Two by the older instrument, kept from before, and one that somebody has begun and not finished."""
    residents = [(person, stay) for person, stay in here(people, world.today) if stay]
    for person, stay in d.sample(residents, min(2, len(residents))):
        day = date.fromisoformat(stay["from_day"]) - timedelta(d.randrange(3, 20))
        lost = _lost(person, age(world, person), d) // 5
        yield _assessment(world, village, person, day, Loss("barthel", d), lost, d, reason="first")
    if len(residents) > 8:
        person, _ = d.choice(residents)
        draft, scores = _assessment(world, village, person, world.today, Loss("gb42195", d), 5, d, finished=0)
        yield draft, scores[: d.randrange(6, 20)]
