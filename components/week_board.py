"""The week of a home as a board: days beside duties, names to touch, open places in a warning colour."""

import html
from dataclasses import replace

import streamlit as st

from components import forms, people, tables, touching
from components.week_drawn import drawn, later, named, short, weekday
from components.words import code, literal, t
from db import rota
from db.scope import Row, Scope


def home(scope: Scope) -> int | None:
    """The home whose roster it is: the only one, or the one that is chosen; until then those with most open places."""
    homes = tables.rows(scope.read("user_homes", order="township, label"))
    label = {row["label"]: row["home_id"] for row in homes}
    if len(label) < 2:
        return next(iter(label.values()), None)
    above = st.container()
    if not (st.session_state.get("of") or st.query_params.get("of")):
        _gaps(scope, {id: name for name, id in label.items()})
    with above:
        picked = st.selectbox(
            t("roster.home"), list(label), index=None, key="of", bind="query-params", placeholder=t("type_or_touch")
        )
    return label.get(picked or "")


def _gaps(scope: Scope, names: dict[int, str]) -> None:
    """The homes with most open places to the end of next week; a touch opens one."""
    st.subheader(t("roster.gaps"), anchor=False)
    found = scope.read("roster_gaps", "home_id", order="places DESC", limit=people.PAGE)
    with st.container(key="rows_gaps"):
        for row in tables.rows(found):
            said = t("roster.open_places", n=row["places"])
            if st.button(
                f"**{literal(names[row['home_id']])}**\u2003{said}", key=f"gap_{row['home_id']}", width="stretch"
            ):
                st.session_state["of"] = names[row["home_id"]]
                st.rerun()


def monday(scope: Scope) -> str:
    """The Monday of the week that the address holds, else of this week."""
    told = st.query_params.get("week", "")
    try:
        return rota.monday(told)
    except ValueError:
        return rota.monday(scope.today())


def steps(scope: Scope, week: str) -> None:
    """Buttons to the week before, this one and the next."""
    now = rota.monday(scope.today())
    with st.container(key="board_weeks", horizontal=True):
        for what, to in (("week.before", later(week, -7)), ("week.this", now), ("week.next", later(week, 7))):
            if st.button(t(what), key=what, width="stretch", disabled=what == "week.this" and week == now):
                st.query_params["week"] = to
                st.rerun()


def head(scope: Scope, home_id: int, week: str) -> None:
    """Which week it is and how well it is covered."""
    cover = tables.rows(scope.read("roster_weeks", home_id=home_id, monday=week))
    first, last = (short(day) for day in (week, later(week, 6)))
    if not cover:
        st.markdown(f"**{t('week.span', first=first, last=last)}**")
        return
    row = cover[0]
    left = row["needed"] - row["taken"]
    said = t("week.covered", needed=row["needed"], taken=row["taken"], open=left)
    st.markdown(f"**{t('week.span', first=first, last=last)}**\u2003{said}")


def rows(scope: Scope, home_id: int, week: str) -> tuple[list[Row], list[Row]]:
    """The shifts of a week, and who is on them."""
    whole = replace(scope, month=None, homes=(home_id,))
    shifts = tables.rows(whole.read("shift_list", monday=week, order="start_minute, duty_id, day, id"))
    return named(shifts), named(tables.rows(whole.read("assignment_list", monday=week, order="id")))


def make(scope: Scope, home_id: int, week: str, shifts: list[Row]) -> None:
    """A button that makes the shifts of the duties, where days to come have some without."""
    today = scope.today()
    if later(week, 6) < today or not scope.may("a", "shifts"):
        return
    if not len(scope.read("duty_list", home_id=home_id, active=1)):
        st.info(t("roster.no_duties"), icon=":material/event:")
    elif all(row["request_id"] for row in shifts) and st.button(
        t("make_shifts"), type="primary", icon=":material/event_repeat:", key="make"
    ):
        with forms.refusals() as outcome, scope.work() as desk:
            made = rota.make(desk, home_id, max(today, week), later(week, 6))
        if outcome.ok:
            forms.flash(t("make_shifts.done", n=made))


def board(scope: Scope, home_id: int, week: str, shifts: list[Row], on: list[Row]) -> None:
    """The board itself; a touch opens a shift or somebody's place on it, and the address keeps which."""
    if not shifts:
        return
    today = scope.today()
    may = scope.may("a", "assignments")
    touch(drawn(shifts, on, week, today, may), f"week_board_{home_id}")


def touch(drawing: str, key: str) -> None:
    """Show HTML whose parts with a `data-to` (name=value) can be touched; the address keeps what was."""
    if touched := touching.put(key, drawing):
        name, _, value = touched.partition("=")
        st.query_params[name] = value
        st.rerun()


def overrides(scope: Scope, home_id: int, week: str) -> None:
    """What was let pass this week, and why."""
    whole = replace(scope, month=None)
    found = tables.rows(whole.read("override_list", home_id=home_id, monday=week, order="day, id"))
    if found:
        st.subheader(t("overrides"), anchor=False)
        lines = "".join(f"<li>{html.escape(_let_pass(row))}</li>" for row in found)
        st.html(f"<ul class='hh-sentences'>{lines}</ul>")


def _let_pass(row: Row) -> str:
    about = {"day": f"{short(row['day'])} {weekday(row['day'])}", "duty": code(row["name"]), "name": row["label"]}
    return t(
        "override.line", rule=t(f"rule.{row['rule']}"), reason=row["override_reason"], by=row["decided_by"], **about
    )
