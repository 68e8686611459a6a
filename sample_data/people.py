"""Draws who lived in a home and when. The same dice always give the same."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from db import identity
from sample_data import figures as f
from sample_data.places import Dice, Row, Village, World


def people(world: World, village: Village) -> Iterator[tuple[Row, Row | None]]:
    """Each person of a home with their stay; None for those who still wait for a place."""
    d, names = village.dice, Names(village.dice)
    for bed, start, end, reason in _spells(world, village):
        person = _person(world, village, start, names) | _health(reason, d)
        stay = {"home_id": village.home["id"], "person_id": person["id"], "room": _room(village, bed)}
        stay |= {"from_day": start.isoformat(), "to_day": end and end.isoformat(), "end_reason": reason}
        yield person, stay
    for _ in range(village.residents // 25):
        yield _person(world, village, world.today, names) | _health(None, d), None


def _room(village: Village, bed: int) -> str | None:
    floor, room = divmod(bed // 2, 20)
    return f"{floor + 1}{room + 1:02d}" if village.home["kind"] == "residential" else None


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


def _person(world: World, village: Village, start: date, names: "Names") -> Row:
    d = village.dice
    sex = "female" if d.chance(f.WOMEN) else "male"
    name = names.draw(sex)
    born = start - timedelta(365.25 * (village.home["min_age"] + d.betavariate(1.6, 2.6) * 33) + 1)
    kin = d.choice([name[0], name[0], d.choice(f.SURNAMES)]) + names.given(d.choice(["female", "male"]))
    return {
        "id": next(world.ids),
        "home_id": village.home["id"],
        "name": name,
        "sex": sex,
        "phone": _phone(d) if d.chance(0.7) else None,
        "kin_name": kin,
        "kin_phone": _phone(d) if d.chance(0.85) else None,
        **_birth(born, sex, world.taken, d),
    }


def _phone(d: Dice) -> str:
    return f"12{d.randrange(10**9):09d}"  # no network gives numbers that begin with 12


class Names:
    """The names of one village: it has its families, and so its namesakes."""

    def __init__(self, dice: Dice) -> None:
        """Choose the families."""
        self._dice = dice
        self._families = dice.sample(f.SURNAMES, 3)
        self._drawn: dict[str, list[str]] = {"female": [], "male": []}

    def draw(self, sex: str) -> str:
        """The name of one more person."""
        d, drawn = self._dice, self._drawn[sex]
        if drawn and d.chance(f.NAMESAKES):
            return d.choice(drawn)
        drawn.append(d.choice(self._families if d.chance(0.6) else f.SURNAMES) + self.given(sex))
        return drawn[-1]

    def given(self, sex: str) -> str:
        """A given name of two characters."""
        first, second = (self._dice.choice(characters) for characters in f.GIVEN[sex])
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
    """Birth day with the ID number, or for a few without one, and then often only the month."""
    if d.chance(f.NO_ID):
        rough = d.chance(0.6)
        day = born.replace(day=1) if rough else born
        return {"birth_day": day.isoformat(), "birth_estimated": int(rough), "id_number": None}
    first17 = _sequence(born, sex, d)
    while first17 in taken:
        first17 = _sequence(born, sex, d)
    taken.add(first17)
    return {"birth_day": born.isoformat(), "birth_estimated": 0, "id_number": first17 + identity.check_digit(first17)}


def _sequence(born: date, sex: str, d: Dice) -> str:
    return f"999999{born:%Y%m%d}{2 * d.randrange(500) + (sex == 'male'):03d}"
