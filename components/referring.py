"""Referrals on a tablet, open until somebody closes them; and extreme weather, begun and ended by one touch."""

from typing import Any

import streamlit as st

from components import board, forms, people, tables
from components import visiting as visiting_form
from components.words import literal, t
from db import visiting
from db.scope import Desk, Row, Scope

STATES = ("referral_overdue", "referral_open", "referral_closed")
OWNERS = ("caretaker", "head", "committee", "doctor", "relatives", "township")
OUTCOMES = ("solved", "handed_on", "declined", "not_needed")
DAYS = (1, 3, 7, 14)
HAZARDS = ("heat", "cold", "storm", "snow")
SPELL = 7


def show(scope: Scope) -> None:
    """The referrals, what is due first on top, and a form for one by hand."""
    counts = scope.read("referral_list", "referral_state")
    known = dict(zip(counts["referral_state"], counts["count"], strict=True))
    picked = st.segmented_control(
        t("referral_state"), STATES, format_func=lambda each: f"{t(each)} {known.get(each, 0):,}", key="referral_state",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    where: dict[str, Any] = {"referral_state": picked} if picked else {"now": 1}
    found = scope.read("referral_list", order="now DESC, due_by, id", limit=people.PAGE + 1, **where)
    several = len(scope.read("user_homes")) > 1
    people.touch(found, "referral", lambda each: _line(each, several))
    forms.add(scope, "referrals", closed_day=None, outcome=None)


def _line(row: Row, with_home: bool) -> str:
    late = row["referral_state"] == "referral_overdue"
    parts = [
        literal(row["home"]) if with_home else "",
        t(row["owner"]),
        ("⚠ " + t("assessing.over", n=f"{row['days_over']:,}")) if late else "",
        t("referral.by", day=row["due_by"]) if row["now"] and not late else "",
        f"✓ {t(row['outcome'])} {row['closed_day']}" if row["outcome"] else "",
    ]
    return f"**{literal(row['label'])} · {t(row['about'])}**\u2003{' · '.join(filter(None, parts))}"


def referral(scope: Scope, row: Row) -> None:
    """One referral: what it is about, the visit that opened it, who sees to it by when, and closing it."""
    people.close("referral", "back_to_list")
    st.subheader(f"{literal(row['label'])} · {t(row['about'])}", anchor=False)
    tables.facts(
        {name: row[name] for name in ("referral_state", "day", "owner", "due_by", "closed_day", "outcome", "note")}
    )
    if row["visit_id"] is not None:
        for visit in tables.rows(scope.read("visit_list", id=row["visit_id"])):
            st.caption(literal(visiting_form.told(visit)))
    if row["now"] and scope.may("e", "referrals"):
        _see_to(scope, row)
        _close(scope, row)


def _see_to(scope: Scope, row: Row) -> None:
    def hand(desk: Desk, owner: str) -> None:
        visiting.hand_to(desk, row["id"], owner)

    def later(desk: Desk, days: int) -> None:
        visiting.due_in(desk, row["id"], days)

    name = f"owner_{row['id']}"
    changed = board.ask(scope, name, t("owner"), OWNERS, row["owner"], t, hand) != row["owner"]
    if (
        board.ask(scope, f"due_in_{row['id']}_{row['due_by']}", t("referral.due_in"), DAYS, None, _days, later)
        or changed
    ):
        st.rerun()


def _days(number: int) -> str:
    return t("in_days", n=number)


def _close(scope: Scope, row: Row) -> None:
    """What came of it, a note for those who wish, and one confirm."""
    with st.container(border=True, key="board_closing"):
        outcome = st.segmented_control(
            t("referral.close"), OUTCOMES, format_func=t, key=f"outcome_{row['id']}", width="stretch"
        )
        note = st.text_input(t("referral.note"), key=f"closing_{row['id']}").strip()
        if not st.button(
            t("referral.do_close"), type="primary", icon=":material/task_alt:", width="stretch", key="closing_done"
        ):
            return
    with forms.refusals() as done, scope.work() as desk:
        visiting.close(desk, row["id"], outcome, note or None)
    if done.ok:
        st.query_params.pop("referral", None)
        forms.flash(t("referral.closed"))


# -- extreme weather


def weather(scope: Scope) -> None:
    """Spells of now with a way to end them; begin one by a touch for so many days in the homes chosen; earlier ones below."""
    st.write(t("weather.what", n=_asked(scope)))
    spells = tables.rows(scope.read("weather_list", now=1, order="home_id, first_day"))
    for row in spells[: people.PAGE]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"spell_{row['id']}"):
            home = f"{literal(row['home'])} · " if len(spells) > 1 else ""
            st.markdown(
                f"**{home}{t(row['hazard'])}**\u2003{t('weather.until', day=row['last_day'], n=row['contacts'])}"
            )
            if scope.may("e", "weather"):
                forms.act(scope, "end_weather", visiting.end_weather, row["id"])
    if scope.may("a", "weather"):
        _begin(scope)
    past = scope.read("weather_list", now=0, order="first_day DESC", limit=people.PAGE)
    if len(past):
        tables.table(past, hide=("id", "now"))


def _asked(scope: Scope) -> int:
    standing = scope.read("weather_list", now=1, order="contacts DESC", limit=1)
    return int(standing["contacts"].iloc[0]) if len(standing) else SPELL


def _begin(scope: Scope) -> None:
    homes = [int(each) for each in scope.read("user_homes")["home_id"] if not scope.homes or each in scope.homes]
    with st.container(border=True, key="board_weather"):
        days = st.segmented_control(
            t("weather.days"),
            (3, 5, 7, 14),
            default=SPELL,
            required=True,
            format_func=_long,
            key="weather_days",
            width="stretch",
        )
        st.caption(t("weather.homes", n=len(homes)))
        with st.container(horizontal=True, key="weather_begin"):
            for hazard in HAZARDS:
                if st.button(t(f"weather.begin.{hazard}"), key=f"begin_{hazard}", width="stretch"):
                    _begun(scope, homes, hazard, days)


def _long(number: int) -> str:
    return t("for_days", n=number)


def _begun(scope: Scope, homes: list[int], hazard: str, days: int) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        begun = visiting.begin_weather(desk, homes, hazard, days)
    if outcome.ok:
        forms.flash(t("weather.begun", hazard=t(hazard), n=begun))
