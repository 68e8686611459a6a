"""What leaves the home: groups too small to hide in are taken out, and what would reveal them by subtraction."""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

COUNTED = {"would_pay": ("would_pay",), "supply": ("supply", "gap")}  # other counts of people, and what would tell them


def hide_small(frame: pd.DataFrame, n: int) -> pd.DataFrame:
    """The frame with every figure emptied that rests on fewer than `n` people (`people`), or leaves fewer than `n` (`rest`).

    The parts of a whole that is shown are hidden together until at least two are, with `n` people among them; a whole that is hidden
    takes a part with it. Rows are parts of one whole, or of the one that `whole` names; with `rest` each stands alone; with `part_of` each
    says of which it is a part,
    and a hidden one whose mere being there would tell of somebody (it has no `rest`) goes altogether.
    """
    if "people" not in frame:
        return frame
    frame = rows = frame.reset_index(drop=True)
    people, rest = _counts(rows, "people"), _counts(rows, "rest")
    hidden = {row for row in range(len(rows)) if 0 < people[row] < n or 0 < rest[row] < n}
    wholes = list(_wholes(rows))
    while more := {row for whole, parts in wholes for row in _next(whole, parts, hidden, people, rest, n)}:
        hidden |= more
    return _emptied(frame, sorted(hidden), n)


def _counts(rows: pd.DataFrame, column: str) -> list[int]:
    return [0 if pd.isna(each) else int(each) for each in rows[column]] if column in rows else [0] * len(rows)


def _wholes(rows: pd.DataFrame) -> Iterator[tuple[int | None, list[int]]]:
    """Each whole with its parts; None is a whole that is shown elsewhere."""
    if "whole" in rows:
        yield from ((None, list(parts)) for parts in rows.groupby("whole", sort=False).groups.values())
        return
    if "part_of" not in rows:
        if "rest" not in rows:
            yield None, list(rows.index)
        return
    place = {key: row for row, key in enumerate(zip(rows["service"], rows["part"], strict=True))}
    parts: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row, key in enumerate(zip(rows["service"], rows["part_of"], rows["cut"], strict=True)):
        if key[:2] in place:
            parts[key].append(row)
    for key, rows_of_it in parts.items():
        yield place[key[:2]], rows_of_it


def _next(
    whole: int | None, parts: list[int], hidden: set[int], people: list[int], rest: list[int], n: int
) -> list[int]:
    """The smallest parts to hide next, if what is hidden could be told from the whole and the other parts."""
    gone = [row for row in parts if row in hidden]
    if whole in hidden:
        safe = bool(gone)
    else:
        left_out = sum(rest[row] for row in gone)
        safe = not gone or (len(gone) > 1 and sum(people[row] for row in gone) >= n and (not left_out or left_out >= n))
    if safe:
        return []
    left = [row for row in parts if row not in hidden and (people[row] or rest[row])]
    least = min(((people[row] == 0, people[row]) for row in left), default=None)
    return [row for row in left if (people[row] == 0, people[row]) == least]


def _emptied(frame: pd.DataFrame, hidden: list[int], n: int) -> pd.DataFrame:
    figures = frame.select_dtypes("number").columns
    frame = frame.astype(dict.fromkeys(figures, "Float64"))
    for column, told in COUNTED.items():
        if column in frame:
            frame.loc[frame[column].between(1, n - 1), list(told)] = pd.NA
    gone = frame.index[hidden]
    telling = gone[frame.loc[gone, "rest"].isna()] if "part_of" in frame else gone[:0]
    frame.loc[gone, list(figures)] = pd.NA
    return frame.drop(index=telling)
