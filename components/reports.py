"""The reports of the homes and month chosen, one touch each: to print, and as a workbook; a bar says how far it is."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import streamlit as st

from components import (
    comparing_paper,
    disclosure_book,
    disclosure_paper,
    month_paper,
    papers,
    report,
    roster_papers,
    survey,
    tables,
    week_board,
)
from components.words import literal, t
from db.scope import Row, Scope

Made = TypeVar("Made", str, bytes)


def show(scope: Scope) -> None:
    """Each report with what it is; those of several homes first, then those of one."""
    homes = tables.rows(scope.read("user_homes", order="township, label"))
    if len(homes) > 1:
        _comparison(scope)
    one = _home(homes)
    if one is not None:
        here = replace(scope, homes=(one["home_id"],))
        _month(here, one)
        _roster(here, one["home_id"])
        _disclosure(here)
    _needs(scope)


def _home(homes: list[Row]) -> Row | None:
    """The home that the reports of one home are about: the only one, or the one that is chosen."""
    if len(homes) < 2:
        return next(iter(homes), None)
    label = {row["label"]: row for row in homes}
    picked = st.selectbox(
        t("reports.home"),
        list(label),
        index=None,
        key="report_home",
        bind="query-params",
        placeholder=t("type_or_touch"),
    )
    return label.get(picked or "")


def _head(name: str, about: str) -> None:
    st.subheader(t(f"reports.{name}"), anchor=False)
    st.caption(literal(about))


def _month(scope: Scope, home: Row) -> None:
    _head("month", t("dot").join([home["label"], month_paper.month(scope)]))
    with st.container(horizontal=True, key="reports_month"):
        report.button("print_month", partial(_busy, partial(month_paper.paper, scope)), scope, "overview_figures")
        name = f"{month_paper.title(scope)}.xlsx"
        report.saved("month_xlsx", partial(_busy, partial(month_paper.book, scope)), name, scope, "overview_figures")


def _comparison(scope: Scope) -> None:
    _head("comparison", month_paper.under(scope))
    with st.container(horizontal=True, key="reports_comparison"):
        report.button("print_homes", partial(_busy, partial(comparing_paper.paper, scope)), scope, "overview_funnel")
        name = f"{comparing_paper.title(scope)}.xlsx"
        report.saved("homes_xlsx", partial(_busy, partial(comparing_paper.book, scope)), name, scope, "overview_funnel")


def _roster(scope: Scope, home: int) -> None:
    """The week that goes on, of who may read it."""
    if scope.may("r", "assignment_list"):
        week = week_board.monday(scope)
        _head("roster", t("week.span", first=week_board.short(week), last=week_board.short(week_board.later(week, 6))))
        roster_papers.buttons(scope, home, week)


def _disclosure(scope: Scope) -> None:
    """The sheet published last."""
    whole = replace(scope, month=None)
    if not scope.may("r", "disclosure_list"):
        return
    found = tables.rows(whole.read("disclosure_list", order="to_month DESC, id DESC"))
    row = next((each for each in found if each["state"] == "published"), None)
    if row is None:
        _head("disclosure", t("reports.no_disclosure"))
        return
    _head("disclosure", t("dot").join([disclosure_paper.period(row), disclosure_paper.number(row)]))
    lines = whole.read("disclosure_lines", disclosure_id=row["id"], order="line")
    notes = whole.read("disclosure_notes", disclosure_id=row["id"], order="id")
    with st.container(horizontal=True, key="reports_disclosure"):
        report.button("print_disclosure", lambda: disclosure_paper.paper(row, lines, notes), scope, "disclosure_list")
        name = f"{disclosure_paper.title(row)}.xlsx"
        report.saved("disclosure_xlsx", lambda: disclosure_book.book(row, lines), name, scope, "disclosure_list")


def _needs(scope: Scope) -> None:
    """The needs list of the newest round."""
    chosen = survey.newest_round(scope) if scope.may("r", "needs_published") else None
    if chosen is not None:
        _head("needs", chosen["name"])
        papers.buttons(scope, chosen)


def _busy(make: Callable[[Callable[[float], object]], Made]) -> Made:
    """What is made while a bar says how far it is."""
    bar = st.progress(0.0, t("reports.making"))
    made = make(bar.progress)
    bar.empty()
    return made
