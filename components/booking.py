"""A room booked by touch: which, on what day, from when, for how long, for whom, once or weekly; one confirm."""

import html
from dataclasses import replace

import streamlit as st

from components import forms, people, slots, tables, turns
from components.week_drawn import later, short, weekday
from components.words import literal, t
from db import bookings
from db.scope import Row, Scope

WEEKS = {"booking.once": 1, "booking.weeks_4": 4, "booking.weeks_12": 12, "booking.weeks_26": 26}
OURS = 0  # instead of a club: the home itself


def begun() -> bool:
    """Whether a room is being booked."""
    return "book" in st.query_params


def form(scope: Scope) -> None:
    """The form of a new booking; the address may hold the room and the day."""
    people.close("book", "use.back")
    st.subheader(t("use.book"), anchor=False)
    _fields(scope, turns.addressed())


@st.fragment
def _fields(scope: Scope, key: str) -> None:
    told, _, told_day = st.query_params.get("book", "").partition(".")
    slot = slots.place(scope, key, told, told_day)
    if slot is None:
        return
    row = slot | {"key": key, "club_id": _club(scope, key)}
    weeks = slots.pick("booking.weeks", list(WEEKS), key, default="booking.once", required=True, format_func=t)
    _confirm(scope, row, WEEKS[weeks or "booking.once"])


def _club(scope: Scope, key: str) -> int | None:
    """Which club it is for, with what is left of its week; the home itself until one is touched."""
    clubs = {row["id"]: row for row in tables.rows(scope.read("club_list", active=1, order="club"))}
    if not clubs:
        return None
    picked = slots.pick(
        "booking.club", [OURS, *clubs], key, default=OURS, required=True,
        format_func=lambda each: literal(clubs[each]["club"]) if each else t("use.home_itself"),
    )  # fmt: skip
    return picked or None


def _confirm(scope: Scope, row: Row, weeks: int) -> None:
    """What will be booked, with the days of a series that are refused and why; one touch books the rest."""
    last = later(row["day"], 7 * (weeks - 1))
    with scope.work() as desk:
        able, refused = bookings.trial(desk, row, last)
    if refused:
        lines = "".join(f"<li class='hh-2'>{html.escape(_refused(day, rule))}</li>" for day, rule in refused.items())
        st.html(f"<ul class='hh-sentences'>{lines}</ul>")
    if not able:
        return
    label = (
        t("booking.confirm", when=slots.when(row))
        if weeks == 1
        else t("booking.confirm_series", n=able, when=slots.when(row))
    )
    if st.button(label, type="primary", icon=":material/check:", key="book_confirm", width="stretch"):
        _save(scope, row, last)


def _refused(day: str, rule: str) -> str:
    return f"{short(day)} {weekday(day)}{t('colon')}{t(f'rule.{rule}')}"


def _save(scope: Scope, row: Row, last: str) -> None:
    made: list[int] = []
    with forms.refusals() as outcome, scope.work() as desk:
        made, _ = bookings.book_series(desk, row, last)
    if outcome.ok and made:
        for name in ("book", "turn"):
            st.query_params.pop(name, None)
        st.query_params["booking"] = str(made[0])
        st.rerun()


# -- one booking


def one(scope: Scope, row: Row) -> None:
    """A booking with what became of it; while it stands it is moved or cancelled, alone or with those after it."""
    people.close("booking", "use.back")
    st.subheader(literal(f"{row['room']} · {slots.when(row)}"), anchor=False)
    said = [t(row["state"]), literal(row["activity"] or row["club"] or t("use.home_itself"))]
    said += [t("booking.by", name=literal(row["booked_by"]))] if row["booked_by"] else []
    st.markdown(" · ".join(said))
    rest = _rest(scope, row)
    if row["state"] not in ("booking_booked", "booking_shut") or not scope.may("e", "bookings"):
        return
    with st.container(horizontal=True, key="board_booking"):
        forms.act(scope, "booking.cancel", bookings.cancel, row["id"])
        if len(rest) > 1:
            forms.act(scope, "booking.cancel_rest", bookings.cancel_rest, row["id"])
    st.subheader(t("booking.move"), anchor=False)
    _move(scope, row, turns.addressed())


def _rest(scope: Scope, row: Row) -> list[Row]:
    """The bookings of a series from this one on that stand, said in a line."""
    if not row["series"]:
        return []
    found = tables.rows(
        replace(scope, month=None).read("booking_list", series=row["series"], state="booking_booked", order="day")
    )
    rest = [each for each in found if each["day"] >= row["day"]]
    if len(rest) > 1:
        st.caption(t("booking.series", n=len(rest), last=short(rest[-1]["day"])))
    return rest


@st.fragment
def _move(scope: Scope, row: Row, key: str) -> None:
    slot = slots.place(scope, key, str(row["room_id"]), row["day"], but=row["id"])
    if slot is None:
        return
    label = t("booking.move_to", when=slots.when(slot))
    if st.button(label, type="primary", icon=":material/check:", key=f"move_{key}", width="stretch"):
        moved = 0
        with forms.refusals() as outcome, scope.work() as desk:
            moved = bookings.move(desk, row["id"], slot | {"key": key})
        if outcome.ok:
            st.query_params.pop("turn", None)
            st.query_params["booking"] = str(moved)
            st.rerun()
