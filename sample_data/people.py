"""Draws who lived in a home and when, and who waits for a place. The same dice always give the same."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from db import identity
from sample_data import figures as f
from sample_data.places import Dice, Row, Village, World


def people(world: World, village: Village) -> Iterator[tuple[Row, Row | None]]:
    """Each person of a home with their stay; None for those who asked for a place and have none."""
    d, names = village.dice, Names(village.dice)
    for place, start, end, reason in _spells(world, village):
        someone = person(world, village, start, _age(village, d), names) | _health(reason, d)
        stay = {"home_id": village.home["id"], "person_id": someone["id"], **_place(village, place)}
        stay |= {"from_day": start.isoformat(), "to_day": end and end.isoformat(), "end_reason": reason}
        yield someone, stay
    for _ in range(min(f.MOST_ASKING, 2 + village.residents // 6) if village.deep else village.residents // 25):
        yield person(world, village, world.today, _age(village, d), names) | _health(None, d), None


def _age(village: Village, d: Dice) -> float:
    return village.home["min_age"] + d.betavariate(1.6, 2.6) * 33


def _place(village: Village, number: int) -> Row:
    """Two beds a room, twenty rooms a floor; a day home has neither."""
    if village.home["kind"] == "day":
        return {"place": "day_place", "room": None, "bed": None}
    floor, room = divmod(number // 2, 20)
    return {"place": "bed", "room": f"{floor + 1}{room + 1:02d}", "bed": "AB"[number % 2]}


def _spells(world: World, village: Village) -> Iterator[tuple[int, date, date | None, str | None]]:
    """Who has each place, one after another: its number, first day, day of leaving, reason."""
    d, first = village.dice, world.months[0]
    opened = date.fromisoformat(village.home["opened"])
    for bed in range(village.residents):
        later = d.chance(f.ARRIVED_LATER)
        start = first + timedelta(d.randrange((world.today - first).days) if later else d.randrange(-1300, -20))
        start = max(start, opened + timedelta(d.randrange(60)))
        while start <= world.today:
            end = max(start, first) + timedelta(10 + int(d.expovariate(f.MONTHLY_LEAVING / 30.4)))
            if end > world.today:
                yield bed, start, None, None
                break
            yield bed, start, end, d.pick(f.REASONS)
            start = end + timedelta(d.randint(1, 40))


def person(world: World, village: Village, day: date, age: float, names: "Names", women: float = f.WOMEN) -> Row:
    """Somebody who is of that age on that day, with a relative."""
    d = names.dice
    sex = "female" if d.chance(women) else "male"
    name = names.draw(sex)
    born = day - timedelta(365.25 * age + 1)
    kin = d.choice([name[0], name[0], d.choice(f.SURNAMES)]) + given(d, d.choice(["female", "male"]))
    return {
        "id": world.id("persons"),
        "home_id": village.home["id"],
        "name": name,
        "sex": sex,
        "phone": phone(d) if d.chance(0.7) else None,
        "kin_name": kin,
        "kin_phone": phone(d) if d.chance(0.85) else None,
        **_birth(born, sex, world.taken, d),
    }


def phone(d: Dice) -> str:
    """A telephone number that rings nowhere."""
    return f"12{d.randrange(10**9):09d}"  # no network gives numbers that begin with 12


class Names:
    """The names of one village: it has its families, and so its namesakes."""

    def __init__(self, dice: Dice) -> None:
        """Choose the families."""
        self.dice = dice
        self._families = dice.sample(f.SURNAMES, 3)
        self._drawn: dict[str, list[str]] = {"female": [], "male": []}

    def draw(self, sex: str) -> str:
        """The name of one more person."""
        d, drawn = self.dice, self._drawn[sex]
        if drawn and d.chance(f.NAMESAKES):
            return d.choice(drawn)
        drawn.append(d.choice(self._families if d.chance(0.6) else f.SURNAMES) + given(d, sex))
        return drawn[-1]


def given(d: Dice, sex: str) -> str:
    """A given name of two characters."""
    first, second = (d.choice(characters) for characters in f.GIVEN_NAMES[sex])
    return first + (second if second != first else "平")


def _health(reason: str | None, d: Dice) -> Row:
    """How able somebody is, less so those who were transferred, with what follows from it."""
    frail = d.random() / (3 if reason == "transfer" else 1)
    self_care = "none" if frail < 0.025 else "partial" if frail < 0.15 else "able"
    living = d.pick(f.LIVING)
    categories = [living] * bool(living) + [code for code, share in f.CATEGORIES.items() if d.chance(share)]
    skill = d.pick(f.SKILLS) if self_care == "able" else None
    return {"self_care": self_care, "categories": json.dumps(categories + f.FRAIL[self_care]), "skills": skill}


def _birth(born: date, sex: str, taken: set[str], d: Dice) -> Row:
    """Birth day with the ID number, or for a few without one, and then often only the month, or only the age."""
    if d.chance(f.NO_ID):
        rough = d.chance(0.6)
        told = rough and d.chance(f.ONLY_AGE)
        day = born.replace(month=7, day=1) if told else born.replace(day=1) if rough else born
        return {"birth_day": day.isoformat(), "birth_estimated": int(rough), "id_number": None}
    first17 = _sequence(born, sex, d)
    while first17 in taken:
        first17 = _sequence(born, sex, d)
    taken.add(first17)
    return {"birth_day": born.isoformat(), "birth_estimated": 0, "id_number": first17 + identity.check_digit(first17)}


def _sequence(born: date, sex: str, d: Dice) -> str:
    return f"999999{born:%Y%m%d}{2 * d.randrange(500) + (sex == 'male'):03d}"
