"""Care as the committee sees it: who gave and received, who was seen in time, how shifts were filled and how evenly the load lies."""

import html
from collections.abc import Callable

import pandas as pd
import streamlit as st

from components import charts, tables
from components.words import t
from db.scope import Row, Scope

FIGURES = {"mutual_rate": "percent", "on_time_rate": "percent", "coverage": "percent"}
PEOPLE, HOMES = 20, 10
EVEN, UNEVEN = 0.3, 0.5  # Gini below which a load is called even, and from which very uneven


def part(scope: Scope, show: Callable[[Scope], None], view: str) -> None:
    """One part of the page under its heading, for those who may read what it shows."""
    if scope.may("r", view):
        if show is not hours:  # a chart has its title
            st.subheader(t(f"caring.{view}"), anchor=False)
        show(scope)


def headline(scope: Scope) -> None:
    """Three figures against last month."""
    found = scope.read("care_figures", "month", "figure", "unit", back=1)
    tables.cards(found, scope.months(back=1), FIGURES)


def hours(scope: Scope) -> None:
    """Hours of care by week and service, for the month and the two before it."""
    weeks = scope.read("overview_care_weeks", "week", "service", back=2)
    charts.show("care_weeks", charts.stacked, weeks, x="week", y="hours", color="service")


def sides(scope: Scope) -> None:
    """What each person gave and received, those who did both first: a bar to each side of a line."""
    rows = tables.rows(
        scope.read("care_sides", order="both_sides DESC, given + received DESC, label", limit=PEOPLE + 1)
    )
    if not rows:
        tables.nothing()
        return
    longest = max(max(row["given"], row["received"]) for row in rows)
    body = "".join(_sides(row, longest) for row in rows[:PEOPLE])
    head = f"<tr><th>{t('received')}</th><th></th><th>{t('given')}</th></tr>"
    st.html(
        f"<div class='hh-scroll' tabindex='0'><table class='hh-table hh-sides'><thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )
    if len(rows) > PEOPLE:
        st.caption(t("caring.first", n=PEOPLE))


def _sides(row: Row, longest: float) -> str:
    mark = f" <b title='{t('both_sides')}'>⇄</b>" if row["both_sides"] else ""
    received, given = (_bar(row[side], longest, side) for side in ("received", "given"))
    return f"<tr><td>{received}</td><th scope='row'>{html.escape(row['label'])}{mark}</th><td>{given}</td></tr>"


def _bar(value: float, longest: float, side: str) -> str:
    width = 100 * value / longest if longest else 0
    said = tables.shown("hours", float(value)) if value else ""
    return f"<span class='hh-{side}'><i style='width:{width:.1f}%'></i><em>{said}</em></span>"


def fairness(scope: Scope) -> None:
    """How evenly the load lies, in a sentence; over several homes the most uneven ones as well."""
    rows = tables.rows(scope.read("care_fairness", order="gini DESC, home_id"))
    if not rows:
        tables.nothing()
        return
    if len(rows) == 1:
        st.write(_fair(rows[0]))
        return
    helpers = sum(row["helpers"] for row in rows)
    mean = sum(row["gini"] * row["helpers"] for row in rows) / helpers
    st.write(
        t("caring.fair_homes", n=f"{len(rows):,}", helpers=f"{helpers:,}", gini=f"{mean:.2f}", word=t(evenness(mean)))
    )
    st.caption(t("caring.uneven_first", n=min(HOMES, len(rows))))
    uneven = scope.read("care_fairness", order="gini DESC, home_id", limit=HOMES)
    tables.table(uneven.round(2), hide=("most_hours", "least_hours"))


def _fair(row: Row) -> str:
    if row["helpers"] == 1:
        return t("caring.fair_one", hours=_hours(row["most_hours"]))
    return t(
        "caring.fair", n=row["helpers"], most=_hours(row["most_hours"]), least=_hours(row["least_hours"]),
        apart=_hours(row["apart"]), gini=f"{row['gini']:.2f}", word=t(evenness(row["gini"])),
    )  # fmt: skip


def evenness(gini: float) -> str:
    """The word for a Gini."""
    return "caring.even" if gini < EVEN else "caring.uneven" if gini < UNEVEN else "caring.very_uneven"


def _hours(value: float) -> str:
    return tables.shown("hours", float(value))


def coverage(scope: Scope) -> None:
    """The month's shifts by duty: places needed, taken, lacking."""
    tables.table(_duties(scope.read("care_coverage", "duty_name", order="lacking DESC, duty_name")))


def missed(scope: Scope) -> None:
    """Who had agreed and did not come, or of whom nobody said that they came."""
    found = scope.read("care_missed", order="missed, day DESC, label", limit=tables.SHORT)
    tables.table(_duties(found))


def overrides(scope: Scope) -> None:
    """What was let pass on the roster, by whom and why."""
    found = scope.read("override_list", order="day DESC, id DESC", limit=tables.SHORT)
    tables.table(_duties(found.rename(columns={"name": "duty_name"})), hide=("id", "monday", "rule"))


def _duties(found: pd.DataFrame) -> pd.DataFrame:
    """The same rows; the shifts of requests are called so."""
    return found.replace({"duty_name": {"request": t("request")}})


def on_time(scope: Scope) -> None:
    """Of each risk tier, how many were seen in time."""
    rows = {row["risk_tier"]: row for row in tables.rows(scope.read("visit_on_time", "risk_tier"))}
    lines = [_tier(rows[tier]) for tier in ("high", "key", "general") if tier in rows]
    if lines:
        st.html(f"<ul class='hh-sentences'>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>")
    else:
        tables.nothing()


def _tier(row: Row) -> str:
    share = f"{100 * row['on_time'] / row['residents']:.0f}"
    seen, all_of_them = f"{row['on_time']:,}", f"{row['residents']:,}"
    return t("caring.on_time", tier=t(f"tier.{row['risk_tier']}"), n=seen, of=all_of_them, share=share)
