"""The forms behind a roster: each list with a form to add, to change and to take out."""

import json

import pandas as pd
import streamlit as st

from components import forms, tables
from components.words import code, t
from db import rota
from db.scope import Desk, Row, Scope

LISTS = {  # table -> the view that shows it, its order, what it hides
    "duties": ("duty_list", "home_id, active DESC, start_minute", ("id", "start_minute")),
    "duty_days": ("duty_day_list", "first_day DESC, id", ("id", "duty_id")),
    "leaves": ("leave_list", "last_day DESC, id", ("id", "person_id")),
    "conflicts": ("conflict_list", "id", ("id", "person_id", "other_id")),
    "hour_caps": ("hour_caps", "age_from, level_from", ("id", "key")),
}


def show(scope: Scope, name: str) -> None:
    """One of the lists with its forms; the load of the month is a list alone."""
    if name == "load":
        found = scope.read("roster_load", order="weighted_hours DESC", limit=200)
        st.caption(t("duties.load_how"))
        tables.table(found, hide=("person_id",))
        return
    view, order, hidden = LISTS[name]
    st.caption(t(f"duties.{name}_how"))
    found = scope.read(view, order=order)
    tables.table(_readable(found), hide=hidden)
    forms.add(scope, name, saver=_leave if name == "leaves" else None)
    row = tables.choose(found, name) if scope.may("e", name) else None
    if row is not None:
        forms.edit(scope, name, row["id"])
        forms.remove(scope, name, row["id"])


def _readable(found: pd.DataFrame) -> pd.DataFrame:
    """All seven days as one word."""
    if "weekdays" not in found:
        return found
    days = [
        t("every_day") if len(json.loads(each)) == 7 else tables.shown("weekdays", each) for each in found["weekdays"]
    ]
    place = list(found.columns).index("weekdays")
    shown = found.drop(columns="weekdays")
    shown.insert(place, "on_days", days)
    return shown


def _leave(desk: Desk, row: Row) -> str:
    """A leave frees what its person has in that time; the words say which shifts."""
    freed = rota.take_leave(desk, row)
    return t("comma").join(f"{each['day']} {code(each['name'])}" for each in freed) or t("no")
