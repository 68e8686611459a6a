"""What stands idle: rooms of the home and what they could become; empty buildings of the village, step by step to a room."""

from typing import Literal

import pandas as pd
import streamlit as st

from components import board, forms, people, tables
from components.room_words import BECOMES, floor
from components.words import literal, t
from db import rooms
from db.scope import Desk, Row, Scope

STEPS = {
    "candidate": ("inspected", "dropped"),
    "inspected": ("agreed", "dropped"),
    "agreed": ("converted", "dropped"),
    "dropped": ("candidate",),
    "converted": (),
}
TYPES: tuple[Literal["primary"], Literal["secondary"]] = ("primary", "secondary")  # of a step on, and of the step out
FACTS = ("home", "owned_by", "area_m2", "distance_m", "condition", "step_free", "becomes", "note")


def show(scope: Scope, home: int) -> None:
    """The idle rooms, the longest first, and the empty buildings by how far each is; a touch opens one."""
    st.subheader(t("rooms.idle_rooms"), anchor=False)
    idle = scope.read("room_idle", home_id=home, order="days DESC, room")
    if idle.empty:
        st.success(t("rooms.none_idle"), icon=":material/check_circle:")
    else:
        people.touch(idle, "room", _idle)
    st.subheader(t("buildings"), anchor=False)
    st.caption(t("buildings.how"))
    found = tables.rows(scope.read("building_list", home_id=home, order="id"))
    found.sort(
        key=lambda row: ("agreed", "inspected", "candidate", "converted", "dropped").index(row["building_state"])
    )
    people.touch(pd.DataFrame(found), "building", _building)
    forms.add(scope, "buildings", home_id=home, state="candidate")


def _idle(row: Row) -> str:
    becomes = t("rooms.could_become", kind=t(row["becomes"])) if row["becomes"] else t("rooms.becomes_open")
    parts = [
        t("rooms.idle_for", n=row["days"]),
        t(row["idle_cause"]),
        t("rooms.holds", n=row["capacity"]),
        floor(row),
        "" if row["step_free"] else t("rooms.steps"),
        becomes,
    ]
    return f"**{literal(row['room'])}**\u2003{literal(t('dot').join(filter(None, parts)))}"


def _building(row: Row) -> str:
    parts = [
        t(row["building_state"]),
        t(row["source"]),
        t("buildings.area", n=row["area_m2"]) if row["area_m2"] else "",
        t("buildings.distance", n=row["distance_m"]) if row["distance_m"] is not None else "",
        t(row["condition"]),
        t("rooms.could_become", kind=t(row["becomes"])) if row["becomes"] else "",
    ]
    return f"**{literal(row['building'])}**\u2003{literal(t('dot').join(filter(None, parts)))}"


# -- one building


def building(scope: Scope, row: Row) -> None:
    """One building: what is known of it, what it could become, and the next step by touch."""
    people.close("building", "back_to_list")
    st.subheader(literal(row["building"]), anchor=False)
    st.markdown(f"**{t(row['building_state'])}**\u2003{t(row['source'])}")
    tables.facts({name: row[name] for name in FACTS})
    if not scope.may("e", "buildings"):
        return
    if row["building_state"] not in ("converted", "dropped"):
        _becomes(scope, row)
    with st.container(horizontal=True, key=f"board_steps_{row['id']}"):
        for state in STEPS[row["building_state"]]:
            if st.button(t(f"to.{state}"), type=TYPES[state == "dropped"], key=f"to_{state}_{row['id']}"):
                _step(scope, row, state)
    forms.edit(scope, "buildings", row["id"])


def _becomes(scope: Scope, row: Row) -> None:
    def save(desk: Desk, kind: str) -> None:
        rooms.becomes(desk, "buildings", row["id"], kind)

    board.ask(scope, f"building_{row['id']}", t("becomes"), BECOMES, row["becomes"], t, save)


def _step(scope: Scope, row: Row, state: str) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        made = rooms.step(desk, row["id"], state)
    if outcome.ok and made is not None:
        st.query_params.pop("building", None)
        st.query_params["room"] = str(made)
    if outcome.ok:
        st.rerun()
