"""Rounds on a tablet: everybody is preset to done; touch the exceptions and why, confirm once."""

import html

import streamlit as st

from components import board, cards, forms, tables
from components.words import literal, t
from db import rounds
from db.scope import Desk, Row, Scope

WHY = ("away", "refused", "ill", "hospital", "other")
ICONS = {
    "morning_check": ":material/wb_twilight:",
    "breakfast": ":material/bakery_dining:",
    "medicine": ":material/pill:",
    "lunch": ":material/lunch_dining:",
    "dinner": ":material/dinner_dining:",
}


def buttons(scope: Scope) -> None:
    """Today's rounds as large buttons, each with how it stands; a touch opens one."""
    st.subheader(t("today.rounds"), anchor=False)
    with st.container(key="cards_rounds"):
        for row in tables.rows(scope.read("today_rounds", order="turn")):
            label = f"**{t(row['called'])}**\u2003{_standing(row)}"
            if st.button(label, icon=ICONS[row["kind"]], key=f"round_{row['kind']}", width="stretch"):
                st.query_params["round"] = row["kind"]
                st.rerun()


def _standing(row: Row) -> str:
    if row["confirmed_at"] is None:
        return t("round.begun") if row["round_id"] else t("round.not_yet")
    return "✓ " + t("round.of", n=row["took_part"], of=row["took_part"] + row["left_out"])


def chosen() -> str | None:
    """The round that the address holds, if there is such a one."""
    told = st.query_params.get("round", "")
    return told if told in ICONS else None


@st.fragment
def one(scope: Scope, home: int, kind: str) -> None:
    """One round: all who live there, the exceptions lit; why for each of them; the button that confirms all at once."""
    state = tables.rows(scope.read("today_rounds", home_id=home, kind=kind))[0]
    st.subheader(t(state["called"]), anchor=False)
    if state["confirmed_at"] is None:
        st.write(t("round.how"))
    else:
        _confirmed(scope, state)
    people = tables.rows(scope.read("round_people", kind=kind, order="room, label"))
    if not people:
        tables.nothing()
        return
    finish = st.container(key="board_finish")
    _exceptions(scope, home, kind, people)
    if state["confirmed_at"] is None:
        with finish:
            _confirm(scope, home, kind, people)


def _exceptions(scope: Scope, home: int, kind: str, people: list[Row]) -> None:
    """Whom to touch: lit is who is an exception, with a row of reasons for each."""
    names = {str(row["id"]): literal(row["label"]) for row in people}
    left_out = {id: int(row["state"] != "done") for id, row in zip(names, people, strict=True)}

    def turn(desk: Desk, turned: dict[str, int]) -> None:
        rounds.mark(desk, home, kind, {int(id): "other" if on else "done" for id, on in turned.items()})

    why = st.container()
    with st.container(key="board_people"):
        after = board.ask_several(scope, f"round_{home}_{kind}", t(kind), left_out, names.__getitem__, turn)
    for row in people:
        row["state"] = (
            row["state"]
            if after[str(row["id"])] == left_out[str(row["id"])]
            else ("done", "other")[after[str(row["id"])]]
        )
    with why:
        for row in (each for each in people if each["state"] != "done"):
            row["state"] = _why(scope, home, kind, row)


def _why(scope: Scope, home: int, kind: str, row: Row) -> str:
    def save(desk: Desk, state: str) -> None:
        rounds.mark(desk, home, kind, {row["id"]: state})

    name = f"why_{kind}_{row['id']}"
    return (
        board.ask(scope, name, literal(row["label"]), WHY, row["state"], lambda each: t(f"mark.{each}"), save)
        or "other"
    )


def _confirm(scope: Scope, home: int, kind: str, people: list[Row]) -> None:
    out = sum(row["state"] != "done" for row in people)
    label = t("round.confirm", n=len(people) - out, out=out)
    if st.button(label, type="primary", icon=":material/done_all:", key=f"confirm_{kind}", width="stretch"):
        with forms.refusals() as outcome, scope.work() as desk:
            rounds.confirm(desk, home, kind)
        if outcome.ok:
            board.again()


def _confirmed(scope: Scope, state: Row) -> None:
    """What stands, and how to change it: undone as a whole while it is fresh, else person by person with a trace."""
    said = t(
        "round.stands",
        time=cards.at(state["confirmed_at"]),
        name=state["confirmed_by"],
        n=state["took_part"],
        out=state["left_out"],
    )
    st.html(f"<p class='hh-stands'>✓ {html.escape(said)}</p>")
    if cards.fresh(state["confirmed_at"]) and cards.take_back(f"round_{state['round_id']}"):
        with forms.refusals() as outcome, scope.work() as desk:
            rounds.undo(desk, state["round_id"])
        if outcome.ok:
            board.again()
    st.caption(t("round.correct"))
