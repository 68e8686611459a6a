"""Days on which a home or a room is shut: who is hit before it is done, and the way back."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components import cards, forms, tables, turns
from components.room_words import act
from components.words import literal, t
from db import rooms
from db.scope import Row, Scope

REASONS = ("festival", "harvest", "repair", "no_staff", "other_reason")
AGAIN = {"closed_now": "rooms.open_again", "closed_soon": "rooms.not_closed"}
FIRST = 8  # bookings that are named


def show(scope: Scope, home: int) -> None:
    """What is shut now or soon, each with a touch that opens it again; a panel to shut the home or a room; the past below."""
    found = tables.rows(scope.read("closure_list", home_id=home, order="first_day DESC, id DESC"))
    ahead = [row for row in found if row["closure_state"] != "closed_past"]
    if not ahead:
        tables.nothing()
    for row in reversed(ahead):
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"card_closed_{row['id']}"):
            st.markdown(_line(row))
            if scope.may("e", "closures") and st.button(t(AGAIN[row["closure_state"]]), key=f"open_again_{row['id']}"):
                act(scope, rooms.open_again, row["id"])
    if scope.may("a", "closures"):
        st.subheader(t("rooms.close"), anchor=False)
        panel(scope, home, None)
    past = [row for row in found if row["closure_state"] == "closed_past"]
    if past:
        st.subheader(t("rooms.closed_before"), anchor=False)
        tables.table(pd.DataFrame(past)[["first_day", "last_day", "room", "reason", "note"]])


def _line(row: Row) -> str:
    where = row["room"] or t("rooms.whole_home")
    days = row["first_day"] if row["first_day"] == row["last_day"] else f"{row['first_day']} – {row['last_day']}"
    said = t("dot").join(filter(None, [days, t(row["reason"]), t(row["closure_state"]), row["note"]]))
    return f"**{literal(where)}**\u2003{literal(said)}"


def panel(scope: Scope, home: int, room: Row | None) -> None:
    """Which room or the whole home, which days and why; the bookings that it hits; one touch that shuts and cancels."""
    what = f"shut_{home}_{room['id'] if room else 'all'}"
    name = turns.turn(what)
    row: Row = {"home_id": home, "room_id": room["id"] if room else _which(scope, home, name)} | _days(scope, name)
    with st.container(key=f"board_reason_{name}"):
        row["reason"] = st.segmented_control(t("reason"), REASONS, format_func=t, key=f"reason_{name}", width="stretch")
    hit = _hit(scope, row)
    if len(hit):
        st.warning(t("rooms.hits", n=len(hit), bookings=_named(hit)), icon=":material/event_busy:")
    label = t("rooms.close_and_cancel", n=len(hit)) if len(hit) else t("rooms.close")
    if st.button(label, type="primary", key=f"shut_{name}", width="stretch"):
        _shut(scope, row | {"key": name}, what)


def _which(scope: Scope, home: int, name: str) -> int | None:
    found = scope.read("room_list", home_id=home, order="room")
    found = found[~found["kind"].isin(["bedroom", "idle_room"])]
    labels: dict[int, str] = {0: t("rooms.whole_home")} | dict(zip(found["id"], found["room"], strict=True))
    picked = st.selectbox(t("room"), list(labels), format_func=labels.__getitem__, key=f"shut_room_{name}")
    return int(picked) or None


def _days(scope: Scope, name: str) -> Row:
    today = date.fromisoformat(scope.today())
    with st.container(horizontal=True, key=f"shut_days_{name}"):
        first = st.date_input(t("first_day"), today, format="YYYY-MM-DD", key=f"shut_from_{name}")
        last = st.date_input(t("last_day"), max(today, first or today), format="YYYY-MM-DD", key=f"shut_to_{name}")
    return {"first_day": str(first) if first else None, "last_day": str(last) if last else None}


def _hit(scope: Scope, row: Row) -> pd.DataFrame:
    """The bookings that stand on those days."""
    where: dict[str, Any] = {"room_id": row["room_id"]} if row["room_id"] else {}
    days = (row["first_day"] or "", row["last_day"] or "")
    return scope.read("booking_ahead", home_id=row["home_id"], order="day, start_minute", days=days, **where)


def _named(hit: pd.DataFrame) -> str:
    lines = [
        f"{each['day']} {cards.span(each['start_minute'], each['minutes'])} {each['room']} {each['club'] or ''}".strip()
        for each in tables.rows(hit.head(FIRST))
    ]
    return literal(t("comma").join(lines)) + ("…" if len(hit) > FIRST else "")


def _shut(scope: Scope, row: Row, what: str) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        cancelled = rooms.close(desk, row)
    if outcome.ok:
        turns.over(what)
        forms.flash(t("rooms.closed", n=cancelled))
