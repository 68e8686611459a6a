"""What is said of a room: its hours, its floor, how it stands; and the codes in the order in which they are touched."""

import json
from typing import Any

import streamlit as st

from components import cards, forms
from components.words import t
from db.scope import Row, Scope

KINDS = ("activity_room", "games_room", "kitchen", "day_care", "clinic", "bathroom", "laundry_room", "garden", "outdoor", "idle_room",
         "bedroom")  # fmt: skip
BECOMES = (*KINDS[:9], "bedroom")
CAUSES = (
    "few_services",
    "no_need",
    "no_staff",
    "no_money",
    "key_absent",
    "unsafe",
    "bad_site",
    "fee_refused",
    "shame",
    "quota",
)


def hours(row: Row) -> str:
    """When a room is open: its times, and its days where they are not all seven."""
    closes = "24:00" if row["closes_minute"] == 1440 else cards.clock(row["closes_minute"])
    days = json.loads(row["weekdays"])
    times = f"{cards.clock(row['opens_minute'])}–{closes}"
    return times if len(days) == 7 else f"{t('comma').join(t(day) for day in days)} {times}"


def floor(row: Row) -> str:
    """On which floor a room lies."""
    return t("rooms.basement") if row["floor"] < 0 else t("rooms.storey", n=row["floor"])


def state(row: Row) -> str:
    """How a room stands where it is not simply in use: idle for how long and why, shut, given up."""
    if row["room_state"] == "stands_idle":
        return f"⚠ {t('rooms.idle_for', n=row['days'])}{t('colon')}{t(row['idle_cause'])}"
    return "" if row["room_state"] == "in_use" else f"⚠ {t(row['room_state'])}"


def act(scope: Scope, action: Any, *args: Any) -> None:
    """Do something in one transaction and draw the page anew; a refusal is said."""
    with forms.refusals() as outcome, scope.work() as desk:
        action(desk, *args)
    if outcome.ok:
        st.rerun()
