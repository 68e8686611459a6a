"""The books as published (公示): drawn up for a month or a quarter, checked by the finance group, published, corrected beside."""

import html
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import deciding, disclosure_paper, forms, people, report, tables, turns
from components.words import literal, t
from db import papers
from db.scope import Row, Scope

SPANS = {"quarter": 3, "month": 1}
BACK = 8  # periods to choose from
WHY_RETURNED = ("wrong_amount", "wrong_fund", "line_missing", "no_bill")


def show(scope: Scope) -> None:
    """What is to be disclosed next, and every sheet by touch, the newest first."""
    whole = replace(scope, month=None)
    if scope.may("a", "disclosures"):
        _draw_up(whole)
    found = whole.read("disclosure_list", order="to_month DESC, id DESC")
    several = found["home"].nunique() > 1
    st.subheader(t("disclosing.sheets"), anchor=False)
    people.touch(found, "sheet", lambda row: _line(row, several))


def _line(row: Row, with_home: bool) -> str:
    parts = [row["home"] if with_home else "", disclosure_paper.number(row), t(row["state"])]
    return f"**{disclosure_paper.period(row)}**\u2003{literal(' · '.join(filter(None, parts)))}"


def _draw_up(scope: Scope) -> None:
    """The home and the months; those that are published are not offered again."""
    with st.expander(t("disclosing.draw_up"), icon=":material/note_add:", expanded=True, key="draw_up"):
        home = forms.place(scope, "disclosures")
        with st.container(key="board_span"):
            span = st.segmented_control(t("disclosing.span"), list(SPANS), format_func=lambda each: t(f"span.{each}"),
                                        default="quarter", required=True, key="span", width="stretch")  # fmt: skip
        if home is None:
            return
        here = replace(scope, homes=(home,))
        months = periods(scope.today(), SPANS[str(span)])
        free = {
            disclosure_paper.period({"from_month": each[0], "to_month": each[1]}): each for each in _free(here, months)
        }
        with st.container(key="board_period"):
            picked = st.pills(
                t("disclosing.period"),
                list(free),
                default=next(iter(free), None),
                required=bool(free),
                key=f"period_{home}_{span}",
            )
        if st.button(
            t("disclosing.do"), type="primary", icon=":material/note_add:", key="draw_up_do", disabled=not picked
        ):
            with forms.refusals() as outcome, scope.work() as desk:
                id = papers.draw_up(desk, home, *free[str(picked)], key=turns.turn("draw_up"))
            if outcome.ok:
                turns.over("draw_up")
                st.query_params["sheet"] = str(id)
                forms.flash(t("disclosing.drawn_up"))


def periods(today: str, months: int) -> list[tuple[str, str]]:
    """The last complete periods of so many months before the month of today, the newest first: first and last month of each."""
    this = int(today[:4]) * 12 + int(today[5:7]) - 1
    ends = [this - this % months - months * back for back in range(BACK)]
    return [(_month(end - months), _month(end - 1)) for end in ends]


def _month(count: int) -> str:
    return f"{count // 12}-{count % 12 + 1:02d}"


def _free(scope: Scope, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    taken = scope.read("published")[["from_month", "to_month"]].itertuples(index=False)
    spans = [(first, last) for first, last in taken]
    return [each for each in found if not any(first <= each[1] and last >= each[0] for first, last in spans)]


def sheet(scope: Scope, row: Row) -> None:
    """One sheet as it will hang there, how far it is, and what is to be done next."""
    people.close("sheet", "back_to_list")
    lines = scope.read("disclosure_lines", disclosure_id=row["id"], order="line")
    notes = scope.read("disclosure_notes", disclosure_id=row["id"], order="id")
    _head(row)
    _next(scope, row)
    report.button("print_disclosure", lambda: disclosure_paper.paper(row, lines, notes), scope, "disclosure_list")
    for side in disclosure_paper.SIDES:
        _side(lines[lines["side"] == side], side)
    if len(notes):
        st.subheader(t("notes"), anchor=False)
        tables.table(notes[["day", "note", "filed_by"]])


def _head(row: Row) -> None:
    marks = [
        t(row["state"]),
        disclosure_paper.number(row),
        t("disclosing.code", code=row["code"]) if row["state"] == "published" else "",
    ]
    steps = [
        t("disclosing.by", who=row["filer"]),
        t("disclosing.checked_by", who=row["checked_by"]) if row["checked_by"] else "",
    ]
    figures = ("opening_yuan", "income_yuan", "spent_yuan", "returned_yuan", "closing_yuan")
    cells = "".join(f"<div><dt>{t(each)}</dt><dd>{row[each]:,.2f}</dd></div>" for each in figures)
    said = " · ".join(filter(None, [*marks, *steps, row["decision_note"] or ""]))
    title = f"{row['home']} {disclosure_paper.period(row)}"
    st.html(
        f"<div class='hh-book'><header><h2>{html.escape(title)}</h2><p>{html.escape(said)}</p></header><dl>{cells}</dl></div>"
    )


def _side(lines: pd.DataFrame, side: str) -> None:
    if len(lines):
        st.subheader(t(side), anchor=False)
        columns = disclosure_paper.GOODS if side == "goods" else disclosure_paper.MONEY
        tables.table(pd.DataFrame(lines.rename(columns={"number": "voucher_no"})[list(columns)]))


def _next(scope: Scope, row: Row) -> None:
    """The next step, for whoever takes it; who else looks sees what is waited for."""
    role, state = scope.user()["role"], row["state"]
    with st.container(horizontal=True, key="disclosing_steps"):
        if state == "drawn_up" and role == "auditor":
            forms.act(scope, "check", papers.check, row["id"])
            deciding.with_reason(scope, "return", WHY_RETURNED, partial(_hand_back, row["id"]))
        elif state == "checked" and role == "official":
            forms.act(scope, "publish", papers.publish, row["id"])
        elif state == "published" and scope.may("a", "disclosure_notes"):
            _note(scope, row)
    if state in ("drawn_up", "checked", "returned"):
        st.info(t(f"disclosing.next.{state}"), icon=":material/info:")


def _hand_back(id: int, desk: Any, note: str | None) -> int:
    return papers.hand_back(desk, id, note)


def _note(scope: Scope, row: Row) -> None:
    """A correction beside what was published."""
    key = turns.turn("annotate")
    with st.popover(t("disclosing.annotate"), icon=":material/edit_note:"), st.form(f"annotate_{key}", border=False):
        st.caption(t("disclosing.annotate.how"))
        said = st.text_area(t("disclosing.correction")).strip()
        if st.form_submit_button(t("disclosing.annotate.do"), type="primary"):
            with forms.refusals() as outcome, scope.work() as desk:
                papers.annotate(desk, row["id"], said or None, key)
            if outcome.ok:
                turns.over("annotate")
                forms.flash(t("disclosing.annotated"))
