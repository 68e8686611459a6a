"""The week as a linear model: a yes or no for each shift and each person who could take it.

A shift's places are one head count, so that they can't be swapped among themselves; shifts that meet at a moment are one
row a person, the tightest way to say that only one of them can be theirs.
"""

from collections import defaultdict
from math import inf

from db.roster.fair import Scale
from db.roster.goals import CHANGE, Goals
from db.roster.week import Assignment, Shift, crowds

Factors = dict[int, float]


class Model:
    """Columns with their cost and upper bound, rows with their limits; the first columns are the assignments."""

    def __init__(self, goals: Goals) -> None:
        """All rules and goals of a week; its optimum is the least of `goals.points`."""
        self.goals, self.week = goals, goals.week
        self.columns: list[tuple[float, float]] = []
        self.rows: list[tuple[float, float, Factors]] = []
        self.constant = float(CHANGE * len(goals.before))
        self.of = {one: self._column(goals.wanting(one) - CHANGE * (one in goals.before), 1) for one in goals.possible}
        self._mine: dict[int, list[Shift]] = defaultdict(list)
        for one in goals.possible:
            self._mine[one.helper].append(self.week.shift[one.shift])
        self._places()
        self._turns()
        self._hours()
        self._pairs()
        for helper, scale in goals.scales.items():
            self._load(helper, scale)

    def _column(self, cost: float, upper: float) -> int:
        self.columns.append((cost, upper))
        return len(self.columns) - 1

    def _row(self, low: float, high: float, factors: Factors) -> None:
        self.rows.append((low, high, factors))

    def _places(self) -> None:
        """A place is filled or open."""
        for id, places in self.goals.places.items():
            if places:
                left = self._column(self.goals.open * self.week.shift[id].weight, places)
                filled = {self.of[Assignment(id, helper)]: 1.0 for helper in self.goals.can[id]}
                self._row(places, places, filled | {left: 1.0})

    def _turns(self) -> None:
        """Nobody is on two shifts at once, or on one before they have rested."""
        for helper, shifts in self._mine.items():
            for crowd in crowds((shift.id, shift.start, shift.rested(self.week.rest)) for shift in shifts):
                if len(crowd) > 1:
                    self._row(-inf, 1, {self.of[Assignment(shift, helper)]: 1.0 for shift in crowd})

    def _hours(self) -> None:
        """Nobody is on duty for longer than they may in a day or a week."""
        for id, shifts in self._mine.items():
            helper = self.week.helper[id]
            for days, cap in ((1, helper.day_cap), (7, helper.week_cap)):
                for when in sorted({shift.day // days for shift in shifts}):
                    inside = {
                        self.of[Assignment(each.id, id)]: each.minutes for each in shifts if each.day // days == when
                    }
                    held = sum(each.minutes for each in self.goals.board.on[id] if each.day // days == when)
                    if sum(inside.values()) > cap - held:
                        self._row(-inf, cap - held, dict(inside))

    def _pairs(self) -> None:
        """Two in conflict are not on duty at the same moment."""
        for pair in self.week.conflicts:
            shifts = {shift.id: shift for helper in pair for shift in self._mine[helper]}
            for crowd in crowds((id, shift.start, shift.end) for id, shift in shifts.items()):
                both = [Assignment(shift, helper) for shift in crowd for helper in pair]
                self._row(-inf, 1, {self.of[one]: 1.0 for one in both if one in self.of})

    def _load(self, helper: int, scale: Scale) -> None:
        """What comes to somebody is what is fair, with steps beyond it and below that grow dearer."""
        loads = {self.of[Assignment(shift.id, helper)]: shift.burden / 60 for shift in self._mine[helper]}
        if loads:
            beyond = {self._column(points, width): -1.0 for points, width in scale.above}
            missing = {self._column(points, width): 1.0 for points, width in scale.below}
            self._row(*scale.calm, loads | beyond | missing)
