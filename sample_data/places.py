"""Draws the homes of the demo. The same dice always give the same."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, product
from math import exp
from random import Random
from statistics import NormalDist
from typing import Any

from sample_data import figures as f

Row = dict[str, Any]


class Dice(Random):
    """Dice that fall alike for the same seed."""

    def chance(self, share: float) -> bool:
        """True in this share of the throws."""
        return self.random() < share

    def pick(self, weights: dict[Any, Any]) -> Any:
        """One of the keys, by weight."""
        return self.choices(list(weights), list(weights.values()))[0]


@dataclass
class World:
    """What all homes of a demo share: seed, first days of its months, last day, numbers given away."""

    seed: int
    months: list[date]
    today: date
    taken: set[str] = field(default_factory=set)
    _counts: dict[str, Iterator[int]] = field(default_factory=lambda: defaultdict(lambda: count(1)))

    def id(self, table: str) -> int:
        """The next number of a table."""
        return next(self._counts[table])

    def dice(self, village: "Village", area: str) -> Dice:
        """Dice of their own for one area of a home, so that what is drawn there moves nothing elsewhere."""
        return Dice(f"{self.seed} {village.home['id']} {area}")


@dataclass
class Village:
    """A home and what no table holds: residents, dice, pace (1 is lively), months without a log, circles of donors.

    A deep home has all there is: assessments, health notes, papers; the others have people, care and gifts. In a heeded one somebody
    follows the watch list: nobody is unseen for too long, checks are done in time, and some money is free.
    """

    home: Row
    residents: int
    dice: Dice
    pace: float = 1.0
    quiet: set[date] = field(default_factory=set)
    friends: int = 1
    deep: bool = False
    heeded: bool = False


def villages(world: World, size: str) -> list[Village]:
    """The homes of the demo in the order of their townships."""
    d = Dice(f"{world.seed} homes")
    number, residents, _ = f.SIZES[size]
    if size == "home":
        home = _home(1, f.TOWNSHIPS[0], "柳湾村", "residential", residents)
        return [Village(home | {"stars": 2, "opened": "2017-09-10"}, residents, d, friends=5, deep=True)]
    each = number // 30
    towns = f.TOWNSHIPS * each + d.sample(f.TOWNSHIPS * each, number - len(f.TOWNSHIPS) * each)
    names = d.sample([first + last + "村" for first, last in product(*f.VILLAGES)], number)
    places = zip(count(1), sorted(towns, key=f.TOWNSHIPS.index), names, strict=False)
    sizes = _sizes(number, residents, d)
    found = [_village(world, place, people, d) for place, people in zip(places, sizes, strict=False)]
    _silence(found, world.months, d)
    _deepen(found, d)
    _heed(world, found)
    return found


def _sizes(number: int, residents: int, d: Dice) -> list[int]:
    """How many live in each home: half of them have a dozen or so, a few have hundreds."""
    bell = [NormalDist().inv_cdf((i + 0.5) / number) for i in range(number)]
    raw = [min(f.LARGEST, max(4, f.TYPICAL * exp(f.SPREAD * z))) for z in bell]
    sizes = [round(people * residents / sum(raw)) for people in raw]
    d.shuffle(sizes)
    return sizes


def _village(world: World, place: tuple[int, str, str], people: int, d: Dice) -> Village:
    kind = "day" if d.chance(f.DAY_HOMES) else "residential"
    home = _home(*place, kind, people + d.randint(-1, 3 + people // 2))
    opened = date(d.choice(f.OPENED), d.randint(3, 11), d.randint(1, 28)).isoformat()
    home |= {"stars": d.pick(f.STARS), "opened": opened, "min_age": d.pick(f.MIN_AGES)}
    return Village(home, people, Dice(f"{world.seed} {home['id']}"), min(1.3, d.lognormvariate(-0.25, 0.35)))


def _home(number: int, township: str, village: str, kind: str, places: int) -> Row:
    day = kind == "day"
    home = {"id": number, "county": f.COUNTY, "township": township, "village": village, "kind": kind, "min_age": 60}
    home["name"] = village + ("日间照料中心" if day else "互助幸福院")
    return home | {"beds": 0 if day else places, "day_places": places if day else 0}


def _silence(found: list[Village], months: list[date], d: Dice) -> None:
    """A quarter of the homes idle, small ones more often: never used, hardly used, or left; a few others have gaps."""
    order = sorted(found, key=lambda village: d.random() * village.residents**0.5)
    idle = len(order) // 4
    for village in order[:idle:3]:
        village.pace = 0
    for village in order[1:idle:3]:
        village.pace = f.HARDLY_USED
    for village in order[2:idle:3]:
        village.quiet = set(months[d.randrange(1, len(months) - 3) :])
    for village in order[idle:]:
        if d.chance(f.GAPS):
            start = d.randrange(len(months) - 4)
            village.quiet = set(months[start : start + d.randint(1, 3)])


def _deepen(found: list[Village], d: Dice) -> None:
    """Some homes that are in use have all there is, the first one among them."""
    used = [village for village in found[1:] if village.pace > f.IDLE_PACE]
    for village in [found[0], *d.sample(used, min(f.DEEP - 1, len(used)))]:
        village.deep = True


def _heed(world: World, found: list[Village]) -> None:
    """Most of the other homes that are in use are heeded."""
    for village in found:
        shallow = not village.deep and not idle(world, village)
        village.heeded = shallow and world.dice(village, "heeded").chance(f.HEEDED)


def idle(world: World, village: Village) -> bool:
    """Whether a home is hardly used, or was left."""
    return village.pace <= f.IDLE_PACE or world.months[-1] in village.quiet


def days(first: date, last: date) -> list[date]:
    """All days from the first to the last, both counted."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]
