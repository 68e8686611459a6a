"""The week as a workbook: a line a place, and each person's hours with a chart."""

from collections import Counter
from typing import Any

from components.week_board import rows
from components.week_drawn import clock, weekday
from components.words import code, t
from db.importer import books
from db.scope import Row, Scope

HEADS = ("day", "weekday", "start", "roster.end", "duty", "name")


def book(scope: Scope, home_id: int, week: str, above: str) -> bytes:
    """Every place of the week with who has it, open ones too, and the hours of each person."""
    shifts, on = rows(scope, home_id, week)
    on = [row for row in on if row["done"] != 0]
    taken: dict[int, list[str]] = {}
    hours: Counter[str] = Counter()
    for row in on:
        taken.setdefault(row["shift_id"], []).append(row["label"])
        hours[row["label"]] += row["minutes"]
    lines = [line for row in shifts for line in _lines(row, taken.get(row["id"], []))]
    each = [[name, round(minutes / 60, 1)] for name, minutes in hours.most_common()]
    head = [t("page.roster"), above]
    chart = books.Chart("bars", 0, (1,), t("roster.by_person"))
    return books.write([
        books.Page(t("page.roster"), head, [t(name) for name in HEADS], sorted(lines)),
        books.Page(t("roster.by_person"), head, [t("name"), t("hours")], each, chart),
    ])  # fmt: skip


def _lines(shift: Row, names: list[str]) -> list[list[Any]]:
    """A line for each who is on a shift, and one for each place that is open."""
    end = clock(shift["start_minute"] + shift["minutes"])
    begun = [shift["day"], weekday(shift["day"]), clock(shift["start_minute"]), end, code(shift["name"])]
    return [[*begun, name] for name in [*names, *[t("roster.open_place")] * (shift["open"] or 0)]]
