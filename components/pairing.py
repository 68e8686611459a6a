"""Pairs on a tablet: who looks after whom with the contacts of the week, who should have a pair, and whom to ask."""

import json
from typing import Any

import streamlit as st

from components import forms, people, tables
from components.words import literal, t
from db import visiting
from db.scope import Row, Scope

REASONS = ("moved_away", "unwell", "unwilling", "no_time", "death", "pair_other")


def show(scope: Scope) -> None:
    """The pairs, those behind first, and the residents who should have one."""
    _standing(scope)
    _unpaired(scope)


def _standing(scope: Scope) -> None:
    found = scope.read("pair_list", now=1, order="behind DESC, home_id, elder_label", limit=people.PAGE + 1)
    several = len(scope.read("user_homes")) > 1
    st.subheader(t("pairing.standing"), anchor=False)
    people.touch(found, "pair", lambda row: _line(row, several))


def _line(row: Row, with_home: bool) -> str:
    enough = row["contacts"] >= row["contacts_asked"]
    mark = "✓ " if enough else "⚠ " if row["behind"] else ""
    parts = [
        literal(row["home"]) if with_home else "",
        mark + t("pairing.contacts", n=row["contacts"], of=row["contacts_asked"]),
        t("pairing.last", day=row["last_contact"]) if row["last_contact"] else t("pairing.no_contact"),
    ]
    names = t("pairing.names", volunteer=literal(row["volunteer_label"]), elder=literal(row["elder_label"]))
    return f"**{names}**\u2003{' · '.join(filter(None, parts))}"


def _unpaired(scope: Scope) -> None:
    """Residents without a pair, those who live alone or lack company first; a search finds anybody."""
    st.subheader(t("pairing.unpaired"), anchor=False)
    typed = people.seek("elder")
    where: dict[str, Any] = {} if typed else {"unpaired": 1}
    found = scope.read("pair_elders", find=typed, order="turn, home_id, label", limit=people.PAGE + 1, **where)
    several = len(scope.read("user_homes")) > 1
    people.touch(found, "elder", lambda row: _elder(row, several))


def _elder(row: Row, with_home: bool) -> str:
    parts = [
        literal(row["home"]) if with_home else "",
        t(f"tier.{row['risk_tier']}"),
        t("lives_alone") if row["lives_alone"] else "",
        t("lacks") if row["lacks"] else "",
        t("pairing.has", n=row["pairs_now"]) if row["pairs_now"] else "",
    ]
    return f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}"


def candidates(scope: Scope, elder: Row) -> None:
    """Who could be paired with a resident, the best suited first; a touch makes the pair."""
    people.close("elder", "back_to_list")
    st.subheader(literal(elder["label"]), anchor=False)
    st.write(t("pairing.ask"))
    order = "elders_now, willing DESC, given, label"
    found = scope.read("pair_candidates", elder_id=elder["id"], order=order, limit=people.PAGE)
    if found.empty:
        st.info(t("pairing.nobody"), icon=":material/person_search:")
    with st.container(key="rows_candidate"):
        for row in tables.rows(found):
            if st.button(_candidate(row), key=f"candidate_{row['id']}", width="stretch"):
                _make(scope, elder, row)


def _candidate(row: Row) -> str:
    when = t("comma").join(t(each) for each in json.loads(row["availability"]))
    parts = [
        t("age_years", n=row["age"]) if row["age"] is not None else "",
        t("pairing.elders", n=row["elders_now"]),
        t("willing") if row["willing"] else "",
        t("pair.given", hours=tables.shown("hours", float(row["given"]))) if row["given"] else t("pair.none_given"),
        t("pair.free", when=when) if when else "",
    ]
    return f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}"


def _make(scope: Scope, elder: Row, row: Row) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        made = visiting.pair(desk, elder["home_id"], row["id"], elder["id"])
    if outcome.ok:
        st.query_params.pop("elder", None)
        st.query_params["pair"] = str(made)
        forms.flash(t("pairing.made", volunteer=literal(row["label"]), elder=literal(elder["label"])))


def pair(scope: Scope, row: Row) -> None:
    """One pair: since when, the contacts of the week, and a way to end it."""
    people.close("pair", "back_to_list")
    names = t("pairing.names", volunteer=literal(row["volunteer_label"]), elder=literal(row["elder_label"]))
    st.subheader(names, anchor=False)
    shown = ("pair_since", "contacts", "contacts_asked", "last_contact", "pair_until", "end_reason")
    tables.facts({name: row[name] for name in shown if row[name] is not None})
    if not row["now"] or not scope.may("e", "pairs"):
        return

    with st.container(border=True, key="board_parting"):
        reason = st.segmented_control(
            t("pairing.end"), REASONS, format_func=t, key=f"reason_{row['id']}", width="stretch"
        )
        if not st.button(t("pairing.do_end"), icon=":material/link_off:", width="stretch", key="part_pair"):
            return
    with forms.refusals() as outcome, scope.work() as desk:
        visiting.part(desk, row["id"], reason)
    if outcome.ok:
        st.query_params.pop("pair", None)
        forms.flash(t("pairing.ended"))
