"""What is told of one donor's money, on the screen and on paper: sums of any days, what was bought, what waits, whom the homes served."""

import html
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from components import tables
from components.words import code, t
from db.scope import Row, Scope

LAST_DAY = "9999-12-31"
BANDS = ("half_year", "one_year", "two_years", "longer")


@dataclass(frozen=True)
class Sums:
    """What a donor's money did from a first day to a last: what lay there before and after it, and all between, in yuan."""

    before: float
    given: float
    spent: float
    returned: float
    after: float


def years(scope: Scope, **where: Any) -> pd.DataFrame:
    """What was given by year, what it was given for and age of what is left; sums of these."""
    return scope.read("funder_years", "year", "given_for", "age_class", **where)


def books(scope: Scope, first: str, last: str, **where: Any) -> pd.DataFrame:
    """What was given, spent and given back from a first day to a last, by what it was given for and spent on."""
    return scope.read("funder_books", "given_for", "spent_on", days=(first, last), **where)


def sums(scope: Scope, last: str, found: pd.DataFrame, ever: pd.DataFrame, **where: Any) -> Sums:
    """The sums of a span: what is left now is told back to its last day, and from there to its first."""
    today = scope.today()
    given, spent, returned = (_sum(found, f"{side}_yuan") for side in ("given", "spent", "returned"))
    after = _sum(ever, "left_yuan")
    if last < today:
        since = books(scope, (date.fromisoformat(last) + timedelta(1)).isoformat(), LAST_DAY, **where)
        after += _sum(since, "spent_yuan") + _sum(since, "returned_yuan") - _sum(since, "given_yuan")
    return Sums(round(after + spent + returned - given, 2), given, spent, returned, round(after, 2))


def _sum(frame: pd.DataFrame, column: str) -> float:
    return round(float(frame[column].sum()), 2) if len(frame) else 0.0


def ages(ever: pd.DataFrame) -> pd.DataFrame:
    """What is left by how long it has waited, the longest last."""
    left = ever[ever["left_yuan"] > 0].groupby("age_class")["left_yuan"].sum().reindex(list(BANDS)).dropna()
    return left.round(2).reset_index()


def by(ever: pd.DataFrame, column: str) -> pd.DataFrame:
    """What was given, spent, given back and left by year or purpose of the gift; without a gift back without its column."""
    columns = ["given_yuan", "spent_yuan", "returned_yuan", "left_yuan"]
    found = ever.groupby(column, as_index=False)[columns].sum().round(2)
    return found if found["returned_yuan"].any() else found.drop(columns="returned_yuan")


def bought(row: Row) -> str:
    """One purchase in a line: when, on what, how much, and what that served."""
    said = t("giving.use", day=row["day"], purpose=code(row["spent_on"]), yuan=yuan(row["yuan"]))
    if row["served"] and row["served_count"]:
        said += t("giving.for", what=code(row["served"]), n=f"{max(1, round(row['served_count'])):,}")
    return said


def yuan(value: float) -> str:
    """Yuan as a card says them: whole ones without fen."""
    return f"{value:,.2f}".removesuffix(".00")


def served(scope: Scope, first: str, last: str) -> pd.DataFrame:
    """By month over the homes given to: residents, days served, their cost, of those homes that may be shown; no others are in a sum."""
    last_month, back = months(first, last)
    narrowed = replace(scope, month=last_month)
    people = narrowed.read("funder_served", back=back)
    costs = narrowed.read("funder_costs", "home_id", "month", back=back)
    keys = {"home_id": "Float64"}  # hidden rows have none
    people = people.dropna(subset=["served_days"])
    shown = people.astype(keys).merge(costs.astype(keys), "left", ["home_id", "month"]).fillna({"spent_yuan": 0})
    shown = shown[shown["served_days"] > 0]
    rows = shown.groupby("month").agg(
        homes_counted=("home_id", "size"), residents=("residents", "sum"), served_days=("served_days", "sum"),
        spent_yuan=("spent_yuan", "sum"),
    )  # fmt: skip
    rows["cost_yuan"] = (rows["spent_yuan"] / rows["served_days"]).astype(float).round(2)
    rows = rows.astype({"homes_counted": "Int64", "residents": "Int64", "served_days": "Int64", "spent_yuan": float})
    return rows.sort_index(ascending=False).reset_index().rename(columns={"month": "served_month"})


def months(first: str, last: str) -> tuple[str, int]:
    """The last month of a span, and how many lie before it."""
    return last[:7], (pd.Period(last[:7], "M") - pd.Period(first[:7], "M")).n


def whole(scope: Scope) -> Scope:
    """The same person's scope over all months and homes: a span of days of its own narrows what is read."""
    return replace(scope, month=None, homes=())


def card(name: str, said: str, unit: str, note: str) -> str:
    """A figure with its unit and a note; a touch opens its definition."""
    return tables.card(name, f"{said}<em>{t(f'unit.{unit}')}</em>", html.escape(note))
