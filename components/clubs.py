"""The clubs of a home: what each may book in a week and what is left of this one."""

import html

import streamlit as st

from components import forms, people, tables
from components.words import literal, t
from db.scope import Row, Scope


def show(scope: Scope) -> None:
    """A row a club with what is left; a touch opens its form. Below it a form for a new one."""
    club = people.chosen(scope, "club_list", "club")
    if club is not None:
        people.close("club", "use.back")
        st.subheader(literal(club["club"]), anchor=False)
        st.html(f"<p>{html.escape(_left(club))}</p>")
        forms.edit(scope, "clubs", club["id"])
        return
    found = scope.read("club_list", order="active DESC, club")
    people.touch(found, "club", _line)
    forms.add(scope, "clubs")


def _line(row: Row) -> str:
    return f"**{literal(row['club'])}**\u2003{literal(_left(row)) if row['active'] else t('club.rests')}"


def _left(row: Row) -> str:
    hours = {name: tables.shown("hours", row[f"{name}_minutes"] / 60) for name in ("used", "left", "week")}
    return t("club.left", **hours)
