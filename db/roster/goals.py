"""What makes one roster better than another: a sum of points, of which less is better.

An open place outweighs every change, a change every unfairness, and an hour of unfairness most of the wishes. Places that
nobody can take, and loads that nothing could avoid, are not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from statistics import median

from db.roster.fair import Scale, level
from db.roster.rules import Board
from db.roster.week import Assignment, Helper, Week

CHANGE = 1_000  # points for each assignment of the plan before that could be kept and is not
OPEN = 10_000  # points for an open place of weight 1, beside all that changes might cost
WISHES = {"carer": 4, "younger": 3, "did": 2, "suits": 1, "duty": 1, "time": 1}  # points where one is not met


def wishes(week: Week, one: Assignment) -> dict[str, bool]:
    """The wishes, and whether an assignment meets them."""
    shift, helper = week.shift[one.shift], week.helper[one.helper]
    return {
        "suits": shift.skill is not None or shift.duty in helper.skills,
        "carer": any((helper.id, elder) in week.cared for elder in shift.elders),
        "younger": all(helper.age < week.ages.get(elder, helper.age + 1) for elder in shift.elders),
        "did": (helper.id, shift.duty) in week.did,
        "duty": shift.duty in helper.likes_duties,
        "time": any(start <= shift.start and shift.end <= end for start, end in helper.likes_times),
    }


class Goals:
    """The points of a week's rosters; `before` is the plan that they change."""

    def __init__(self, week: Week, before: Iterable[Assignment] = ()) -> None:
        """What is the same for every roster of this week."""
        self.week = week
        self.board = Board(week)
        open = [shift for shift in week.shifts if self.board.open(shift)]
        self.can = {shift.id: [one.id for one in week.helpers if self.board.bar(shift, one) is None] for shift in open}
        self.possible = tuple(Assignment(id, helper) for id, can in self.can.items() for helper in can)
        self.places = {shift.id: min(self.board.open(shift), len(self.can[shift.id])) for shift in open}
        self.before = frozenset(map(Assignment._make, before)) & frozenset(self.possible)
        self.open = OPEN + CHANGE * len(self.before)

    @cached_property
    def scales(self) -> dict[int, Scale]:
        """How each person's load is judged."""
        burdens = {id: self.week.shift[id].burden / 60 for id, places in self.places.items() if places}
        total = sum(burden * self.places[id] for id, burden in burdens.items())
        step = median(burdens.values()) if burdens else 1.0
        takers = [helper for helper in self.week.helpers if helper.ability > 0]
        rows = {one.id: (self._base(one), self._room[one.id], one.ability / 100) for one in takers}
        fair = level(total, list(rows.values()))
        return {id: Scale(base, room, fair * share, step, share) for id, (base, room, share) in rows.items()}

    def _base(self, helper: Helper) -> float:
        """The hours of load that somebody has without this plan."""
        return (helper.so_far + sum(shift.burden for shift in self.board.on[helper.id])) / 60

    @cached_property
    def _room(self) -> dict[int, float]:
        """The hours of load that could come to each."""
        could: dict[int, float] = defaultdict(float)
        heaviest: dict[int, float] = defaultdict(float)
        for one in self.possible:
            shift = self.week.shift[one.shift]
            could[one.helper] += shift.burden / 60
            heaviest[one.helper] = max(heaviest[one.helper], shift.load / 100)
        caps = {one.id: one.week_cap / 60 * heaviest[one.id] for one in self.week.helpers}
        return {id: min(could[id], cap) for id, cap in caps.items()}

    def wanting(self, one: Assignment) -> int:
        """The points of the wishes that an assignment leaves unmet."""
        met = wishes(self.week, one)
        return sum(points for wish, points in WISHES.items() if not met[wish])

    def points(self, assignments: Iterable[Assignment]) -> float:
        """The sum for a roster that breaks no rule."""
        chosen = set(map(Assignment._make, assignments))
        hours = dict.fromkeys(self.scales, 0.0)
        for shift, helper in chosen:
            hours[helper] += self.week.shift[shift].burden / 60
        filled = Counter(one.shift for one in chosen)
        unfair = sum(self.scales[helper].points(load) for helper, load in hours.items())
        empty = sum(self.week.shift[id].weight * (places - filled[id]) for id, places in self.places.items())
        return unfair + sum(map(self.wanting, chosen)) + self.open * empty + CHANGE * len(self.before - chosen)
