"""The bank's or the cashier's statement against the books: what is surely the same is matched; nothing is matched by a guess."""

from collections import Counter
from typing import Any, Literal

from db import money
from db.rules import RuleBroken
from db.scope import Desk

NEAR = 3  # days within which an unnamed line is the only entry of its amount
CANDIDATES = "SELECT * FROM bank_candidates WHERE home_id = ? ORDER BY line_id, apart_days, id"
What = Literal["gifts", "spendings"]


def match_clear(desk: Desk, home: int) -> int:
    """How many lines were matched: each had one entry of its amount and name, or one at all within three days and no other name."""
    desk.allow("e", "bank_lines")
    desk.reach("bank_lines", {"home_id": home}, {})
    sure = clear(list(desk.db.query(CANDIDATES, [home])))
    for each in sure:
        money.match(desk, each["line_id"], each["filing"], each["id"])
    return len(sure)


def clear(candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The candidates that leave no doubt: of their line and of their entry there is no other as good."""
    named = [each for each in candidates if _agree(each["counterpart"], each["about"])]
    found = _alone(named)
    taken = {each["line_id"] for each in found} | {(each["filing"], each["id"]) for each in found}
    open_ = [each for each in candidates if not {each["line_id"], (each["filing"], each["id"])} & taken]
    unnamed = [each for each in _alone(open_) if not (each["counterpart"] and each["about"])]
    return found + [each for each in unnamed if each["apart_days"] <= NEAR]


def take(desk: Desk, line: int, what: What, id: int) -> None:
    """Say that a line is the entry just filed from it; RuleBroken where it was something else meanwhile."""
    desk.reach("bank_lines", {}, desk.old("bank_lines", line))
    if not desk.db.execute("SELECT unmatched FROM bank_list WHERE id = ?", [line]).fetchone()[0]:
        raise RuleBroken("bank_lines_taken")
    money.match(desk, line, what, id)


def _alone(candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines = Counter(each["line_id"] for each in candidates)
    entries = Counter((each["filing"], each["id"]) for each in candidates)
    return [each for each in candidates if lines[each["line_id"]] == entries[each["filing"], each["id"]] == 1]


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two names are one, whichever of them says more: 李记菜铺 and 前屯村李记菜铺."""
    short, long = sorted(("".join((each or "").split()) for each in (one, other)), key=len)
    return len(short) > 1 and short in long
