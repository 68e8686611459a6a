"""Cards on the doors: a printed code opens Today at whoever lives there; it carries a token and no name."""

import html

import streamlit as st

from components import forms, people, report, tables, today
from components.words import literal, t
from db import rounds
from db.scope import Row, Scope

OF = ("person", "room")


def arrived(scope: Scope, by: int | None) -> None:
    """Where the address holds the token of a door: who lives there, one touch for the visit; or why the card opens nothing."""
    token = st.query_params.get("door", "")
    if not token:
        return
    found = tables.rows(scope.read("door_list", token=token))
    if not found or not found[0]["now"] or not found[0]["here"]:
        st.warning(
            t("door.unknown" if not found else "door.renewed" if not found[0]["now"] else "door.left"),
            icon=":material/qr_code:",
        )
    else:
        which = {"id": found[0]["person_id"]} if found[0]["person_id"] else {"room": found[0]["room"]}
        for person in tables.rows(scope.read("today_people", order="label", **which)):
            _at_door(scope, person, by)
    people.close("door", "door.close")


@st.fragment
def _at_door(scope: Scope, person: Row, by: int | None) -> None:
    with st.container(border=True, key=f"card_door_{person['id']}"):
        room = f"{t('room')} {literal(person['room'])}" if person["room"] else ""
        st.markdown(f"#### {literal(person['label'])}\u2003{room}")
        today.visited(scope, person, f"**{t('door.visited')}**", by, "door")
        with st.expander(t("door.more"), key=f"door_more_{person['id']}", on_change="rerun") as more:
            if more.open:
                today.services(scope, person, by, "door")


def sheet(scope: Scope, home: int) -> None:
    """A printed sheet of all codes, and a new card for one that was lost."""
    with st.expander(t("doors"), icon=":material/qr_code_2:", key="doors", on_change="rerun") as opened:
        if not opened.open:
            return
        st.write(t("doors.how"))
        of = st.segmented_control(
            t("doors.of"), OF, format_func=lambda each: t(f"doors.{each}"), default=OF[0], required=True
        )
        report.button("print_doors", lambda: _paper(scope, home, of or OF[0]), scope, "door_cards")
        cards = {row["id"]: row for row in tables.rows(scope.read("door_list", now=1, order="room, label"))}
        picked = st.selectbox(
            t("doors.lost"),
            list(cards),
            None,
            format_func=lambda each: _name(cards[each]),
            placeholder=t("type_or_touch"),
            key="lost",
        )
        if picked is not None:
            forms.act(scope, "renew_card", rounds.renew, picked)


def _name(row: Row) -> str:
    return " ".join(filter(None, [row["label"], row["room"]]))


def _paper(scope: Scope, home: int, of: str) -> str:
    """All cards of the home, a code for each resident or room; those that had none get theirs."""
    with scope.work() as desk:
        rounds.cards(desk, home, of)
    rooms = dict(scope.read("today_people")[["id", "room"]].itertuples(index=False))
    found = tables.rows(scope.read("door_list", now=1, here=1, order="room, label"))
    mine = [row for row in found if (row["room"] is not None) == (of == "room")]
    body = "".join(_card(row, row["room"] or rooms.get(row["person_id"])) for row in mine)
    return report.paper(t("doors"), t("doors.under"), f"<div class='doors'>{body}</div>", inside=True)


def _card(row: Row, room: str | None) -> str:
    import segno

    code = segno.make(address(row["token"]), error="m", micro=False).svg_inline(scale=4, border=2)
    where = f"{t('room')} {room}" if room else ""
    return (
        f"<figure>{code}<figcaption><b>{html.escape(row['label'] or '')}</b> {html.escape(where)}</figcaption></figure>"
    )


def address(token: str) -> str:
    """Where a code leads: this very server, Today, the token."""
    here = str(st.context.url or "").split("?")[0].rpartition("/")[0]
    return f"{here}/today?door={token}"
