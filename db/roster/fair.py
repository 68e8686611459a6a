"""How evenly load is spread, for what each person's ability is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from db.roster.week import Assignment, Week

STEPS = (
    (0.5, 5),
    (1, 5),
    (2, 10),
    (4, 20),
    (8, 40),
)  # from so many shifts off a fair load, so many points an hour more
Step = tuple[float, float]  # points an hour, hours


@dataclass(frozen=True)
class Scale:
    """How one person's load is judged: hours before, hours that could come, their fair load, and what counts as a step."""

    base: float
    room: float
    fair: float
    step: float
    share: float = 1

    @property
    def calm(self) -> tuple[float, float]:
        """The hours to come that cost nothing, from and to."""
        return self._below()[0], self._above()[0]

    @property
    def above(self) -> list[Step]:
        """What the hours beyond those cost, one step after the other."""
        return list(self._steps([*self._above(), inf]))

    @property
    def below(self) -> list[Step]:
        """What the hours that are missing cost."""
        return list(self._steps([*(-bend for bend in self._below()), 0]))

    def points(self, hours: float) -> float:
        """What it costs that so many hours come; what nothing could avoid is not counted."""
        low, high = self.calm
        return climb(self.above, hours - high) + climb(self.below, low - hours)

    def _above(self) -> list[float]:
        return [max(self.fair + far * self.step - self.base, 0) for far, _ in STEPS]

    def _below(self) -> list[float]:
        return [min(max(self.fair - far * self.step - self.base, 0), self.room) for far, _ in STEPS]

    def _steps(self, bends: list[float]) -> Iterator[Step]:
        points = 0.0
        for (start, end), (_, more) in zip(pairwise(bends), STEPS, strict=True):
            points += more / self.share
            if end > start:
                yield points, end - start


def climb(steps: list[Step], hours: float) -> float:
    """The points of so many hours up the steps."""
    total = 0.0
    for points, width in steps:
        total += points * min(max(hours, 0), width)
        hours -= width
    return total


def level(total: float, rows: list[tuple[float, float, float]]) -> float:
    """The hours of a full share at which `total` more hours are handed out: rows of base, room and share."""
    low, high = 0.0, max(((base + room) / share for base, room, share in rows), default=0.0)
    for _ in range(50):
        middle = (low + high) / 2
        given = sum(min(max(middle * share - base, 0), room) for base, room, share in rows)
        low, high = (low, middle) if given >= total else (middle, high)
    return high


def relative(week: Week, assignments: Iterable[Assignment]) -> dict[int, float]:
    """Hours of load, this month's and these, that each person who takes duties would have at full ability."""
    minutes = {helper.id: helper.so_far for helper in week.helpers if helper.ability > 0}
    for shift, helper in (*week.standing, *assignments):
        if helper in minutes:
            minutes[helper] += week.shift[shift].burden
    return {id: load / 60 * 100 / week.helper[id].ability for id, load in minutes.items()}


def gini(loads: Iterable[float]) -> float:
    """How unevenly loads are spread: 0 where all are alike, near 1 where one has everything."""
    ordered = sorted(loads)
    total, count = sum(ordered), len(ordered)
    if not total:
        return 0.0
    ranked = sum(rank * load for rank, load in enumerate(ordered, 1))
    return 2 * ranked / (count * total) - (count + 1) / count


def spread(loads: Iterable[float]) -> float:
    """How far the most is from the least."""
    ordered = sorted(loads)
    return ordered[-1] - ordered[0] if ordered else 0.0
