"""Place by place, the scarcest shift first, whoever would have least: quick, never against a rule, not the best."""

from collections.abc import Iterable

from db.roster.goals import Goals
from db.roster.rules import Board
from db.roster.week import Assignment, Shift


def turns(goals: Goals, chosen: Iterable[Assignment] = ()) -> list[Assignment]:
    """A roster that breaks no rule: these assignments, what can be kept of the plan before, and each place in turn."""
    board, found = Board(goals.week), set[Assignment]()
    for one in (*chosen, *sorted(goals.before)):
        if one not in found:
            _take(goals, board, found, goals.week.shift[one.shift], [one.helper])
    for shift in sorted((goals.week.shift[id] for id in goals.can), key=lambda shift: _rank(goals, shift)):
        while board.open(shift) and _take(goals, board, found, shift, goals.can[shift.id]):
            pass
    return sorted(found)


def _rank(goals: Goals, shift: Shift) -> tuple[float, int, int, int]:
    return (len(goals.can[shift.id]) / shift.needed, -shift.weight, shift.start, shift.id)


def _take(goals: Goals, board: Board, found: set[Assignment], shift: Shift, who: list[int]) -> bool:
    """Whether somebody of these was given a place."""
    helpers = (goals.week.helper[id] for id in who if board.open(shift))
    able = [Assignment(shift.id, helper.id) for helper in helpers if board.bar(shift, helper) is None]
    if able:
        best = min(able, key=lambda one: _turn(goals, board, one))
        board.put(*best)
        found.add(best)
    return bool(able)


def _turn(goals: Goals, board: Board, one: Assignment) -> tuple[float, int, int]:
    """Least load for what they can do first, this shift counted; then by their wishes."""
    helper = goals.week.helper[one.helper]
    load = helper.so_far + sum(shift.burden for shift in board.on[helper.id]) + goals.week.shift[one.shift].burden
    return load / helper.ability, goals.wanting(one), helper.id
