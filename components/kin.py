"""Who is kin to somebody, also in another home: time may be given and redeemed among them."""

import streamlit as st

from components import forms, tables, turns
from components.words import literal, t
from db.scope import Row, Scope

RELATIONS = ("spouse", "child", "parent", "grandchild", "grandparent", "sibling", "relative")


def show(scope: Scope, person: Row) -> None:
    """The relatives of one person, each with a way to take it out; a form to add one of this home, or of another that one reaches."""
    found = tables.rows(scope.read("relative_list", person_id=person["id"], order="kin_relation, label"))
    st.caption(t("kin.how"))
    if not found:
        tables.nothing()
    for row in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"kin_{row['id']}"):
            parts = [t(row["kin_relation"]), literal(row["home"]) if row["elsewhere"] else ""]
            st.markdown(f"**{literal(row['label'])}**\u2003{' · '.join(filter(None, parts))}")
            forms.remove(scope, "relatives", row["id"])
    if scope.may("a", "relatives"):
        with st.expander(t("add.relatives"), icon=":material/add:", key="add_relatives"):
            _form(scope, person, {row["relative_id"] for row in found})


def _form(scope: Scope, person: Row, known: set[int]) -> None:
    token = turns.turn("relatives")
    with st.container(key="board_kin"):
        relation = st.segmented_control(
            t("kin.relation", name=literal(person["label"])),
            RELATIONS,
            format_func=t,
            key=f"kin_relation_{token}",
            width="stretch",
        )
    home = _home(scope, person, token)
    people = scope.read("person_labels", home_id=home, order="label")
    labels = dict(zip(people["id"], people["label"], strict=True))
    others = [id for id in labels if id != person["id"] and id not in known]
    relative = st.selectbox(
        t("relative_id"),
        others,
        index=None,
        format_func=labels.__getitem__,
        key=f"kin_{token}_{home}",
        placeholder=t("type_or_touch"),
    )
    if not st.button(t("save"), type="primary", icon=":material/save:", key=f"kin_save_{token}"):
        return
    row = {"home_id": person["home_id"], "person_id": person["id"], "kin_relation": relation, "key": token}
    with forms.refusals() as outcome:
        scope.save("relatives", row | {"relative_id": None if relative is None else int(relative)})
    if outcome.ok:
        turns.over("relatives")
        forms.flash(t("saved.done"))


def _home(scope: Scope, person: Row, token: str) -> int:
    """In which home the relative is: this one, unless the account reaches others and one is chosen."""
    homes = scope.read("user_homes", order="township, label")
    names = dict(zip(homes["home_id"], homes["label"], strict=True))
    if len(names) < 2:
        return int(person["home_id"])
    index = list(names).index(person["home_id"]) if person["home_id"] in names else 0
    picked = st.selectbox(
        t("kin.home"), list(names), index=index, format_func=names.__getitem__, key=f"kin_home_{token}"
    )
    return int(picked)
