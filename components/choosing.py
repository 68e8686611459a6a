"""Who could take a shift: the fairest first, each with a sentence; whom a rule keeps from it, and the way past that rule."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import streamlit as st

from components import forms, people
from components.week_drawn import clock, short, weekday
from components.words import code, literal, t
from db import rota
from db.roster import Assignment, Board, Helper, Said, Shift, Week, why
from db.roster.goals import Goals
from db.scope import Desk, Row, Scope

# what bars somebody, as the engine calls it -> the rule of the tables
RULE = {
    "skill": "skill",
    "ability": "ability",
    "leave": "leave",
    "busy": "busy",
    "rest": "rest",
    "pair": "conflict",
    "hours": "week_hours",
}
REASONS = ("short_handed", "own_wish", "somebody_beside", "stand_in")
Take = Callable[[int, Desk], Any]


def told(shift: Row) -> str:
    """A shift in a line."""
    span = f"{clock(shift['start_minute'])}–{clock(shift['start_minute'] + shift['minutes'])}"
    return f"{shift['name']} · {short(shift['day'])} {weekday(shift['day'])} {span}"


def sentence(said: Iterable[Said]) -> str:
    """Reasons one after the other, codes among their values in words."""
    return t("comma").join(t(key, **{name: code(value) for name, value in values.items()}) for key, values in said)


def do(scope: Scope, action: Callable[[Desk], Any], said: str) -> None:
    """One action, and back to the week with a sentence; a refusal is said where it happened."""
    with forms.refusals() as outcome, scope.work() as desk:
        action(desk)
    if outcome.ok:
        leave(said)


def leave(said: str = "") -> None:
    """Back to the week, with a sentence about what was done."""
    for name in ("shift", "on", "who"):
        st.query_params.pop(name, None)
    if said:
        forms.flash(said)
    st.rerun()


def candidates(scope: Scope, week: Week, row: Row, take: Take, but: int | None = None) -> None:
    """Who could take a place; one touch does it. With nobody to follow on, whom a rule bars stands below."""
    board, about = Board(week), week.shift[row["id"]]
    there = {*board.by[about.id], but}
    bars = {one: board.bar(about, one) for one in week.helpers if one.id not in there}
    able = [one for one, bar in bars.items() if bar is None]
    barred = {one: bar for one, bar in bars.items() if bar is not None and one.ability > 0}
    picked = next((one for one in barred if str(one.id) == st.query_params.get("who") and but is None), None)
    if picked is not None:
        _override(scope, row, picked)
        return
    if not able:
        st.info(t("roster.nobody_free"), icon=":material/info:")
    with st.container(key="rows_candidates"):
        for one in ranked(week, board, about, able)[: people.PAGE]:
            said = sentence(why(week, Assignment(about.id, one.id)))
            if st.button(f"**{literal(one.name)}**\u2003{literal(said)}", key=f"take_{one.id}", width="stretch"):
                do(scope, partial(take, one.id), t("roster.taken", name=one.name, shift=told(row)))
    if but is None:
        _barred(barred)


def ranked(week: Week, board: Board, about: Shift, able: list[Helper]) -> list[Helper]:
    """The one who has least for their ability first, this shift counted; between equals the one who meets more wishes."""
    goals = Goals(week)

    def turn(one: Helper) -> tuple[float, int, str]:
        load = one.so_far + sum(each.burden for each in board.on[one.id]) + about.burden
        return load / one.ability, goals.wanting(Assignment(about.id, one.id)), one.name

    return sorted(able, key=turn)


def _barred(barred: dict[Helper, str]) -> None:
    """Whom a rule keeps from the shift; a touch opens the way past it."""
    more = st.expander(t("roster.barred", n=len(barred)), icon=":material/block:", key="barred")
    with more, st.container(key="rows_barred"):
        for each, bar in list(barred.items())[: 2 * people.PAGE]:
            label = f"**{literal(each.name)}**\u2003{t(f'rule.assignments_{RULE[bar]}')}"
            if st.button(label, key=f"barred_{each.id}", width="stretch"):
                st.query_params["who"] = str(each.id)
                st.rerun()


def _override(scope: Scope, row: Row, one: Helper) -> None:
    """What stands in the way, as the tables say it, and the reason for letting it pass."""
    with scope.work() as desk:
        rules = rota.barriers(desk, row["id"], one.id)
    people.close("who", "back_to_shift")
    st.markdown(f"**{literal(one.name)}**")
    for rule in rules:
        st.warning(t(f"rule.{rule}"), icon=":material/block:")
    if not set(rules) <= set(rota.PASSABLE) or not scope.may("a", "overrides"):
        return
    reason = _reason()
    if st.button(t("override.do"), type="primary", icon=":material/gavel:", key="override_do"):
        said = t("override.done", name=one.name, shift=told(row))
        do(scope, lambda desk: rota.override(desk, row["id"], one.id, rules, reason), said)


def _reason() -> str:
    """A reason by touch, or in own words."""
    with st.container(key="board_reason"):
        picked = st.pills(
            t("override.reason"), REASONS, format_func=lambda each: t(f"override.{each}"), key="override_reason"
        )
    more = st.text_input(t("override.own"), key="override_own")
    return more.strip() or (t(f"override.{picked}") if picked else "")
