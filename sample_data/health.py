"""Draws health notes and risk events. The same dice always give the same."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World, days

MEASURES = ("systolic", "diastolic", "pulse", "glucose", "weight", "temperature")


def here(person_stays: People, today: date) -> People:
    """Those who live in the home today."""
    return [(person, stay) for person, stay in person_stays if stay and (stay["to_day"] or "9999") > today.isoformat()]


def events(world: World, village: Village, people: People) -> Iterator[Row]:
    """Falls and the like of the last twelve months, the frail first."""
    d = world.dice(village, "events")
    for person, stay in here(people, world.today):
        first = max(world.today - timedelta(365), date.fromisoformat(stay["from_day"]) if stay else world.today)
        for day in days(first, world.today):
            if d.chance(f.EVENTS_A_YEAR[person["self_care"]] / 365):
                event = d.pick(f.EVENTS)
                note = d.choice(f.EVENT_NOTES[event])
                row = {"home_id": village.home["id"], "person_id": person["id"], "day": day.isoformat()}
                yield row | {"event": event, "injured": int(event == "fall" and d.chance(0.35)), "note": note}


def notes(world: World, village: Village, people: People) -> Iterator[Row]:
    """Blood pressure about once a month for many, the other measures for those who need them."""
    d = world.dice(village, "notes")
    for person, stay in here(people, world.today):
        if stay and d.chance(f.MEASURED):
            body = Body(person, d)
            for at, day in enumerate(_visits(world, stay["from_day"], d)):
                row = {"home_id": village.home["id"], "person_id": person["id"], "day": day.isoformat()}
                yield row | dict.fromkeys(MEASURES) | body.measured(at, d)


def _visits(world: World, first_day: str, d: Dice) -> Iterator[date]:
    for first in world.months[-f.NOTE_MONTHS :]:
        day = first + timedelta(d.randrange(28))
        if first_day <= day.isoformat() <= world.today.isoformat() and d.chance(0.9):
            yield day


class Body:
    """What one person's values lie about, and where they drift."""

    def __init__(self, person: Row, d: Dice) -> None:
        """Draw what does not change from visit to visit."""
        self._pressure = d.gauss(*f.PRESSURE["high" if d.chance(f.HYPERTENSIVE) else "normal"])
        self._drift = d.uniform(-0.6, 0.8)
        self._pulse = d.gauss(74, 7)
        self._diabetic = d.chance(f.DIABETIC)
        self._glucose = d.gauss(8.0, 1.1) if self._diabetic else d.gauss(5.5, 0.4)
        self._weight = d.gauss(*f.WEIGHT[person["sex"]]) if d.chance(f.WEIGHED) else None

    def measured(self, at: int, d: Dice) -> Row:
        """The values of one visit, the first being 0."""
        systolic = self._pressure + self._drift * at + d.gauss(0, 6)
        row: Row = {"systolic": round(systolic), "diastolic": round(20 + 0.45 * systolic + d.gauss(0, 4))}
        row["pulse"] = round(self._pulse + d.gauss(0, 5))
        if self._diabetic or d.chance(0.1):
            row["glucose"] = round(self._glucose + d.gauss(0, 0.6), 1)
        if self._weight and at % 3 == 0:
            row["weight"] = round(self._weight - 0.12 * at + d.gauss(0, 0.6), 1)
        if d.chance(0.1):
            row["temperature"] = round(d.gauss(36.5, 0.25), 1)
        return row
