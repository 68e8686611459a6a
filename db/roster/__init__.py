"""Who takes which shift of a week: proposals only, from plain rows to plain rows; nothing is saved here.

week = Week(shifts, helpers, leaves, conflicts, standing)
made = plan(week, progress=lambda step: print(step.seconds, step.gap), stop=lambda: False)
made.assignments                      # (Assignment(shift=1, helper=7), ...), without the standing ones
made.objective, made.bound, made.gap  # points, less is better; what none can go below; the distance as a share
made.open                             # the places left, each with its reasons and what would fill it
why(week, made.assignments[0])        # [("roster.why.suits", {"skill": "cooking"}), ...] for words.csv
plan(week.ill(7), before=made.assignments).changes
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from db.roster.fair import gini, relative, spread
from db.roster.goals import Goals
from db.roster.greedy import turns
from db.roster.model import Model
from db.roster.reasons import Change, Open, Said, changed, unfilled, why
from db.roster.rules import Board, Broken, broken
from db.roster.solver import Found, Step, Watch, solve
from db.roster.week import DAY, Assignment, Helper, Leave, Shift, Week

__all__ = [
    "DAY", "Assignment", "Board", "Broken", "Change", "Helper", "Leave", "Open", "Plan", "Said", "Shift", "Step", "Week",
    "broken", "gini", "greedy", "plan", "relative", "spread", "why",
]  # fmt: skip


@dataclass(frozen=True)
class Plan(Step):
    """A proposal for a week, how good it is, and how good it could be at most."""

    assignments: tuple[Assignment, ...]
    open: tuple[Open, ...]
    changes: tuple[Change, ...]  # from the plan before; empty where there was none
    proven: bool  # no roster is better by a whole point, the smallest of wishes
    by: str  # model or greedy


def plan(
    week: Week,
    *,
    before: Iterable[Assignment] = (),
    progress: Callable[[Step], object] | None = None,
    stop: Callable[[], bool] | None = None,
    seconds: float = 20,
    seed: int = 0,
) -> Plan:
    """The best roster found in so many CPU seconds, or until `stop` says so: first places, then few changes, then the rest.

    `progress` is told each step forward. What the two raise ends the work and is raised again. Without HiGHS it is greedy's.
    """
    watch, before = Watch(progress, stop, seconds), tuple(before)
    goals = Goals(week, before)
    start = turns(goals)
    found = Found(start, 0.0, proven=not goals.possible)
    if goals.possible and not watch.over():
        try:
            found = solve(Model(goals), start, watch, seed)
        except ImportError:
            return _plan(goals, before, found, watch, "greedy")
    best = min(start, turns(goals, found.assignments), key=goals.points)
    return _plan(goals, before, found._replace(assignments=best), watch, "model")


def greedy(week: Week, *, before: Iterable[Assignment] = ()) -> Plan:
    """A roster that breaks no rule, in no time, without a bound."""
    watch, before = Watch(None, None, 0), tuple(before)
    goals = Goals(week, before)
    return _plan(goals, before, Found(turns(goals), 0.0, proven=not goals.possible), watch, "greedy")


def _plan(goals: Goals, before: tuple[Assignment, ...], found: Found, watch: Watch, by: str) -> Plan:
    objective = goals.points(found.assignments)
    return Plan(
        watch.seconds,
        objective,
        objective if not goals.possible else min(found.bound, objective),
        tuple(found.assignments),
        unfilled(goals.week, found.assignments),
        changed(goals.week, before, found.assignments) if before else (),
        found.proven,
        by,
    )
