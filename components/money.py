"""The committee's money: income, spending, what may be spent freely and how long it lasts, budget, what waits, a day's cost."""

import html
from typing import Any

import pandas as pd
import streamlit as st

from components import charts, donors, tables, trace
from components.words import code, t
from db.scope import Row, Scope

SIZES = ("under_10", "under_20", "under_40", "over_40")


def show(scope: Scope) -> None:
    """Eight figures with what they mean; income, spending and the flow; budget; what waits; a served day's cost beside like homes."""
    year, left, served = flows(scope), lying(scope), costs(scope)
    if year.empty and left.empty:
        st.info(t("money.none"), icon=":material/info:")
        return
    st.html(
        f"<div class='hh-cards hh-four'>{''.join(donors.card(*each) for each in _cards(figures(year, left, served), scope))}</div>"
    )
    _charts(year)
    _heading("money.plan")
    tables.table(plan(scope))
    _unplanned(scope)
    _heading("money.waiting")
    tables.table(waiting(left))
    _heading("money.costs")
    _compared(served)


def _heading(key: str) -> None:
    st.subheader(t(key), anchor=False)


def flows(scope: Scope) -> pd.DataFrame:
    """The twelve months to the one chosen: received, spent and given back by month, source, what it is bound to, and use."""
    return scope.read("money_year", "flow_month", "source", "kind", "bound_to", "spent_on")


def lying(scope: Scope) -> pd.DataFrame:
    """What is unspent today, free to use and bound to purposes, by how long it has waited."""
    return scope.read("money_ages", "kind", "age_class")


def waiting(lying: pd.DataFrame) -> pd.DataFrame:
    """Restricted money that is unspent by how long it has waited, the longest last."""
    found = lying[lying["kind"] == "restricted"].set_index("age_class")["left_yuan"]
    return found.reindex(list(donors.BANDS)).dropna().astype(float).round(2).reset_index()


def costs(scope: Scope) -> pd.DataFrame:
    """What a served day cost each home, with the range of homes of like size."""
    return scope.read("money_costs", order="home_id")


def figures(year: pd.DataFrame, lying: pd.DataFrame, costs: pd.DataFrame) -> Row:
    """The figures of the cards, None where there is nothing to tell: yuan, months, per cent, yuan a served day."""
    income, spent = (float(year[f"{side}_yuan"].sum()) for side in ("received", "spent"))
    sources = year.groupby("source")["received_yuan"].sum().sort_values(ascending=False)
    free, bound = (
        round(float(lying[lying["kind"] == kind]["left_yuan"].sum()), 2) for kind in ("general", "restricted")
    )
    ages = waiting(lying)
    old = float(ages[ages["age_class"].isin(donors.BANDS[2:])]["left_yuan"].sum())
    days = float(costs["served_days"].sum())
    return {
        "income_year": round(income, 2),
        "spent_year": round(spent, 2),
        "free_now": free,
        "bound_now": bound,
        "months_covered": round(free * 12 / spent, 1) if spent > 0 else None,
        "largest_source": round(100 * float(sources.iloc[0]) / income, 1) if income > 0 else None,
        "largest": str(sources.index[0]) if income > 0 else None,
        "old_bound": round(old, 2),
        "day_cost": round(float(costs["spent_yuan"].sum()) / days, 2) if days and spent > 0 else None,
    }


UNITS = {
    "income_year": "yuan", "spent_year": "yuan", "free_now": "yuan", "bound_now": "yuan", "months_covered": "months",
    "largest_source": "percent", "old_bound": "yuan", "day_cost": "yuan_a_day",
}  # fmt: skip


def _cards(found: Row, scope: Scope) -> list[tuple[str, str, str, str]]:
    months = scope.months(back=11)
    twelve = t("week.span", first=months[-1], last=months[0])
    notes = {
        "free_now": t("money.today"),
        "bound_now": t("money.today"),
        "months_covered": t("money.today"),
        "old_bound": t("money.today"),
    }
    notes["largest_source"] = code(found["largest"]) if found["largest"] else twelve
    return [(name, _number(found[name], unit), unit, notes.get(name, twelve)) for name, unit in UNITS.items()]


def _number(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:,.1f}" if unit in ("months", "percent") else donors.yuan(value)


def _charts(year: pd.DataFrame) -> None:
    """Income by source and month, spending by purpose and month, and the way from one to the other; every node is a link."""
    came = year[year["received_yuan"] != 0].rename(columns={"received_yuan": "yuan"})
    used = year[year["spent_on"].notna() & (year["spent_yuan"] != 0)]
    spent = used.rename(columns={"spent_yuan": "yuan"})
    charts.together(
        charts.figure("income", charts.stacked, came, x="flow_month", y="yuan", color="source"),
        charts.figure("spending", charts.stacked, spent, x="flow_month", y="yuan", color="spent_on"),
    )
    way = spent.groupby(["source", "bound_to", "spent_on"], as_index=False)["yuan"].sum()
    links: dict[str, Any] = {
        "source_link": [trace.address("source", each) for each in way["source"]],
        "bound_to_link": [trace.address("purpose", each) if each != "several" else None for each in way["bound_to"]],
        "spent_on_link": [trace.address("purpose", each) for each in way["spent_on"]],
    }
    charts.show("money_flow", charts.flow, way.assign(**links), x="source", via="bound_to", y="yuan", color="spent_on")
    st.caption(t("money.flow_how"))


def plan(scope: Scope) -> pd.DataFrame:
    """Budget against what was spent, by purpose, from January to the month chosen, of the homes that have a budget for the year."""
    return scope.read("money_plan", "purpose", order="spent_yuan DESC, purpose").round(2)


def _unplanned(scope: Scope) -> None:
    """How many of several homes have no budget and are left out."""
    homes, planned = len(scope.read("homes")), len(scope.read("money_plan", "home_id"))
    if 0 < planned < homes:
        st.caption(t("money.plan_of", n=planned, others=homes - planned))


def _compared(costs: pd.DataFrame) -> None:
    """One home beside the range of homes of like size; of several how many lie below, in and above it, never one by one."""
    costs = costs.dropna(subset=["cost_yuan"])
    if costs.empty:
        tables.nothing()
        return
    if len(costs) == 1:
        st.html(f"<p>{html.escape(_one(tables.rows(costs)[0]))}</p>")
    else:
        tables.table(compared(costs))
    st.caption(t("money.costs_how"))


def _one(row: Row) -> str:
    said = t("money.cost_one", home=row["home"], cost=donors.yuan(round(row["cost_yuan"], 2)), size=t(row["size"]))
    if row["low_yuan"] is None:
        return said + t("money.cost_few")
    place = (
        "below" if row["cost_yuan"] < row["low_yuan"] else "above" if row["cost_yuan"] > row["high_yuan"] else "inside"
    )
    low, high = (f"{row[each]:,.2f}" for each in ("low_yuan", "high_yuan"))
    return said + t("money.cost_range", n=row["peers"], low=low, high=high, place=t(f"money.cost_{place}"))


def compared(costs: pd.DataFrame) -> pd.DataFrame:
    """By size: the homes, the range, and how many of them lie below, in and above it."""
    found = costs.assign(
        homes_counted=1,
        homes_below=costs["cost_yuan"] < costs["low_yuan"],
        homes_above=costs["cost_yuan"] > costs["high_yuan"],
    )
    sides = {"homes_counted": "sum", "low_yuan": "min", "high_yuan": "max", "homes_below": "sum", "homes_above": "sum"}
    found = found.groupby("size", as_index=False).agg(sides).round(2)
    return found.set_index("size").reindex([each for each in SIZES if each in set(found["size"])]).reset_index()
