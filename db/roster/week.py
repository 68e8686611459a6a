"""What a roster is made of: plain rows in, plain rows out.

Times are whole minutes since the week's Monday 00:00 (before it: less than 0) and spans are half-open, so that a night is
one span. Ability is in percent: 100 for somebody who can do a full share, 0 for somebody who takes no duty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

DAY = 24 * 60
Span = tuple[int, int]


class Assignment(NamedTuple):
    """Somebody on a shift."""

    shift: int
    helper: int


class Leave(NamedTuple):
    """A time in which somebody is away."""

    helper: int
    start: int
    end: int


@dataclass(frozen=True)
class Shift:
    """A duty at a time, and how many it takes; places alike are one head count."""

    id: int
    duty: str
    start: int
    end: int
    needed: int = 1
    name: str = ""
    skill: str | None = None
    least: int = 0  # the lowest ability that it takes, in percent
    weight: int = 1  # how much an open place of it matters
    load: int = 100  # how heavy a minute of it is, in percent
    night: bool = False
    elders: tuple[int, ...] = ()  # who is looked after

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.end - self.start

    @property
    def burden(self) -> float:
        """Its minutes, weighted."""
        return self.minutes * self.load / 100

    @property
    def day(self) -> int:
        """The day that it counts to, 0 for Monday: the one on which it begins."""
        return self.start // DAY

    def rested(self, rest: int) -> int:
        """When somebody who was on it may begin again: after a night, not before `rest` minutes."""
        late = self.night or self.end >= (self.day + 1) * DAY
        return self.end + rest if late else self.end


@dataclass(frozen=True)
class Helper:
    """Somebody who can take shifts; caps in minutes, `so_far` the weighted minutes of the month before these shifts."""

    id: int
    name: str
    age: int = 70
    ability: int = 100
    skills: frozenset[str] = frozenset()
    day_cap: int = DAY
    week_cap: int = 7 * DAY
    so_far: float = 0
    likes_duties: frozenset[str] = frozenset()
    likes_times: tuple[Span, ...] = ()
    free: tuple[Span, ...] | None = None  # at any time, if not said


@dataclass(frozen=True)
class Week:
    """The shifts to fill and all that bears on them; standing assignments are kept whatever happens."""

    shifts: tuple[Shift, ...]
    helpers: tuple[Helper, ...]
    leaves: tuple[Leave, ...] = ()
    conflicts: tuple[tuple[int, int], ...] = ()  # two helpers who must not be on duty together
    standing: tuple[Assignment, ...] = ()
    did: frozenset[tuple[int, str]] = frozenset()  # helper and duty, of earlier weeks
    cared: frozenset[tuple[int, int]] = frozenset()  # helper and elder, of earlier weeks
    ages: Mapping[int, int] = field(default_factory=dict)  # elder -> years
    rest: int = 10 * 60  # minutes after a night

    @cached_property
    def shift(self) -> dict[int, Shift]:
        """The shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @cached_property
    def helper(self) -> dict[int, Helper]:
        """The helpers by id."""
        return {helper.id: helper for helper in self.helpers}

    def ill(self, helper: int, start: int = 0, end: int = 7 * DAY) -> "Week":
        """The same week with somebody away; what they held in that time is open again."""
        inside = {shift.id for shift in self.shifts if shift.start < end and start < shift.end}
        standing = tuple(one for one in self.standing if one.helper != helper or one.shift not in inside)
        return replace(self, leaves=(*self.leaves, Leave(helper, start, end)), standing=standing)


def meets(one: Span, other: Span) -> bool:
    """Whether two spans share a minute."""
    return one[0] < other[1] and other[0] < one[1]


def crowds(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """The largest groups of spans (id, start, end) that all meet at one moment."""
    found: list[tuple[int, ...]] = []
    running: dict[int, int] = {}
    for id, start, end in sorted(spans, key=lambda span: (span[1], span[2], span[0])):
        over = [each for each, until in running.items() if until <= start]
        if over:
            found.append(tuple(running))
        running = {each: until for each, until in running.items() if until > start} | {id: end}
    return [*found, tuple(running)] if running else found
