"""Why somebody is on a shift, and why a place stayed open: keys of words.csv with their values, codes among them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from statistics import mean

from db.roster.goals import wishes
from db.roster.rules import Board
from db.roster.week import Assignment, Helper, Shift, Week

Said = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Open:
    """Places of a shift that stay open: how many, what stands in the way (most often first), what would fill one."""

    shift: int
    places: int
    reasons: tuple[Said, ...]
    fill: Said


@dataclass(frozen=True)
class Change:
    """A place of a shift that has passed from one to another; None where it was open, or is now."""

    shift: int
    gone: int | None
    came: int | None


def why(week: Week, one: Assignment, before: Iterable[Assignment] = ()) -> list[Said]:
    """What speaks for an assignment, to be said one after the other; `before` is the plan that it was kept from."""
    shift, helper = week.shift[one.shift], week.helper[one.helper]
    board = Board(week)
    able = [each.id for each in week.helpers if board.unfit(shift, each) is None]
    said: list[Said] = [("roster.why.only", {})] if able == [helper.id] else []
    said += [("roster.why.kept", {})] if tuple(one) in set(map(tuple, before)) else []
    said += [(f"roster.why.{wish}", _told(week, wish, one)) for wish, met in wishes(week, one).items() if met]
    if not shift.elders:
        said = [each for each in said if each[0] != "roster.why.younger"]
    month = mean(each.so_far for each in week.helpers if each.ability > 0)
    return [
        *said,
        ("roster.why.hours", {"hours": hours(helper.so_far), "mean": hours(month)}),
        ("roster.why.clear", {}),
    ]


def _told(week: Week, wish: str, one: Assignment) -> dict[str, object]:
    """What the sentence of a wish mentions."""
    shift, helper = week.shift[one.shift], week.helper[one.helper]
    if wish == "suits":
        return {"skill": shift.skill or shift.duty}
    if wish == "carer":
        return {"count": sum((helper.id, elder) in week.cared for elder in shift.elders)}
    if wish == "younger":
        return {"years": min((week.ages.get(elder, helper.age + 1) - helper.age for elder in shift.elders), default=0)}
    return {"duty": shift.duty} if wish in {"did", "duty"} else {}


def hours(minutes: float) -> str:
    """Minutes as hours are said: 90 is 1.5."""
    return f"{round(minutes / 60, 1):g}"


def unfilled(week: Week, assignments: Iterable[Assignment]) -> tuple[Open, ...]:
    """The places that a roster leaves open, and why."""
    board = Board(week, assignments)
    return tuple(_open(board, shift) for shift in week.shifts if board.open(shift))


def _open(board: Board, shift: Shift) -> Open:
    bars = {one: board.bar(shift, one) for one in board.week.helpers if one.id not in board.by[shift.id]}
    return Open(shift.id, board.open(shift), tuple(_reasons(shift, bars)), _fill(board, shift, bars))


def _reasons(shift: Shift, bars: dict[Helper, str | None]) -> list[Said]:
    """What keeps those who could; where nobody could, what they lack."""
    count = Counter(bar or "time" for bar in bars.values())
    lacking = count.pop("skill", 0), count.pop("ability", 0)
    if count:
        return [(f"roster.open.{bar}", {"count": many}) for bar, many in sorted(count.items(), key=_often)]
    if lacking[1]:
        return [("roster.open.ability", {"count": lacking[1], "least": max(shift.least, 1)})]
    return [("roster.open.skill", {"skill": shift.skill})] if shift.skill else [("roster.open.nobody", {})]


def _often(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _fill(board: Board, shift: Shift, bars: dict[Helper, str | None]) -> Said:
    """The smallest thing that would fill a place: a longer day for somebody, else somebody more."""
    longer = [(board.over(shift, one), one.id) for one, bar in bars.items() if bar == "hours"]
    if longer:
        minutes, helper = min(longer)
        return "roster.fill.hours", {"name": board.week.helper[helper].name, "minutes": minutes}
    if shift.skill:
        return "roster.fill.skill", {"count": board.open(shift), "skill": shift.skill}
    return "roster.fill.person", {"count": board.open(shift), "least": max(shift.least, 1)}


def changed(week: Week, before: Iterable[Assignment], after: Iterable[Assignment]) -> tuple[Change, ...]:
    """Who goes and who comes, shift by shift; the standing ones neither go nor come."""
    old, new = (set(map(Assignment._make, some)) - set(week.standing) for some in (before, after))
    found = []
    for shift in (shift.id for shift in week.shifts):
        gone = sorted(one.helper for one in old - new if one.shift == shift)
        came = sorted(one.helper for one in new - old if one.shift == shift)
        found += [Change(shift, *pair) for pair in zip_longest(gone, came)]
    return tuple(found)
