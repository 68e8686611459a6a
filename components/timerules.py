"""The rules of the time bank on a screen: what holds where, which homes have their own, and how the rules came to be."""

import html
from typing import Any

import streamlit as st

from components import tables
from components.passbooks import spell
from components.words import t
from db import timerules
from db.scope import Row, Scope

HOURS = ("cap_minutes", "floor_minutes", "least_saved", "opening_minutes")


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


def changed(name: str, values: tuple[Any, Any]) -> str:
    """A setting that changed, as it was and as it is."""
    return t("timerules.changed", name=t(f"timerules.{name}"), old=said(name, values[0]), new=said(name, values[1]))


def history(place: Row) -> None:
    """Every row of rules that reached the place, the newest first: when, where, by whom, and what it changed."""
    st.subheader(t("timerules.history"), anchor=False)
    known = {row["id"]: row for row in place["rules"]}
    rows = "".join(_past(row, known.get(row["before_id"])) for row in reversed(place["rules"]))
    head = "".join(f"<th>{t(f'timerules.history.{each}')}</th>" for each in ("rule", "where", "who", "what"))
    st.html(
        "<div class='hh-scroll' tabindex='0'>"
        f"<table class='hh-table hh-passbook'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
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
