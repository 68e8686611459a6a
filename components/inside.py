"""A room with people inside: how many, by large buttons or by faces, and the button that ends."""

import html

import streamlit as st

from components import board, cards, tables
from components.words import literal, t
from db import using
from db.scope import Desk, Row, Scope


def head(row: Row, said: str) -> None:
    """The name of a room, how many it holds, its hours; below it what goes on."""
    holds = t("use.holds", n=row["capacity"])
    hours = cards.span(row["opens_minute"], row["closes_minute"] - row["opens_minute"])
    st.markdown(f"**{literal(row['room'])}**\u2003{holds} · {hours}")
    if said:
        st.caption(said)


def inside(scope: Scope, row: Row, may: bool) -> str | None:
    """A room in use: how many, by large buttons or by faces, and the button that ends."""
    who = row["activity"] or row["club"]
    name = f"{literal(who)} · " if who else ""
    over = row["began"] + row["lasted"] <= row["now_minute"]
    head(row, name + t("use.over" if over else "use.until", when=cards.span(row["began"], row["lasted"])))
    heads = st.empty()
    touched = _count(row) if may else None
    named = _faces(scope, row) if may else row["named"]
    heads.html(f"<p class='hh-heads'><b>{row['others'] + named}</b> {html.escape(t('use.inside'))}</p>")
    if may:
        with st.container(horizontal=True, vertical_alignment="center", key=f"ends_{row['session_id']}"):
            if st.button(t("use.end"), key=f"end_{row['id']}", icon=":material/stop:", width="stretch"):
                return "end"
            if cards.fresh(row["recorded_at"]) and cards.take_back(f"begin_{row['session_id']}"):
                return "back_begin"
    return touched


def _count(row: Row) -> str | None:
    with st.container(horizontal=True, key=f"count_{row['id']}"):
        minus = st.button("−1", key=f"minus_{row['id']}", disabled=row["others"] == 0, width="stretch")
        plus = st.button("+1", key=f"plus_{row['id']}", type="primary", width="stretch")
        five = st.button("+5", key=f"five_{row['id']}", width="stretch")
    return "minus" if minus else "plus" if plus else "plus_5" if five else None


def _faces(scope: Scope, row: Row) -> int:
    """Who came, by name: those enrolled in a class, else who lives here; how many are lit then."""
    opened = st.expander(
        t("use.faces"), expanded=row["activity_id"] is not None, icon=":material/face:", key=f"faces_{row['session_id']}",
        on_change="rerun",
    )  # fmt: skip
    if not opened.open:
        return int(row["named"])
    people = tables.rows(scope.read("session_people", session_id=row["session_id"], order="label, id"))
    if row["activity_id"] is not None:
        people = [each for each in people if each["enrolled"] or each["came"]]
    names = {str(each["id"]): literal(each["label"]) for each in people}
    came = {str(each["id"]): int(each["came"]) for each in people}

    def turn(desk: Desk, turned: dict[str, int]) -> None:
        for person, on in turned.items():
            using.face(desk, row["session_id"], int(person), bool(on))

    with opened:
        if not people:
            st.caption(t("use.nobody_enrolled"))
            return int(row["named"])
        after = board.ask_several(scope, f"faces_{row['session_id']}", t("use.faces"), came, names.__getitem__, turn)
    return int(row["named"]) + sum(after.values()) - sum(came.values())
