"""Assessments of ability on a tablet: who is due, one row of targets an item, levels as they come about, and what changed."""

import html
from typing import Any

import streamlit as st

from components import board, charts, forms, people, tables
from components.words import literal, t
from db import assessing
from db.scope import Desk, Row, Scope

INSTRUMENTS = ("gb42195", "barthel")
REASONS = ("first", "regular", "immediate", "review", "other")
DUE = ("overdue", "due", "fine")


def due(scope: Scope) -> None:
    """Who is to be assessed, the most overdue first; a touch opens somebody."""
    counts = scope.read("assessment_due", "due")
    known = dict(zip(counts["due"], counts["count"], strict=True))
    picked = st.segmented_control(
        t("due"), DUE, format_func=lambda each: _due(each, known.get(each, 0)), key="due", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    typed = people.seek("assess")
    where: dict[str, Any] = {"due": picked} if picked else {}
    found = scope.read(
        "assessment_due", find=typed, order="answered IS NULL, due_day, label", limit=people.PAGE + 1, **where
    )
    several = len(scope.read("user_homes")) > 1
    people.touch(found, "assess", lambda row: _line(row, several))


def _due(state: str, count: int) -> str:
    return t(f"due.{state}") + f" {count:,}"


def _line(row: Row, with_home: bool) -> str:
    over = (
        t("assessing.over", n=f"{row['days_over']:,}")
        if row["due"] == "overdue"
        else t("assessing.due_on", day=row["due_day"])
    )
    parts = [
        literal(row["home"]) if with_home else "",
        f"{t('room')} {literal(row['room'])}" if row["room"] else "",
        f"◐ {t('progress.half')}" if row["answered"] is not None else "",
        over,
        t(f"due_reason.{row['due_reason']}") if row["due"] != "fine" else "",
        t("assessing.last", day=row["assessed"]) if row["assessed"] else "",
        t(f"level_{row['final_level']}") if row["final_level"] is not None else "",
    ]
    return f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}"


def assess(scope: Scope, person: Row) -> None:
    """One person: the assessment that is open, or a new one; then the history."""
    st.subheader(literal(person["label"]), anchor=False)
    results = tables.rows(scope.read("assessment_results", person_id=person["id"], order="day DESC, id DESC"))
    draft = next((row for row in results if not row["finished"]), None)
    if draft:
        _form(scope, draft)
        return
    _over_rule(scope, person)
    if scope.may("a", "assessments"):
        _begin(scope, person)
    _history(scope, person, results)


def _begin(scope: Scope, person: Row) -> None:
    st.write(t("assessing.begin"))
    with st.container(key="board_begin", horizontal=True):
        for instrument, icon in zip(INSTRUMENTS, (":material/fact_check:", ":material/history:"), strict=True):
            if st.button(t(instrument), icon=icon, key=f"begin_{instrument}", width="stretch"):
                with forms.refusals() as outcome, scope.work() as desk:
                    assessing.begin(desk, person, instrument)
                if outcome.ok:
                    st.rerun()


# -- the form


@st.fragment
def _form(scope: Scope, draft: Row) -> None:
    """The items part by part, each touch saved before the next; total and levels follow."""
    head = st.container(key="assess_head")
    rows = tables.rows(scope.read("assessment_form", assessment_id=draft["id"], order="position"))
    for part in dict.fromkeys(row["part"] for row in rows):
        _part(scope, draft["id"], [row for row in rows if row["part"] == part])
    _reason(scope, draft)
    if draft["instrument"] == "gb42195":
        _adjust(scope, draft)
    standing = tables.rows(scope.read("assessment_results", id=draft["id"]))[0]
    with head:
        so_far = {
            "n": standing["answered"],
            "of": standing["items"],
            "total": standing["total"],
            "most": standing["most"],
        }
        st.progress(standing["answered"] / standing["items"], t("assessing.so_far", **so_far))
    _end(scope, standing)
    forms.remove(scope, "assessments", draft["id"])


def _part(scope: Scope, assessment: int, rows: list[Row]) -> None:
    part = rows[0]["part"]
    with st.container(border=True, key=f"card_{part}"):
        head = st.container()
        for row in rows:
            row["score"] = _item(scope, row)
        total = sum(row["score"] or 0 for row in rows)
        said = t("assessing.part", part=t(f"part.{part}"), total=total, most=sum(row["highest"] for row in rows))
        head.markdown(f"##### {said}")
        left = sum(row["score"] is None for row in rows)
        if left and st.button(
            t("assessing.rest", n=left), icon=":material/done_all:", key=f"rest_{part}", width="stretch"
        ):
            with forms.refusals() as outcome, scope.work() as desk:
                assessing.rest(desk, assessment, part)
            if outcome.ok:
                board.again()


def _item(scope: Scope, row: Row) -> int | None:
    """One item, its highest score first."""

    def save(desk: Desk, points: int) -> None:
        assessing.score(desk, row, points)

    def say(points: int) -> str:
        scale = row["scale"]
        return f"{points} {t(f'scale.{scale}.{points}')}"

    options = range(row["highest"], -1, -row["step"])
    item = row["item"]
    name = f"{item}_{row['assessment_id']}"
    return board.ask(scope, name, t(f"item.{item}"), options, row["score"], say, save)


def _reason(scope: Scope, draft: Row) -> None:
    def save(desk: Desk, reason: str) -> None:
        desk.update("assessments", draft["id"], {"reason": reason})

    board.ask(
        scope,
        f"reason_{draft['id']}",
        t("assessing.reason"),
        REASONS,
        draft["reason"],
        lambda each: t(f"reason.{each}"),
        save,
    )


def _adjust(scope: Scope, draft: Row) -> None:
    """What makes a level worse, kept apart from the total (GB/T 42195-2022)."""

    def save(desk: Desk, turned: Row) -> None:
        desk.update("assessments", draft["id"], turned)

    with st.container(border=True, key="card_adjust"):
        st.markdown(f"##### {t('assessing.adjust')}")
        st.caption(t("assessing.adjust_why"))
        standing = {each: draft[each] for each in ("coma", "diagnosis")}
        draft |= board.ask_several(scope, f"adjust_{draft['id']}", t("assessing.adjust"), standing, t, save)
        draft["risk_events"] = board.ask(
            scope, f"risks_{draft['id']}", t("risk_events"), _risks(draft["risk_events"]), draft["risk_events"], str,
            lambda desk, number: save(desk, {"risk_events": number}),
        )  # fmt: skip


def _risks(standing: int) -> tuple[int, ...]:
    return tuple(sorted({0, 1, 2, 3, standing}))


def _end(scope: Scope, standing: Row) -> None:
    """What is left to score; or the levels, and a button to finish."""
    if standing["answered"] < standing["items"]:
        st.info(t("assessing.left", n=standing["items"] - standing["answered"]), icon=":material/pending:")
        return
    levels = {each: t(f"level_{standing[f'{each}_level']}") for each in ("initial", "final")}
    st.markdown(f"**{t('assessing.levels', **levels)}**")
    with st.container(key="board_finish"):
        if st.button(t("assessing.finish"), type="primary", icon=":material/check:", key="finish", width="stretch"):
            with forms.refusals() as outcome, scope.work() as desk:
                assessing.finish(desk, standing["id"])
            if outcome.ok:
                forms.flash(t("assessing.finished", level=levels["final"]))


# -- the history


def _over_rule(scope: Scope, person: Row) -> None:
    """Where the level is beyond the rule of admission: what was decided, or the form to decide."""
    flagged = tables.rows(scope.read("person_levels", person_id=person["id"], over=1))
    for row in flagged:
        if row["outcome"]:
            said = {"outcome": t(row["outcome"]), "day": row["decided_day"], "name": literal(row["decided_by"])}
            st.info(t("assessing.decided", **said, reason=literal(row["decided_why"])), icon=":material/gavel:")
            continue
        st.warning(t("assessing.over_rule"), icon=":material/warning:")
        if scope.may("a", "level_decisions"):
            forms.add(
                scope, "level_decisions", expanded=True, home_id=row["home_id"], assessment_id=row["assessment_id"]
            )
        else:
            st.caption(t("assessing.wait"))


def _history(scope: Scope, person: Row, results: list[Row]) -> None:
    """The totals as a chart, what changed since the last time, and all assessments in a table."""
    if not results:
        return
    st.subheader(t("assessing.history"), anchor=False)
    found = scope.read("assessment_results", person_id=person["id"], finished=1, order="day, id")
    for instrument in (each for each in INSTRUMENTS if (found["instrument"] == each).any()):
        mine = found[found["instrument"] == instrument]
        left, right = st.columns(2)
        with left:
            charts.show(instrument, charts.banded, mine, x="day", y="total", low="low", high="high")
        with right:
            if len(mine) > 1:
                _changes(scope, person, instrument)
    shown = ["day", "instrument", "total", "initial_level", "final_level", "reason", "assessor"]
    found = found.assign(reason=[t(f"reason.{each}") for each in found["reason"]])
    for level in ("initial_level", "final_level"):
        found[level] = [t(f"level_{each:.0f}") for each in found[level]]
    tables.table(found.iloc[::-1][shown])


def _changes(scope: Scope, person: Row, instrument: str) -> None:
    changed = tables.rows(
        scope.read("assessment_changes", person_id=person["id"], instrument=instrument, order="position")
    )
    lines = "".join(
        f"<li class='hh-{1 if row['change'] < 0 else 3}'>{html.escape(_change(row))}</li>" for row in changed
    )
    st.markdown(f"**{t('assessing.changed')}**")
    st.html(
        f"<ul class='hh-sentences'>{lines}</ul>" if lines else f"<p class='hh-empty'>{t('assessing.unchanged')}</p>"
    )


def _change(row: Row) -> str:
    side = t("assessing.more" if row["change"] > 0 else "assessing.less")
    item = row["item"]
    return f"{t(f'item.{item}')}{t('colon')}{row['score_before']} → {row['score']}{t('bracketed', text=side)}"
