"""The week of a room: what is booked and used on each day; a touch opens a booking, or books what is free."""

import html
from dataclasses import replace
from datetime import date

import streamlit as st

from components import cards, tables, week_board
from components.week_drawn import later, short, weekday
from components.words import literal, t
from db import rota
from db.scope import Row, Scope

AHEAD = 28  # days after this Monday on which the last week that is shown begins


def show(scope: Scope) -> None:
    """Choose a room; its week, with steps to the next ones."""
    rooms = {str(row["id"]): row for row in tables.rows(scope.read("room_board", order="room, id"))}
    if not rooms:
        st.info(t("use.no_rooms"), icon=":material/meeting_room:")
        return
    with st.container(key="board_week_room"):
        picked = st.segmented_control(
            t("booking.room"), list(rooms), format_func=lambda each: literal(rooms[each]["room"]), default=next(iter(rooms)),
            required=True, key="week_room", bind="query-params", width="stretch", label_visibility="collapsed",
        )  # fmt: skip
    now = scope.today()
    week = _week(now)
    _steps(rota.monday(now), week)
    st.markdown(f"**{t('week.span', first=short(week), last=short(later(week, 6)))}**")
    room = rooms[picked if picked in rooms else next(iter(rooms))]
    whole = replace(scope, month=None)
    days = tables.rows(whole.read("room_openings", room_id=room["id"], order="day"))
    uses = tables.rows(whole.read("room_uses", room_id=room["id"], monday=week, order="start_minute"))
    days = [row for row in days if week <= row["day"] <= later(week, 6)]
    week_board.touch(drawn(room, days, uses, now, scope.may("a", "bookings")), f"room_week_{room['id']}")


def _week(now: str) -> str:
    """The Monday of the week in the address: this week or one of the next four."""
    told, this = st.query_params.get("week", ""), rota.monday(now)
    try:
        monday = rota.monday(date.fromisoformat(told).isoformat())
    except ValueError:
        return this
    return min(max(monday, this), later(this, AHEAD))


def _steps(this: str, week: str) -> None:
    with st.container(key="board_room_weeks", horizontal=True):
        for what, to in (("week.before", later(week, -7)), ("week.this", this), ("week.next", later(week, 7))):
            off = to == week or not this <= to <= later(this, AHEAD)
            if st.button(t(what), key=f"room_{what}", width="stretch", disabled=off):
                st.query_params["week"] = to
                st.rerun()


def drawn(room: Row, days: list[Row], uses: list[Row], now: str, may: bool) -> str:
    """The week as HTML: a row a day, its hours, what stands in it, and a place to book."""
    body = "".join(_day(room, day, [row for row in uses if row["day"] == day["day"]], now, may) for day in days)
    return f"<table class='hh-week hh-room-week'><tbody>{body}</tbody></table>"


def _day(room: Row, day: Row, uses: list[Row], now: str, may: bool) -> str:
    opened = cards.span(day["opens_minute"], day["closes_minute"] - day["opens_minute"])
    hours = t(day["shut"]) if day["shut"] else opened
    head = f"<th scope='row'>{weekday(day['day'])}<small>{short(day['day'])}<br>{html.escape(hours)}</small></th>"
    chips = "".join(_chip(row) for row in uses)
    if may and day["day"] >= now and not day["shut"]:
        chips += f"<button class='hh-open' data-to='book={room['id']}.{day['day']}'>＋ {html.escape(t('use.book_short'))}</button>"
    return f"<tr{' class=hh-today' if day['day'] == now else ''}>{head}<td{' class=hh-off' if not chips else ''}>{chips or '–'}</td></tr>"


def _chip(row: Row) -> str:
    """A booking to touch; a session with its heads."""
    who = row["activity"] or row["club"] or t("use.home_itself")
    said = f"{cards.span(row['start_minute'], row['minutes'])} {who}"
    if row["session_id"] is not None:
        return f"<span>✓ {html.escape(said)} · {html.escape(t('use.heads', n=row['people']))}</span>"
    return f"<button data-to='booking={row['booking_id']}'>{html.escape(said)}</button>"
