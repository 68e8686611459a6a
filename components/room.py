"""One room: its picture and data, what stands in its way, and what may be done with it."""

import html
from typing import Any

import streamlit as st

from components import board, closing, forms, people, repairing
from components.room_words import BECOMES, CAUSES, act, floor, hours, state
from components.rooms import pictures
from components.words import t
from db import rooms
from db.scope import Desk, Row, Scope


def show(scope: Scope, row: Row) -> None:
    """One room: its picture and data, what is to be mended in it, and what may be done with it."""
    people.close("room", "back_to_list")
    _story(scope, row)
    if scope.may("e", "rooms"):
        _idle(scope, row)
    repairing.of_room(scope, row)
    if scope.may("a", "closures"):
        with st.expander(t("rooms.close_room"), icon=":material/event_busy:", key=f"closing_{row['id']}"):
            closing.panel(scope, row["home_id"], row)
        _photo(scope, row)
    forms.edit(scope, "rooms", row["id"])


def _story(scope: Scope, row: Row) -> None:
    facts: dict[str, Any] = {
        "capacity": str(row["capacity"]), "open_hours": hours(row), "rooms.source": t(row["source"]), "floor": floor(row),
        "step_free": t("yes" if row["step_free"] else "no"), "idle_since": row["idle_since"],
        "becomes": t(row["becomes"]) if row["becomes"] else None, "rooms.first_day": row["first_day"], "rooms.last_day": row["last_day"],
        "note": row["note"],
    }  # fmt: skip
    cells = "".join(
        f"<div><dt>{t(name)}</dt><dd>{html.escape(said)}</dd></div>" for name, said in facts.items() if said
    )
    image = pictures(scope, row["home_id"]).get(row["id"])
    face = (
        f"<img alt='' src='data:image/jpeg;base64,{html.escape(image)}'>"
        if image
        else f"<span aria-hidden='true'>{html.escape(row['room'][:1])}</span>"
    )
    mark = f"<p class='hh-missing'>{html.escape(state(row))}</p>" if state(row) else ""
    where = t("dot").join([row["home"], t(row["kind"])])
    st.html(
        f"<div class='hh-person'><header>{face}<div><h2>{html.escape(row['room'])}</h2><p>{html.escape(where)}</p>{mark}</div></header>"
        f"<dl class='hh-story'>{cells}</dl></div>"
    )


def _idle(scope: Scope, row: Row) -> None:
    if row["room_state"] == "stands_idle":
        _in_use(scope, row)
    elif row["room_state"] in ("in_use", "shut_today"):
        with st.expander(t("rooms.mark_idle"), icon=":material/do_not_disturb_on:", key=f"idle_{row['id']}"):
            board.ask(
                scope,
                f"cause_{row['id']}",
                t("idle_cause"),
                CAUSES,
                None,
                t,
                lambda desk, cause: rooms.idle(desk, row["id"], cause),
            )
            _redraw(scope, row)


def _in_use(scope: Scope, row: Row) -> None:
    """What an idle room could become, why it is idle, and one touch that takes it into use again."""

    def become(desk: Desk, kind: str) -> None:
        rooms.becomes(desk, "rooms", row["id"], kind)

    becomes = board.ask(scope, f"becomes_{row['id']}", t("becomes"), BECOMES, row["becomes"], t, become)
    board.ask(
        scope,
        f"cause_{row['id']}",
        t("idle_cause"),
        CAUSES,
        row["idle_cause"],
        t,
        lambda desk, cause: rooms.idle(desk, row["id"], cause),
    )
    as_what = becomes if row["kind"] == "idle_room" else row["kind"]
    if as_what is None:
        st.caption(t("rooms.say_becomes"))
    elif st.button(
        t("rooms.use_as", kind=t(as_what)),
        type="primary",
        icon=":material/check:",
        key=f"use_{row['id']}",
        width="stretch",
    ):
        act(scope, rooms.use_again, row["id"], as_what)


def _redraw(scope: Scope, row: Row) -> None:
    if scope.read("rooms", id=row["id"])["idle_since"].notna().iloc[0]:
        st.rerun()


def _photo(scope: Scope, row: Row) -> None:
    with (
        st.expander(t("room_photo"), icon=":material/photo_camera:", key=f"photo_of_{row['id']}"),
        st.form(f"room_photo_{row['id']}", clear_on_submit=True, border=False),
    ):
        file = st.file_uploader(t("photo.choose"), type=["jpg", "jpeg", "png"])
        if not st.form_submit_button(t("photo.keep"), type="primary", icon=":material/photo_camera:"):
            return
    with forms.refusals() as outcome, scope.work() as desk:
        rooms.keep_photo(desk, row, people.small(file, 640))
    if outcome.ok:
        forms.flash(t("saved.done"))
