"""A change of the time bank's rules: the form, what it would do before it is saved, and what is due to expire."""

import html
from functools import partial
from typing import Any

import streamlit as st

from components import forms, turns
from components.passbooks import spell
from components.timerules import HOURS, changed, in_force, said
from components.words import t
from db import timebank, timerules
from db.scope import Row, Scope

CHOICES = {
    "round_to": (0, 15, 30, 60),
    "round_how": ("up", "nearest", "down"),
    "served_kin": ("only_self", "self_spouse", "direct_kin"),
    "proof": ("proof_either", "proof_receiver", "proof_door"),
    "closing": ("to_spouse", "to_relative", "to_pool"),
}


def change(scope: Scope, place: Row) -> None:
    """A form filled with what holds; what a change would do stands below before it is saved."""
    if not scope.may("a", "time_rules"):
        return
    token = turns.turn("timerules")
    now = in_force(place)
    with (
        st.expander(t("timerules.change"), icon=":material/tune:", key="timerules_change"),
        st.form(f"timerules_{place['name']}_{token}", border=False),
    ):
        values = _values(now)
        if st.form_submit_button(t("timerules.try"), type="primary", icon=":material/visibility:"):
            st.session_state["timerules_row"] = _row(place, values, token)
    if (
        place["reach"] == "of_home"
        and now["reach"] == "of_home"
        and st.button(t("timerules.back"), icon=":material/undo:", key=f"back_{token}")
    ):
        st.session_state["timerules_row"] = _row(place, {"inherits": 1}, token)
    proposed = st.session_state.get("timerules_row")
    if (
        proposed
        and proposed["key"] == token
        and proposed.get("home_id") == place.get("home_id")
        and proposed.get("county") == place.get("county")
    ):
        _proposed(scope, now, proposed)


def _row(place: Row, values: Row, token: str) -> Row:
    return {name: place[name] for name in ("home_id", "county") if name in place} | values | {"key": token}


def _values(now: Row) -> Row:
    """What each field holds, time in whole minutes."""
    found: Row = {}
    with st.container(key="fields_timerules"):
        for name in timerules.SETTINGS:
            found[name] = _field(name, now[name])
    found["note"] = st.text_input(t("timerules.note")).strip() or None
    return found


def _field(name: str, value: Any) -> Any:
    label, more = t(f"timerules.{name}"), t(f"timerules.{name}.help")
    if name in CHOICES:
        say = partial(said, name)
        return st.selectbox(label, CHOICES[name], index=CHOICES[name].index(value), format_func=say, help=more)
    if name in HOURS:
        hours = st.number_input(
            label + t("timerules.in_hours"),
            value=None if value is None else value / 60,
            step=1.0,
            format="%.2f",
            help=more,
        )
        return None if hours is None and name == "cap_minutes" else round((hours or 0) * 60)
    typed = st.number_input(label + t(f"timerules.{name}.unit"), value=value, step=1, help=more)
    return typed if typed is not None or name == "expiry_months" else 0


def _proposed(scope: Scope, now: Row, row: Row) -> None:
    """What would change, what that would do, and the button that saves it."""
    st.subheader(t("timerules.proposed"), anchor=False)
    found: Row = {}
    with forms.refusals() as outcome, scope.work() as desk:
        found = timerules.preview(desk, row)
    if not outcome.ok:
        return
    turned = {} if row.get("inherits") else timerules.changes(now, row)
    if not turned and not row.get("inherits"):
        st.info(t("timerules.same"), icon=":material/info:")
        return
    lines = [*(changed(*each) for each in turned.items()), *effects(found)]
    st.html(f"<ul class='hh-sentences'>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>")
    with st.container(horizontal=True, key="timerules_save"):
        if st.button(t("timerules.save"), type="primary", icon=":material/save:", key=f"save_{row['key']}"):
            _save(scope, row)
        if st.button(t("drop"), icon=":material/close:", key=f"drop_{row['key']}"):
            st.session_state.pop("timerules_row", None)
            st.rerun()


def _save(scope: Scope, row: Row) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        timebank.set_rules(desk, row)
    if outcome.ok:
        turns.over("timerules")
        st.session_state.pop("timerules_row", None)
        forms.flash(t("timerules.saved"))


def effects(found: Row) -> list[str]:
    """What a change would do, a sentence each; what it would not touch is left out, but what nobody loses is said."""
    lines = [t("timerules.effect.reach", n=found["homes"], passbooks=f"{found['passbooks']:,}")]
    lines += [t("timerules.effect.apart", n=found["apart"])] if found["apart"] else []
    for name, minutes in (
        ("over_cap", "over_minutes"),
        ("under_floor", ""),
        ("expiring", "expiring_minutes"),
        ("barred", ""),
    ):
        if found[name] or found[f"old_{name}"]:
            time = spell(found[minutes]) if minutes else ""
            lines.append(
                t(
                    f"timerules.effect.{name}",
                    n=found[name],
                    old=found[f"old_{name}"],
                    **({"time": time} if time else {}),
                )
            )
    lines += [t(f"timerules.effect.{name}", n=found[name]) for name in ("fewer", "more") if found[name]]
    if found["month_entries"] or found["old_month_entries"]:
        lines.append(t("timerules.effect.month", old=spell(found["old_month_minutes"]), new=spell(found["month_minutes"]),
                       change=_change(found["month_minutes"] - found["old_month_minutes"])))  # fmt: skip
    return [*lines, t("timerules.effect.past")]


def _change(minutes: int) -> str:
    return t("timerules.as_before") if not minutes else f"+{spell(minutes)}" if minutes > 0 else spell(minutes)


def expire(scope: Scope, place: Row) -> None:
    """Where a rule lets time expire: what is due, and the button that moves it to the pool after a second touch."""
    if not scope.may("a", "transfers"):
        return
    found = scope.read("time_expiring", **({"home_id": place["home_id"]} if "home_id" in place else {}))
    if found.empty:
        return
    st.subheader(t("timerules.expire"), anchor=False)
    st.write(t("timerules.due", n=len(found), time=spell(int(found["minutes"].sum()))))
    homes = sorted({int(home) for home in found["home_id"]})
    forms.act(
        scope, "expire_due", lambda desk, _: t("timerules.expired", time=spell(timebank.expire_all(desk, homes)[1])), 0
    )
