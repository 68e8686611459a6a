"""Today's rooms on a tablet: one touch begins, heads are counted by touch or by face, one touch ends."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from components import board, cards, forms, tables
from components.inside import head, inside
from components.words import literal, t
from db import using
from db.scope import Row, Scope

SOON = 30  # minutes before its start from which a booking is begun by the same touch as a walk-in
ACTS = {
    "begin": lambda desk, row: using.begin(desk, row["id"]),
    "begin_next": lambda desk, row: using.begin(desk, row["id"], row["next_id"]),
    "begin_gone": lambda desk, row: using.begin(desk, row["id"], row["gone_id"]),
    "minus": lambda desk, row: using.count(desk, row["session_id"], -1),
    "plus": lambda desk, row: using.count(desk, row["session_id"], 1),
    "plus_5": lambda desk, row: using.count(desk, row["session_id"], 5),
    "end": lambda desk, row: using.end(desk, row["session_id"]),
    "back_begin": lambda desk, row: using.undo(desk, row["session_id"]),
    "back_end": lambda desk, row: using.undo(desk, row["done_id"]),
}


def home(scope: Scope) -> Scope | None:
    """The scope of one home, whatever the month: the only one, the one of the filter, or the one that is chosen here."""
    homes = tables.rows(scope.read("user_homes", order="township, label"))
    labels = {row["label"]: row["home_id"] for row in homes}
    if len(scope.homes) == 1:
        return replace(scope, month=None)
    if len(labels) > 1:
        picked = st.selectbox(
            t("use.home"), list(labels), index=None, key="of", bind="query-params", placeholder=t("type_or_touch")
        )
        if picked is None:
            st.info(t("use.choose_home"), icon=":material/home_work:")
            return None
        return replace(scope, month=None, homes=(labels[picked],))
    return replace(scope, month=None, homes=tuple(labels.values())) if labels else None


def now(scope: Scope) -> None:
    """A card a room, with who is inside and what comes next; below them the classes that nobody ended."""
    rows = tables.rows(scope.read("room_board", order="shut IS NOT NULL, session_id IS NULL, next_id IS NULL, room"))
    if not rows:
        st.info(t("use.no_rooms"), icon=":material/meeting_room:")
        return
    may = scope.may("a", "room_sessions")
    if scope.may("a", "bookings") and st.button(
        t("use.book"), icon=":material/event:", key="book_new", width="stretch"
    ):
        st.query_params["book"] = "new"
        st.rerun()
    with st.container(key="cards_rooms"):
        for row in rows:
            room(scope, row["id"], may)
    _unended(scope)


@st.fragment
def room(scope: Scope, id: int, may: bool) -> None:
    """One room of today; a touch is saved at once and the card shows what then stands."""
    row = tables.rows(scope.read("room_board", id=id))[0]
    with st.container(border=True, key=f"card_room_{id}"):
        touched = inside(scope, row, may) if row["session_id"] is not None else _empty(row, may)
    if touched is None:
        return
    with forms.refusals() as outcome, scope.work() as desk:
        ACTS[touched](desk, row)
    if outcome.ok:
        board.again()


# -- nobody inside


def _empty(row: Row, may: bool) -> str | None:
    """An empty room: what comes next or was let go, and the button that begins."""
    head(row, _coming(row))
    if row["shut"] is not None:
        return None
    touched = _begin(row) if may else None
    if row["done_id"] is not None:
        said = t("use.ended", who=literal(_who(row["done_by"])), n=row["done_heads"], time=cards.at(row["ended_at"]))
        with st.container(horizontal=True, vertical_alignment="center", key=f"stands_room_{row['done_id']}"):
            st.markdown(f"✓ {said}")
            if may and cards.fresh(row["ended_at"]) and cards.take_back(f"end_{row['done_id']}"):
                return "back_end"
    return touched


def _coming(row: Row) -> str:
    if row["shut"] is not None:
        return t("use.shut", why=t(row["shut"]))
    parts = []
    if row["gone_id"] is not None:
        parts.append(t("use.let_go", who=literal(_who(row["gone_by"])), time=cards.clock(row["gone_start"])))
    if row["next_id"] is not None:
        when = cards.span(row["next_start"], row["next_minutes"])
        parts.append(t("use.next", who=literal(_who(row["next_by"])), when=when))
    return " ".join(parts) or t("use.free")


def _begin(row: Row) -> str | None:
    """The buttons that begin: what is booked now, else whoever walks in; and those who were let go and came late."""
    soon = row["next_id"] is not None and row["next_start"] - SOON <= row["now_minute"]
    label = t("use.begin_of", who=literal(_who(row["next_by"]))) if soon else t("use.begin")
    kind: Literal["primary", "secondary"] = "primary" if soon else "secondary"
    if st.button(label, key=f"begin_{row['id']}", type=kind, icon=":material/play_arrow:", width="stretch"):
        return "begin_next" if soon else "begin"
    if row["gone_id"] is not None and not soon:
        late = t("use.came_late", who=literal(_who(row["gone_by"])))
        if st.button(late, key=f"late_{row['id']}", width="stretch"):
            return "begin_gone"
    return None


def _who(name: str | None) -> str:
    """A club or a class by its name; a booking of the home itself, or whoever walked in."""
    return name or t("use.home_itself")


# -- what nobody ended


def _unended(scope: Scope) -> None:
    """Classes of the last days of which nobody said that they ended: a touch ends them as planned."""
    rows = tables.rows(scope.read("session_list", to_end=1, order="day DESC, start_minute DESC"))
    if rows:
        st.subheader(t("use.unended"), anchor=False)
        with st.container(key="cards_unended"):
            for row in rows:
                _end(scope, row)


@st.fragment
def _end(scope: Scope, row: Row) -> None:
    def look() -> Row:
        return tables.rows(scope.read("session_list", id=row["id"]))[0]

    def face(one: Row) -> str | None:
        said = f"{literal(one['activity'])}\u2003{one['day']} {cards.span(one['start_minute'], one['minutes'])}"
        if one["ended_at"] is None:
            label = t("use.end_as_planned", what=said, who=literal(one["leader"]))
            return "end" if st.button(label, key=f"unended_{one['id']}", width="stretch") else None
        with st.container(horizontal=True, vertical_alignment="center", key=f"stands_session_{one['id']}"):
            st.markdown(f"✓ {said}")
            return "back" if cards.take_back(f"session_{one['id']}") else None

    acts = {"end": lambda desk, one: using.end(desk, one["id"]), "back": lambda desk, one: using.undo(desk, one["id"])}
    cards.live(scope, look, face, acts)
