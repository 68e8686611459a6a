"""A new class by few touches: what it answers, who leads it, where and when, how many places; one confirm."""

from datetime import date

import streamlit as st

from components import forms, leading, one_class, people, slots, tables, turns
from components.week_drawn import WEEKDAYS, weekday
from components.words import t
from db import activities
from db.scope import Row, Scope

KINDS = ("class", "lecture", "performance", "exercise", "games", "handicraft", "celebration", "other_activity")
PLACES = (5, 8, 10, 15, 20, 30, 50)
GUEST, NOBODY = -1, -2  # instead of somebody of the home


def begun() -> bool:
    """Whether a new class is being made."""
    return "start" in st.query_params


def form(scope: Scope) -> None:
    """The form of a new class; the address may hold the need that it answers."""
    people.close("start", "back_to_list")
    st.subheader(t("activity.new"), anchor=False)
    _fields(scope, turns.addressed())


@st.fragment
def _fields(scope: Scope, key: str) -> None:
    services = scope.read("services")["code"].tolist()
    told = st.query_params.get("start")
    lacking = scope.read("activity_wanted", order="people DESC, service")["service"].tolist()
    services = [*lacking, *(each for each in services if each not in lacking)]
    default = told if told in services else "culture"
    picked = slots.pick("activity.service", services, key, default=default, required=True, format_func=t)
    service = str(picked or default)
    kind = slots.pick("activity.kind", list(KINDS), key, default="class", required=True, format_func=t) or "class"
    leader = _leader(scope, service, key)
    slot = slots.place(scope, key)
    if slot is None:
        return
    room = tables.rows(scope.read("room_board", id=slot["room_id"]))[0]
    row = {"service": service, "kind": kind, "key": key, **leader} | _named(service, room, key)
    day = slot.pop("day")
    row |= slot | {"first_day": day, "weekday": WEEKDAYS[date.fromisoformat(day).weekday()]}
    when = slots.when(slot | {"day": day})
    label = t("activity.confirm", weekday=weekday(day), when=when)
    if st.button(label, type="primary", icon=":material/check:", key="activity_confirm", width="stretch"):
        _save(scope, row)


def _leader(scope: Scope, service: str, key: str) -> Row:
    """Who leads it: those with the skill first; a guest by name, or nobody."""
    names = leading.leaders(scope, service)

    def say(one: int) -> str:
        return (
            t("activity.guest" if one == GUEST else "activity.nobody") if one < 0 else leading.who(names[one], service)
        )

    picked = slots.pick("activity.leader", [*names, GUEST, NOBODY], f"{key}_{service}", format_func=say)
    if picked == GUEST:
        return {"leader_id": None, "guest": st.text_input(t("guest"), key=f"guest_{key}", max_chars=20).strip() or None}
    return {"leader_id": picked if picked in names else None, "guest": None}


def _named(service: str, room: Row, key: str) -> Row:
    """A name, which stands already, and how many places the room allows."""
    name = st.text_input(
        t("activity.name"), t("activity.name_of", service=t(service))[:20], key=f"name_{key}_{service}", max_chars=20
    )
    options = [each for each in PLACES if each <= room["capacity"]] or [room["capacity"]]
    usual = max(each for each in options if each <= 10) if options[0] <= 10 else options[0]
    places = slots.pick(
        "activity.places", options, f"{key}_{room['id']}", default=usual, required=True, format_func=str
    )
    return {"activity": name.strip(), "places": places or usual}


def _save(scope: Scope, row: Row) -> None:
    made: tuple[int, dict[str, str]] = (0, {})
    with forms.refusals() as outcome, scope.work() as desk:
        made = activities.start(desk, row)
    if outcome.ok:
        for name in ("start", "turn"):
            st.query_params.pop(name, None)
        st.query_params["activity"] = str(made[0])
        booked = len(scope.read("bookings", activity_id=made[0]))
        forms.flash(one_class.prolonged(booked, made[1]))
