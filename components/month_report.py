"""What the report of a month says: sentences computed from the same figures as the overview, which hold them as sums."""

from typing import Any

import pandas as pd

from components import overview, tables
from components.words import code, t
from db.scope import Scope

Values = dict[tuple[str, int], float]
SAME = 0.5  # percent of change that is none


def values(scope: Scope, found: pd.DataFrame) -> Values:
    """Each figure in this month (0), in the last one (1) and in the same month last year (2), as the overview shows them."""
    place = {month: at for at, month in enumerate(scope.months(back=overview.BACK))}
    held = {(row["figure"], place[row["month"]]): tables.value(row) for row in found.to_dict("records")}
    return {key: value for key, value in held.items() if value is not None}


def sentences(scope: Scope, held: Values) -> list[str]:
    """The month in words: until when it counts, people, care, visits, time, money, rooms; what is not known is said or left out."""
    parts = [
        _unfinished(scope),
        overview.opened(scope),
        _people(held),
        _care(scope, held) + _rates(held),
        _time(held),
        _money(scope, held),
    ]
    return [each for each in [*parts, _rooms(held)] if each]


def _unfinished(scope: Scope) -> str:
    today = scope.today()
    return t("report.so_far", day=today) if scope.month == today[:7] else ""


def _people(held: Values) -> str:
    if ("residents", 0) not in held:
        return t("report.no_residents")
    return t("report.residents", n=_whole(held["residents", 0]), change=_people_change(held))


def _people_change(held: Values) -> str:
    if ("residents", 1) not in held:
        return t("report.none_before")
    more = held["residents", 0] - held["residents", 1]
    return (
        t("report.same")
        if not more
        else t("report.people_more" if more > 0 else "report.people_less", n=_whole(abs(more)))
    )


def _care(scope: Scope, held: Values) -> str:
    """Hours and people served, against last month, and the service that took most of the hours."""
    if not held.get(("care_hours", 0)):
        return t("report.no_care")
    said = t(
        "report.care",
        hours=_hours(held["care_hours", 0]),
        change=change(held, "care_hours"),
        served=_whole(held.get(("served", 0), 0)),
    )
    return said + _most(scope)


def _most(scope: Scope) -> str:
    """The service with most hours of the month, where its sums can be read."""
    if not scope.may("r", "care_months"):
        return ""
    found = by_service(scope)
    return t("report.most", service=code(found.index[0])) if len(found) else ""


def by_service(scope: Scope) -> pd.Series:
    """Hours of the month by service, most first."""
    found = scope.read("care_months", "service")
    return (found.set_index("service")["minutes"] / 60).sort_values(ascending=False, kind="stable")


def change(held: Values, figure: str) -> str:
    """How much a figure is above or below last month, in percent; that there is nothing to compare with is said."""
    now, before = held.get((figure, 0), 0.0), held.get((figure, 1))
    if not before:
        return t("report.none_before")
    percent = 100 * (now - before) / before
    if abs(percent) < SAME:
        return t("report.same")
    return t("report.more" if percent > 0 else "report.less", percent=_whole(abs(percent)))


def _rates(held: Values) -> str:
    """Shares of the month, where something was logged: without it nobody knows."""
    if not held.get(("care_hours", 0)):
        return ""
    said = [
        t(f"report.{each}", percent=f"{held[each, 0]:.1f}")
        for each in ("visit_rate", "mutual_rate")
        if (each, 0) in held
    ]
    return t("report.rates", rates=t("report.comma").join(said)) if said else ""


def _time(held: Values) -> str:
    earned, redeemed = (held.get((each, 0), 0.0) for each in ("time_earned", "time_redeemed"))
    return t("report.time", earned=_hours(earned), redeemed=_hours(redeemed)) if earned or redeemed else ""


def _money(scope: Scope, held: Values) -> str:
    got, spent = (held.get((each, 0), 0.0) for each in ("gift_yuan", "spent_yuan"))
    if not got and not spent:
        return t("report.no_money")
    return t("report.money", got=f"{got:,.2f}", spent=f"{spent:,.2f}") + _largest(scope)


def _largest(scope: Scope) -> str:
    """The source from which most of the month's money came."""
    found = scope.read("overview_gifts", "gift_month", "source", gift_month=scope.month).sort_values(
        "yuan", ascending=False
    )
    return t("report.largest", source=code(found["source"].iloc[0])) if len(found) else ""


def _rooms(held: Values) -> str:
    """What is known of the rooms: those figures of theirs that the month has."""
    said = [t(f"report.{each}", n=_number(held[each, 0])) for each in ROOMS if held.get((each, 0))]
    return t("report.rooms", parts=t("report.comma").join(said)) if said else ""


ROOMS = ("open_rate", "used_rate", "day_visitors", "bed_rate", "meals", "gatherings")


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _hours(value: float) -> str:
    return f"{value + 1e-9:,.1f}"


def _number(value: Any) -> str:
    return f"{value:,.1f}".removesuffix(".0")
