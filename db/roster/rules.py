"""The hard rules, twice: who may take a shift as things stand, and what is broken in a finished roster.

The second knows nothing of the first, so that tests hold one against the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from db.roster.week import Assignment, Helper, Shift, Week, meets


class Board:
    """Who is on what, as it fills; nothing is refused here, only known."""

    def __init__(self, week: Week, assignments: Iterable[Assignment] = ()) -> None:
        """The standing assignments, and these."""
        self.week = week
        self.on: dict[int, list[Shift]] = defaultdict(list)  # helper -> shifts
        self.by: dict[int, list[int]] = defaultdict(list)  # shift -> helpers
        self.apart: dict[int, set[int]] = defaultdict(set)  # helper -> those they must not meet
        self.away: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for one, other in week.conflicts:
            self.apart[one].add(other)
            self.apart[other].add(one)
        for helper, start, end in week.leaves:
            self.away[helper].append((start, end))
        for assignment in (*week.standing, *assignments):
            self.put(*assignment)

    def put(self, shift: int, helper: int) -> None:
        """Note one more."""
        self.on[helper].append(self.week.shift[shift])
        self.by[shift].append(helper)

    def open(self, shift: Shift) -> int:
        """How many places are left."""
        return max(shift.needed - len(self.by[shift.id]), 0)

    def unfit(self, shift: Shift, helper: Helper) -> str | None:
        """Why somebody can't take a shift whatever else they do; None if they can."""
        span = (shift.start, shift.end)
        if shift.skill and shift.skill not in helper.skills:
            return "skill"
        if helper.ability <= 0 or helper.ability < shift.least:
            return "ability"
        if any(meets(span, away) for away in self.away[helper.id]):
            return "leave"
        if helper.free is not None and not any(start <= span[0] and span[1] <= end for start, end in helper.free):
            return "free"
        return None

    def bar(self, shift: Shift, helper: Helper) -> str | None:
        """Why somebody can't take a shift beside what they have; None if they can."""
        return (
            self.unfit(shift, helper)
            or self._taken(shift, helper)
            or ("hours" if self.over(shift, helper) > 0 else None)
        )

    def over(self, shift: Shift, helper: Helper) -> int:
        """The minutes by which a shift would pass what somebody may do in a day or a week; 0 or less if it fits."""
        mine = self.on[helper.id]
        day = sum(each.minutes for each in mine if each.day == shift.day)
        week = sum(each.minutes for each in mine if each.day // 7 == shift.day // 7)
        return shift.minutes + max(day - helper.day_cap, week - helper.week_cap)

    def _taken(self, shift: Shift, helper: Helper) -> str | None:
        rest = self.week.rest
        mine, span = self.on[helper.id], (shift.start, shift.end)
        if any(meets(span, (each.start, each.end)) for each in mine):
            return "busy"
        if any(meets((shift.start, shift.rested(rest)), (each.start, each.rested(rest))) for each in mine):
            return "rest"
        others = (each for other in self.apart[helper.id] for each in self.on[other])
        return "pair" if any(meets(span, (each.start, each.end)) for each in others) else None


class Broken(NamedTuple):
    """A rule and who breaks it on which shift."""

    rule: str
    helper: int
    shift: int


def broken(week: Week, assignments: Iterable[Assignment]) -> list[Broken]:
    """Every hard rule that a roster breaks, the standing assignments included; empty if none."""
    everything = [Assignment(*one) for one in (*week.standing, *assignments)]
    pairs = [(week.shift[one.shift], week.helper[one.helper]) for one in everything]
    return [*_alone(week, pairs), *_together(week, pairs), *_caps(pairs), *_crowded(pairs)]


def _alone(week: Week, pairs: list[tuple[Shift, Helper]]) -> Iterator[Broken]:
    for shift, helper in pairs:
        if shift.skill is not None and shift.skill not in helper.skills:
            yield Broken("skill", helper.id, shift.id)
        if helper.ability < max(shift.least, 1):
            yield Broken("ability", helper.id, shift.id)
        if any(who == helper.id and start < shift.end and shift.start < end for who, start, end in week.leaves):
            yield Broken("leave", helper.id, shift.id)
        if helper.free is not None and all(shift.start < start or end < shift.end for start, end in helper.free):
            yield Broken("free", helper.id, shift.id)


def _together(week: Week, pairs: list[tuple[Shift, Helper]]) -> Iterator[Broken]:
    apart = {frozenset(pair) for pair in week.conflicts}
    in_turn = sorted(pairs, key=lambda pair: (pair[0].start, pair[0].id))
    for (first, one), (second, other) in combinations(in_turn, 2):
        if one.id == other.id and second.start < first.end:
            yield Broken("busy", one.id, second.id)
        elif one.id == other.id and _late(first) and second.start < first.end + week.rest:
            yield Broken("rest", one.id, second.id)
        if second.start < first.end and frozenset((one.id, other.id)) in apart:
            yield Broken("pair", other.id, second.id)


def _late(shift: Shift) -> bool:
    midnight = shift.start - shift.start % 1440 + 1440
    return shift.night or shift.end >= midnight


def _caps(pairs: list[tuple[Shift, Helper]]) -> Iterator[Broken]:
    days: dict[tuple[Helper, int], int] = defaultdict(int)
    weeks: dict[tuple[Helper, int], int] = defaultdict(int)
    for shift, helper in pairs:
        days[helper, shift.start // 1440] += shift.end - shift.start
        weeks[helper, shift.start // 10080] += shift.end - shift.start
        if days[helper, shift.start // 1440] > helper.day_cap:
            yield Broken("day_cap", helper.id, shift.id)
        if weeks[helper, shift.start // 10080] > helper.week_cap:
            yield Broken("week_cap", helper.id, shift.id)


def _crowded(pairs: list[tuple[Shift, Helper]]) -> Iterator[Broken]:
    heads: dict[Shift, int] = defaultdict(int)
    for shift, helper in pairs:
        heads[shift] += 1
        if heads[shift] > shift.needed:
            yield Broken("full", helper.id, shift.id)
