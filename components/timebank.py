"""The time bank as the committee sees it: what is earned and redeemed, who holds it, and whether what was promised can be honoured."""

import html

import pandas as pd
import streamlit as st

from components import charts, tables
from components.words import t
from db.scope import Scope

FIGURES = {"time_earned": "hours", "time_redeemed": "hours", "time_ratio": "percent", "time_mutual": "percent"}
ASKED = {"time_wait": "hours", "time_unmet": "requests"}
BANDS = ("band_0", "band_1", "band_5", "band_20", "band_100", "band_more")
ENOUGH, MOST = (
    0.5,
    1.0,
)  # hours promised for each that can be served: well within reach up to the first, tight up to the second


def show(scope: Scope) -> None:
    """The figures of the month, and for those inside whether promises can be honoured, four charts, and how evenly time lies."""
    if not scope.may("r", "time_hours"):
        _cards(scope, None)
        charts.together(_bands(scope.read("time_holdings", "band")))
        return
    waits = scope.read("time_waits", "time_month", "waited_minutes")
    held = scope.read("time_holdings", "minutes", "band")
    _cards(scope, waits)
    charts.together(_solvency(scope), _hours(scope), _bands(held), _waits(waits))
    st.subheader(t("timebank.spread"), anchor=False)
    _concentration(held)


def _cards(scope: Scope, waits: pd.DataFrame | None) -> None:
    """Against last month; outside the home without the requests."""
    found = scope.read("time_figures", "month", "figure", "unit", back=1)
    units = FIGURES | (ASKED if waits is not None else {})
    if waits is not None:
        medians = [
            {"month": month, "figure": "time_wait", "unit": "hours", "top": hours, "bottom": 0}
            for month, hours in medians_by_month(waits).items()
        ]
        found = pd.concat([found.astype(object), pd.DataFrame(medians).astype(object)], ignore_index=True)
    tables.cards(found, scope.months(back=1), units)


def medians_by_month(waits: pd.DataFrame) -> dict[str, float]:
    """Of each month, the hours within which half of the requests that somebody accepted were accepted."""
    return {str(month): _median(rows) / 60 for month, rows in waits.groupby("time_month")}


def _median(rows: pd.DataFrame) -> float:
    rows = rows.sort_values("waited_minutes")
    upto, all_of_them = rows["requests"].cumsum(), rows["requests"].sum()
    low, high = (rows["waited_minutes"][upto >= least].iloc[0] for least in (all_of_them / 2, all_of_them // 2 + 1))
    return float(low + high) / 2


# -- charts


def _hours(scope: Scope) -> charts.Figure:
    found = scope.read("time_hours", "time_month")
    return charts.figure(
        "time_hours", charts.two_sided, found, x="time_month", up="hours_earned", down="hours_redeemed"
    )


def _bands(held: pd.DataFrame) -> charts.Figure:
    """How many passbooks hold how much; those without anything apart."""
    sums = held.groupby("band")["people"].sum(min_count=1)
    found = sums.reindex([band for band in BANDS if band in sums.index]).reset_index()
    return charts.figure("time_bands", charts.columns, found, x="band", y="people")


def _waits(waits: pd.DataFrame) -> charts.Figure:
    """Half of the requests were accepted within so many hours, by month."""
    found = pd.DataFrame(medians_by_month(waits).items(), columns=["month", "hours"]).astype({"hours": float}).round(1)
    bare = found.assign(low=None, high=None)
    return charts.figure("time_waits", charts.banded, bare, x="month", y="hours", low="low", high="high")


def _solvency(scope: Scope) -> charts.Figure:
    """One plain sentence, how it is reckoned, and the hours behind it as bars."""
    found = scope.read("time_solvency")[["promised_hours", "pool_hours", "servable_hours"]].sum()
    state = solvent(found["promised_hours"], found["servable_hours"])
    values = {name: tables.shown("hours", float(value)) for name, value in found.items()}
    mark = {"enough": "", "tight": "hh-2", "not_enough": "hh-1", "nothing": ""}[state]
    said = html.escape(t(f"timebank.solvent.{state}", **values))
    st.subheader(t("timebank.solvent"), anchor=False)
    st.html(f"<ul class='hh-sentences'><li class='{mark}'><b>{said}</b>{how('timebank.solvent.how')}</li></ul>")
    bars = pd.DataFrame(found.items(), columns=["side", "hours"])
    return charts.figure("time_solvency", charts.ranked, bars.round(1), x="hours", y="side")


def solvent(promised: float, servable: float) -> str:
    """Whether what was promised can be served within a year at today's pace."""
    if promised <= 0:
        return "nothing"
    return "enough" if promised <= ENOUGH * servable else "tight" if promised <= MOST * servable else "not_enough"


def how(key: str) -> str:
    """How a figure is reckoned, one touch away."""
    return f"<details><summary>{t('timebank.how')}</summary><p>{html.escape(t(key))}</p></details>"


# -- who holds it


def _concentration(found: pd.DataFrame) -> None:
    """What the tenth that holds most holds of all time, and Gini, in a sentence."""
    people, held = int(found["people"].sum()), float((found["minutes"] * found["people"]).sum())
    if held <= 0:
        tables.nothing()
        return
    top, share, gini = spread(found)
    values = {"n": f"{top:,}", "of": f"{people:,}", "share": f"{100 * share:.0f}", "gini": f"{gini:.2f}"}
    zero = int(found.loc[found["minutes"] <= 0, "people"].sum())
    said = t("timebank.concentrated", **values) + t("timebank.zero", n=f"{zero:,}", share=f"{100 * zero / people:.0f}")
    st.html(f"<ul class='hh-sentences'><li>{html.escape(said)}{how('timebank.spread.how')}</li></ul>")


def spread(found: pd.DataFrame) -> tuple[int, float, float]:
    """Of passbooks counted by their minutes: how many are the top tenth, their share of all, and Gini as in care_fairness."""
    rows = found.sort_values("minutes")
    upto = rows["people"].cumsum()
    people, held = int(upto.iloc[-1]), float((rows["minutes"] * rows["people"]).sum())
    top = -(-people // 10)
    below = rows["people"].where(upto <= people - top, (rows["people"] - (upto - (people - top))).clip(lower=0))
    ranks = (upto - (rows["people"] - 1) / 2) * rows["people"]  # the sum of the places of those who hold alike
    gini = (2 * float((ranks * rows["minutes"]).sum()) / held - (people + 1)) / people
    return top, 1 - float((below * rows["minutes"]).sum()) / held, gini
