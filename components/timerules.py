"""The rules of the time bank on a screen: what holds where, what a change would do before it is saved, and how the rules came to be."""

import html
import uuid
from functools import partial
from typing import Any

import streamlit as st

from components import forms, tables
from components.passbooks import spell
from components.words import t
from db import timebank, timerules
from db.scope import Row, Scope

HOURS = ("cap_minutes", "floor_minutes", "least_saved", "opening_minutes")
CHOICES = {
    "round_to": (0, 15, 30, 60),
    "round_how": ("up", "nearest", "down"),
    "served_kin": ("only_self", "self_spouse", "direct_kin"),
    "proof": ("proof_either", "proof_receiver", "proof_door"),
    "closing": ("to_spouse", "to_relative", "to_pool"),
}


def places(scope: Scope) -> dict[str, Row]:
    """Whose rules the account may change, by what they are called: all homes', a county's, a home's."""
    user, homes = scope.user(), scope.read("user_homes", order="township, label")
    known = dict(scope.read("time_rule_list", "home_id", "county")[["home_id", "county"]].itertuples(index=False))
    found: dict[str, Row] = {}
    if user["home_id"] is None and user["county"] is None:
        found[t("timerules.of_all")] = {"reach": "of_all"}
    if user["home_id"] is None and user["township"] is None:
        counties = dict.fromkeys(known[home] for home in homes["home_id"] if known.get(home))
        found |= {county: {"reach": "of_county", "county": county} for county in counties}
    names = zip(homes["label"], homes["home_id"], strict=True)
    return found | {label: {"reach": "of_home", "home_id": int(home)} for label, home in names}


def place(scope: Scope) -> Row | None:
    """The place that somebody looks at, which the address keeps, with all rules that ever reached it."""
    offered = places(scope)
    if not offered:
        tables.nothing()
        return None
    names = list(offered)
    one = names[0] if len(names) == 1 else st.selectbox(t("timerules.place"), names, key="place", bind="query-params")
    chosen = offered[one or names[0]]
    rules = scope.read(
        "time_rule_list", order="id", **{name: chosen[name] for name in ("home_id", "county") if name in chosen}
    )
    homes = {int(home) for home in rules["home_id"]}
    if "home_id" not in chosen:
        rules = rules[rules["reach"].isin(["of_all", chosen["reach"]])].drop_duplicates("id")
    return {**chosen, "name": one or names[0], "homes": homes, "rules": tables.rows(rules)}


def in_force(place: Row) -> Row:
    """The rules that hold in a place: its own, else its county's, else those for all."""
    for reach in ("of_home", "of_county", "of_all"):
        last = [row for row in place["rules"] if row["reach"] == reach][-1:]
        if last and not last[0]["inherits"]:
            return last[0]
    return dict(place["rules"][0])


def show(place: Row) -> None:
    """The rules in force, each in a line."""
    now = in_force(place)
    st.caption(t(f"timerules.from.{now['reach']}", n=now["id"], day=now["made_at"][:10]))
    lines = "".join(
        f"<dt>{t(f'timerules.{name}')}</dt><dd>{html.escape(said(name, now[name]))}</dd>" for name in timerules.SETTINGS
    )
    st.html(f"<dl class='hh-facts'>{lines}</dl>")


def said(name: str, value: Any) -> str:
    """A setting in words."""
    if name in HOURS:
        return t("timerules.no_cap") if value is None else spell(value)
    if name == "round_to":
        return t(f"timerules.round.{value}")
    if name == "expiry_months":
        return t("timerules.no_expiry") if value is None else t("timerules.months", n=value)
    if name in ("served_age", "stale_days"):
        return t(f"timerules.{name}.n", n=value)
    return t(value)


def own(scope: Scope, place: Row) -> None:
    """Over several homes: which of them have rules of their own."""
    if place["reach"] == "of_home":
        return
    labels = dict(scope.read("user_homes")[["home_id", "label"]].itertuples(index=False))
    names = [labels[home] for home in scope.read("time_terms", own=1)["home_id"] if home in place["homes"]]
    st.caption(t("timerules.own", names=t("comma").join(names)) if names else t("timerules.own_none"))


def change(scope: Scope, place: Row) -> None:
    """A form filled with what holds; what a change would do stands below before it is saved."""
    if not scope.may("a", "time_rules"):
        return
    token = str(st.session_state.setdefault("timerules_token", uuid.uuid4().hex))
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
        for name in ("timerules_row", "timerules_token"):
            st.session_state.pop(name, None)
        forms.flash(t("timerules.saved"))


def changed(name: str, values: tuple[Any, Any]) -> str:
    """A setting that changed, as it was and as it is."""
    return t("timerules.changed", name=t(f"timerules.{name}"), old=said(name, values[0]), new=said(name, values[1]))


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


def history(place: Row) -> None:
    """Every row of rules that reached the place, the newest first: when, where, by whom, and what it changed."""
    st.subheader(t("timerules.history"), anchor=False)
    known = {row["id"]: row for row in place["rules"]}
    rows = "".join(_past(row, known.get(row["before_id"])) for row in reversed(place["rules"]))
    head = "".join(f"<th>{t(f'timerules.history.{each}')}</th>" for each in ("rule", "where", "who", "what"))
    st.html(
        f"<div class='hh-scroll'><table class='hh-table hh-passbook'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _past(row: Row, before: Row | None) -> str:
    if row["inherits"]:
        what = [t("timerules.inherits")]
    else:
        what = [changed(*each) for each in timerules.changes(before, row).items()] if before else [t("timerules.first")]
    lines = "".join(f"<small>{html.escape(each)}</small>" for each in [*what, *([row["note"]] if row["note"] else [])])
    where = {"of_home": row["home"], "of_county": row["county"], "of_all": t("timerules.of_all")}[row["reach"]]
    who = t("timerules.first_by") if row["made_by"] == "first" else row["made_by"] or "–"
    told = f"<td>{html.escape(where or '–')}</td><td>{html.escape(who)}</td><td>{lines}</td>"
    return f"<tr><td>{row['id']}<small>{row['made_at'][:10]}</small></td>{told}</tr>"
