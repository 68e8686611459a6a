"""A card that is touched: it shows what stands, saves what is touched, and shows what then stands, in one short run of its own."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone

import streamlit as st

from components import forms
from components.words import t
from db.scope import Desk, Row, Scope

Face = Callable[[Row], str | None]
CHINA = timezone(timedelta(hours=8))


def live(scope: Scope, look: Callable[[], Row], face: Face, acts: Mapping[str, Callable[[Desk, Row], object]]) -> None:
    """Draw what `look` finds by `face`; the act that it says was touched is saved, and the card drawn again in its place."""
    place = st.empty()
    row = look()
    with place.container():
        touched = face(row)
    if touched is None:
        return
    with forms.refusals() as outcome, scope.work() as desk:
        acts[touched](desk, row)
    if outcome.ok:
        with place.container():
            face(look())


def take_back(name: str) -> bool:
    """Whether somebody touched twice to undo: a second tap on the card that has just changed only opens the question."""
    with st.popover(t("undo_entry"), key=f"back_{name}"):
        return st.button(t("undo_entry.do"), type="primary", key=f"back_do_{name}", width="stretch")


def clock(minute: int) -> str:
    """Minutes since midnight as a time of day; a night ends on the next."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def span(start: int, minutes: int) -> str:
    """From when to when."""
    return f"{clock(start)}–{clock(start + minutes)}"


def at(stamp: str) -> str:
    """The time of day in China of a moment that is kept in UTC."""
    return datetime.fromisoformat(stamp).astimezone(CHINA).strftime("%H:%M")


def fresh(stamp: str | None) -> bool:
    """Whether what was written down then can still be undone."""
    return stamp is not None and datetime.now(CHINA) - datetime.fromisoformat(stamp) < timedelta(minutes=10)
