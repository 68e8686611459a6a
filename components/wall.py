"""The board for the hall: what it shows, asked anew each minute; the browser turns the panels and keeps the last ones it got."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components import wall_panels
from components.week_drawn import short, weekday
from components.words import along, language, t
from db.rules import SignedOut
from db.scope import Scope

HERE = Path(__file__).parent
SECONDS = 18  # that a panel stands
WORDS = ("before", "pause", "go_on", "next", "full", "leave")


@st.fragment(run_every=60, key="wall")
def show(scope: Scope) -> None:
    """The panels over the whole screen; signed out meanwhile, the sign-in form instead."""
    try:
        data = board(replace(scope, month=newest(scope)))
    except SignedOut:
        st.rerun()
    _wall()(data=data, key="wall_board")


def board(scope: Scope) -> dict[str, Any]:
    """What the browser gets: where and when, the panels in their order, and the words of its buttons."""
    homes = scope.read("user_homes", order="home_id")["home"].tolist()
    where = homes[0] if len(homes) == 1 else t("homes_n", n=len(homes))
    return {
        "lang": language(),
        "where": where,
        "day": _day(scope.today()),
        "seconds": SECONDS,
        "panels": wall_panels.panels(scope, one=len(homes) == 1),
        "words": {each: t(f"wall.{each}") for each in WORDS} | {"title": t("page.wall")},
        "leave": along(),
    }


def newest(scope: Scope) -> str | None:
    """The month that the address names, else the newest that has entries, which moves on while the board hangs there."""
    newest = scope.read("home_months")["last_month"].dropna().max()
    return st.query_params.get("month") or (newest if isinstance(newest, str) else scope.month)


def _day(today: str) -> str:
    return t("wall.day", year=today[:4], day=short(today), weekday=weekday(today))


@cache
def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _wall() -> Any:
    return st.components.v2.component(
        "happiness_wall", js=_file("wall.js"), css=_file("wall.css"), isolate_styles=False
    )
