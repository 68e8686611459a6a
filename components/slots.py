"""A free time of a room by touch: which room, on what day, from when, for how long."""

from typing import Any

import streamlit as st

from components import cards, tables
from components.week_drawn import later, short, weekday
from components.words import literal, t
from db.scope import Row, Scope

DAYS = 14  # that are one touch away
STEP = 30  # minutes between two starts
LENGTHS = (30, 60, 90, 120, 180, 240)


def place(scope: Scope, key: str, told: str = "", told_day: str = "", but: int | None = None) -> Row | None:
    """Room, day, start and length by touch, of what is free (`but` one booking); None until all are touched."""
    rooms = {str(row["id"]): row for row in _rooms(scope)}
    if not rooms:
        st.info(t("use.no_rooms"), icon=":material/meeting_room:")
        return None
    default = told if told in rooms else next(iter(rooms)) if len(rooms) == 1 else None
    picked = pick(
        "booking.room", list(rooms), key, default=default, format_func=lambda each: literal(rooms[each]["room"])
    )
    days = {row["day"]: row for row in _days(scope, picked)} if picked else {}
    if not days:
        return None
    default = told_day if told_day in days else next((day for day in days if days[day]["shut"] is None), None)
    day = pick("booking.day", list(days), f"{key}_{picked}", default=default, format_func=lambda each: _day(days[each]))
    if day is None:
        return None
    if days[day]["shut"] is not None:
        st.warning(t("use.shut", why=t(days[day]["shut"])), icon=":material/event_busy:")
        return None
    free = starts(days[day], _taken(scope, int(picked), day, but), _from(scope, day))
    if not free:
        st.warning(t("booking.full"), icon=":material/event_busy:")
        return None
    start = pick("booking.start", list(free), f"{key}_{picked}_{day}", format_func=cards.clock)
    if start not in free:
        return None
    lengths = [each for each in LENGTHS if each <= free[start]] or [free[start]]
    usual = 60 if 60 in lengths else lengths[-1]
    minutes = pick("booking.minutes", lengths, f"{key}_{start}", default=usual, required=True, format_func=_long)
    room = rooms[picked]
    return {
        "home_id": room["home_id"],
        "room_id": room["id"],
        "day": day,
        "start_minute": start,
        "minutes": minutes or usual,
    }


def _rooms(scope: Scope) -> list[Row]:
    return tables.rows(scope.read("room_board", order="room, id"))


def _days(scope: Scope, room: str) -> list[Row]:
    """The next two weeks of a room."""
    today = scope.today()
    rows = tables.rows(scope.read("room_openings", room_id=int(room), order="day"))
    return [row for row in rows if today <= row["day"] < later(today, DAYS)]


def _day(row: Row) -> str:
    said = f"{weekday(row['day'])} {short(row['day'])}"
    return said if row["shut"] is None else f"{said} · {t('use.closed')}"


def _taken(scope: Scope, room: int, day: str, but: int | None) -> list[tuple[int, int]]:
    uses = tables.rows(scope.read("room_uses", room_id=room, day=day))
    return [
        (row["start_minute"], row["start_minute"] + row["minutes"])
        for row in uses
        if but is None or row["booking_id"] != but
    ]


def _from(scope: Scope, day: str) -> int:
    """The first minute of a day that is not over."""
    now = tables.rows(scope.read("clock"))[0]
    return int(now["minute"]) // STEP * STEP if day == now["today"] else 0


def starts(opening: Row, taken: list[tuple[int, int]], first: int) -> dict[int, int]:
    """Each free half hour of a day, with the minutes from it to what comes next or to closing time."""
    opens, closes = opening["opens_minute"], opening["closes_minute"]
    found = {}
    for start in range(-(-max(opens, first) // STEP) * STEP, closes, STEP):
        until = min([closes, *(begin for begin, _ in taken if begin >= start)])
        if until >= start + STEP and not any(begin < start < end or begin == start for begin, end in taken):
            found[start] = until - start
    return found


def pick(name: str, options: Any, key: str, **how: Any) -> Any:
    """What was touched of a row of targets under its label."""
    with st.container(key=f"board_{name.replace('.', '_')}"):
        return st.segmented_control(t(name), options, key=f"{name}_{key}", width="stretch", **how)


def _long(minutes: int) -> str:
    return t("long.minutes", n=minutes) if minutes < 60 else t("long.hours", n=f"{minutes / 60:g}")


def when(row: Row) -> str:
    """Day, weekday and span of a booking."""
    return f"{short(row['day'])} {weekday(row['day'])} {cards.span(row['start_minute'], row['minutes'])}"
