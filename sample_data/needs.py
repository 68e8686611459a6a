"""Draws the rounds of the needs survey and what people answered. The same dice always give the same."""

import json
from datetime import date, timedelta

from sample_data import figures as f
from sample_data.papers import People
from sample_data.places import Dice, Row, Village, World
from sample_data.register import age


def rounds(today: date) -> list[Row]:
    """The last two rounds, two a year: the newer one has been running for some weeks or has ended."""
    spans = [
        (f"{year}{name}", date(year, *first), date(year, *last))
        for year in range(today.year - 2, today.year + 1)
        for name, (first, last) in f.ROUNDS.items()
    ]
    begun = [span for span in spans if span[1] <= today - timedelta(f.UNDER_WAY)][-2:]
    return [
        {"id": id, "name": name, "first_day": first.isoformat(), "last_day": last.isoformat()}
        for id, (name, first, last) in enumerate(begun, 1)
    ]


def surveys(world: World, village: Village, people: People, surveyor: str) -> dict[str, list[Row]]:
    """The surveys of a home in both rounds and their answers: the older round is over, the newer one isn't quite."""
    d = world.dice(village, "surveys")
    older, newer = rounds(world.today)
    done, half = (1.0, 0.0) if newer["last_day"] < world.today.isoformat() else (f.DONE, f.HALF)
    found: dict[str, list[Row]] = {"surveys": [], "survey_answers": []}
    for person, stay in people:
        mind = Mind(person, age(world, person), d)
        for each, shares in ((older, (f.ASKED, 0.0)), (newer, (done, half))):
            day = _day(each, world.today, d)
            if stay and stay["from_day"] <= day < (stay["to_day"] or "9999") and (d.chance(sum(shares))):
                finished = d.chance(shares[0] / sum(shares))
                survey = _survey(world, village, person, each, day, finished, surveyor, d)
                found["surveys"].append(survey)
                found["survey_answers"] += _answers(survey, mind, finished, d)
            mind.change(d)
    return found


def _day(each: Row, today: date, d: Dice) -> str:
    first, last = date.fromisoformat(each["first_day"]), min(today, date.fromisoformat(each["last_day"]))
    return (first + timedelta(d.randrange((last - first).days + 1))).isoformat()


def _survey(
    world: World, village: Village, person: Row, each: Row, day: str, finished: bool, surveyor: str, d: Dice
) -> Row:
    at_home = d.chance(f.AT_HOME)
    return {
        "id": world.id("surveys"),
        "home_id": village.home["id"],
        "round_id": each["id"],
        "person_id": person["id"],
        "day": day,
        "mode": "home_visit" if at_home else "self_report",
        "surveyor": surveyor if at_home else None,
        "finished": int(finished),
    }


def _answers(survey: Row, mind: "Mind", finished: bool, d: Dice) -> list[Row]:
    """One answer a service; to the first few only where the survey is half done."""
    asked = list(f.NEEDS)[: len(f.NEEDS) if finished else d.randrange(3, 10)]
    return [{"home_id": survey["home_id"], "survey_id": survey["id"], **mind.answer(service, d)} for service in asked]


class Mind:
    """What one person needs and could give; between two rounds a little of it changes."""

    def __init__(self, person: Row, years: int, d: Dice) -> None:
        """Draw how needy and how well cared for somebody is, service by service."""
        self._frail, self._old = person["self_care"] != "able", max(0, years - 75) / 10
        self._alone = "alone" in json.loads(person["categories"])
        self._gives = set(json.loads(person["gives"]))
        self._drawn = {service: (d.random(), d.random()) for service in f.NEEDS}

    def change(self, d: Dice) -> None:
        """A fifth of the needs are others, and more is received."""
        for service, (need, received) in self._drawn.items():
            self._drawn[service] = (d.random() if d.chance(0.2) else need, received * 0.93)

    def answer(self, service: str, d: Dice) -> Row:
        """What this person says of a service."""
        share, received, paying, frail, old = f.NEEDS[service]
        share += frail * self._frail + old * self._old + 0.15 * (self._alone and service in f.LONELY)
        drawn, luck = self._drawn[service]
        need = 0 if drawn >= share else 3 - sum(drawn / share < bound for bound in f.WEIGHT_OF_NEED)
        receives = int(need > 0 and luck < received)
        return {
            "service": service,
            "need": need,
            "receives": receives,
            "from_whom": d.pick(f.WHOM) if receives else None,
            "would_pay": int(need > 0 and d.chance(paying)),
            "could_give": int(service in self._gives and d.chance(0.92)),
        }
