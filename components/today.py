"""The caretaker's day by touch: who was not seen yet, duties, what is done now, the last entries, open places of tomorrow."""

import html
from typing import Any

import streamlit as st

from components import cards, tables
from components.week_drawn import named
from components.words import literal, t
from db import today
from db.scope import Desk, Row, Scope

LAST = 12  # entries that are shown
GIVERS = 8


def giver(scope: Scope) -> int | None:
    """Who is helping: the caretaker who is signed in, until somebody else is touched; None where the home names nobody."""
    people = {row["id"]: row for row in tables.rows(scope.read("today_givers", order="turn DESC, id DESC"))}
    ids = [row["id"] for row in sorted(people.values(), key=lambda row: (row["turn"], row["id"]))][:GIVERS]
    if not ids:
        return None
    name = scope.user()["name"]
    own = next((id for id in ids if people[id]["name"] == name), ids[0])
    picked = st.segmented_control(
        t("today.giver"), ids, format_func=lambda each: literal(people[each]["label"]), default=own, required=True, key="giver",
        persist_state="session",
    )  # fmt: skip
    return picked or own


# -- who was not seen


def unseen(scope: Scope, by: int | None) -> None:
    """Those alone or 80 and older of whom nothing was noted today, a large card each; a touch says that they were seen."""
    st.subheader(t("today.unseen"), anchor=False)
    people = tables.rows(scope.read("today_people", watch=1, seen=0, order="alone DESC, room, label"))
    if not people:
        st.success(t("today.all_seen"), icon=":material/check_circle:")
    with st.container(key="cards_unseen"):
        for person in people:
            _unseen(scope, person, by)


@st.fragment
def _unseen(scope: Scope, person: Row, by: int | None) -> None:
    why = t("dot").join(t(each) for each in ("alone", "aged") if person[each])
    visited(scope, person, f"**{literal(person['label'])}**\u2003{_room(person)}{why}", by)


def visited(scope: Scope, person: Row, label: str, by: int | None, confirmed: str = "caretaker") -> None:
    """A card that books a visit of today at a touch, and takes it back."""

    def look() -> Row:
        return tables.rows(scope.read("today_people", id=person["id"]))[0]

    def face(row: Row) -> str | None:
        if row["log_id"] is None:
            return "seen" if st.button(label, key=f"seen_{person['id']}", type="primary", width="stretch") else None
        return _stands(f"{literal(person['label'])}\u2003{t('today.seen')}", f"seen_{row['log_id']}")

    def seen(desk: Desk, row: Row) -> None:
        today.seen(desk, row, by, confirmed)

    cards.live(scope, look, face, {"seen": seen, "back": _back})


def _stands(said: str, name: str) -> str | None:
    """What was noted, with a way to undo it."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"stands_{name}"):
        st.markdown(f"✓ {said}")
        return "back" if cards.take_back(name) else None


def _back(desk: Desk, row: Row) -> None:
    today.undo(desk, row["log_id"])


def _room(row: Row) -> str:
    return f"{t('room')} {literal(row['room'])}\u2003" if row["room"] else ""


# -- today's duties


def duties(scope: Scope) -> None:
    """Who is on duty today; one touch says that it is done, another that it begins now."""
    rows = tables.rows(scope.read("today_duties", order="start_minute, duty, label"))
    if rows:
        st.subheader(t("today.duties"), anchor=False)
        with st.container(key="cards_duties"):
            for row in rows:
                _duty(scope, row)


@st.fragment
def _duty(scope: Scope, row: Row) -> None:
    def look() -> Row:
        return named(tables.rows(scope.read("today_duties", id=row["id"])), "duty")[0]

    acts = {"done": today.duty, "begin": today.begin, "end": today.end, "back": _back}
    cards.live(scope, look, _duty_face, acts)


def _duty_face(row: Row) -> str | None:
    said = f"{literal(row['duty'])}\u2003{literal(row['label'])}"
    id, log = row["id"], row["log_id"]
    with st.container(horizontal=True, vertical_alignment="center", key=f"duty_{id}_{log}_{row['confirmed']}"):
        if log is None:
            label = f"**{said}**\u2003{cards.span(row['start_minute'], row['minutes'])}"
            done = st.button(label, key=f"done_{id}", width="stretch")
            begun = st.button(t("today.begin"), key=f"begin_{id}")
            return "done" if done else "begin" if begun else None
        st.markdown(f"{'◐' if row['confirmed'] == 'planned_end' else '✓'} {said}\u2003{_when(row)}")
        if row["confirmed"] == "planned_end" and st.button(t("today.end"), key=f"end_{id}", type="primary"):
            return "end"
        return "back" if cards.take_back(f"duty_{log}") else None


def _when(row: Row) -> str:
    times = cards.span(row["began"], row["lasted"])
    return t("today.until_planned", times=times) if row["confirmed"] == "planned_end" else times


# -- done now, for one resident


@st.fragment
def done_now(scope: Scope, by: int | None) -> None:
    """Touch a resident, then what was done."""
    st.subheader(t("today.now"), anchor=False)
    people = {row["id"]: row for row in tables.rows(scope.read("today_people", order="room, label"))}
    if not people:
        tables.nothing()
        return
    with st.container(key="board_people"):
        picked = st.segmented_control(
            t("today.whom"), list(people), format_func=lambda each: literal(people[each]["label"]), key="now_person",
            label_visibility="collapsed", width="stretch",
        )  # fmt: skip
    if picked in people:
        services(scope, people[picked], by)


def services(scope: Scope, person: Row, by: int | None, confirmed: str = "caretaker") -> None:
    """The services as large targets; a touch books one of now for this person."""
    st.markdown(f"**{literal(person['label'])}**\u2003{_room(person)}{t('today.what')}")
    with st.container(key="cards_services"):
        for service in scope.read("services", asked=1)["code"]:
            _service(scope, person, service, by, confirmed)


@st.fragment
def _service(scope: Scope, person: Row, service: str, by: int | None, confirmed: str) -> None:
    """One service for one person: how often it was given today is part of the touch, so that a second tap books nothing."""

    def look() -> Row:
        found = tables.rows(scope.read("today_entries", receiver_id=person["id"]))
        mine = [row for row in found if row["service"] == service]
        standing = [row["id"] for row in mine if not row["undone"]]
        return person | {"turn": len(mine), "given": len(standing), "log_id": max(standing, default=None)}

    def face(row: Row) -> str | None:
        name = f"{person['id']}_{service}_{row['turn']}_{row['given']}"
        label = t(service) + (f"\u2003✓ {row['given']}" if row["given"] else "")
        with st.container(horizontal=True, vertical_alignment="center", key=f"give_row_{name}"):
            given = st.button(label, key=f"give_{name}", width="stretch")
            back = row["log_id"] is not None and cards.take_back(f"give_{row['log_id']}")
        return "give" if given else "back" if back else None

    def give(desk: Desk, row: Row) -> None:
        today.give(desk, person, service, by, f"now{row['turn']}", confirmed)

    cards.live(scope, look, face, {"give": give, "back": _back})


# -- what was written down, and tomorrow


@st.fragment
def last(scope: Scope) -> None:
    """The last entries of today, read when this is opened; those of the last ten minutes can be undone."""
    with st.expander(t("today.last"), icon=":material/history:", key="today_last", on_change="rerun") as opened:
        if not opened.open:
            return
        entries = tables.rows(scope.read("today_entries", order="recorded_at DESC, id DESC", limit=LAST))
        if not entries:
            tables.nothing()
        for row in entries:
            _entry(scope, row)


def _entry(scope: Scope, row: Row) -> None:
    def look() -> Row:
        return tables.rows(scope.read("today_entries", id=row["id"]))[0] | {"log_id": row["id"]}

    def face(row: Row) -> str | None:
        with st.container(horizontal=True, vertical_alignment="center", key=f"entry_{row['id']}_{row['undone']}"):
            st.html(f"<p class='{'hh-undone' if row['undone'] else ''}'>{html.escape(entry(row))}</p>")
            if row["undone"] or not cards.fresh(row["recorded_at"]):
                return None
            return "back" if cards.take_back(f"entry_{row['id']}") else None

    cards.live(scope, look, face, {"back": _back})


def entry(row: Row) -> str:
    """An entry in a line: when, who, for whom, what, how long."""
    duty = None if row["request_id"] else row["duty"]
    what = duty or t(row["service"])
    whom = "" if duty else tables.shown("receiver", row["receiver"])
    long = t("today.minutes", n=row["minutes"])
    parts: list[Any] = [
        cards.at(row["recorded_at"]),
        what,
        whom,
        row["giver"],
        long,
        tables.shown("confirmed", row["confirmed"]),
    ]
    return " · ".join(filter(None, parts))


def gaps(scope: Scope) -> None:
    """Places of tomorrow that nobody has taken."""
    rows = named(tables.rows(scope.read("today_gaps", order="start_minute, duty")), "duty")
    st.subheader(t("today.gaps"), anchor=False)
    if not rows:
        st.success(t("today.no_gaps"), icon=":material/check_circle:")
        return
    lines = [
        f"<li class='hh-2'>{html.escape(row['duty'])} {cards.span(row['start_minute'], row['minutes'])} "
        f"{html.escape(t('today.open', n=row['open']))}</li>"
        for row in rows
    ]
    st.html(f"<ul class='hh-sentences'>{''.join(lines)}</ul>")
