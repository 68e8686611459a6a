"""Health notes on a screen: what was measured against the normal band, and falls and other risk events."""

import html
from typing import Any

import pandas as pd
import streamlit as st

from components import charts, forms, tables
from components.words import literal, t
from db.scope import Row, Scope

MEASURES = ("systolic", "diastolic", "pulse", "glucose", "weight", "temperature")
LAST = 200  # values that a chart shows


def month(scope: Scope) -> None:
    """What lay outside the normal band in the month, and its risk events."""
    st.subheader(t("measuring.outside"), anchor=False)
    notes = scope.read("health_list", order="outside DESC, day DESC")
    found = notes[notes["outside"] > 0]
    if found.empty:
        st.success(t("measuring.none_outside"), icon=":material/check_circle:")
    else:
        tables.table(_marked(scope, found), hide=("id", "person_id", "note", "outside"))
    events = scope.read("risk_list", order="day DESC")
    if len(events):
        st.subheader(t("measuring.events"), anchor=False)
        tables.table(events, hide=("id", "person_id"))


def _marked(scope: Scope, notes: pd.DataFrame) -> pd.DataFrame:
    """The notes with an arrow at each value that lies below or above its normal band."""
    bands = scope.read("health_bands").set_index("measure")
    said = {
        measure: [_said(value, *bands.loc[measure, ["low", "high"]]) for value in notes[measure]]
        for measure in MEASURES
    }
    return notes.assign(**said)


def _said(value: Any, low: float, high: float) -> str | None:
    if pd.isna(value):
        return None
    return f"{value:g}{' ▼' if value < low else ' ▲' if value > high else ''}"


def person(scope: Scope, one: Row) -> None:
    """One person: what was measured last, forms to write down more, a chart a measure, all notes and events."""
    st.subheader(literal(one["label"]), anchor=False)
    values = scope.read("health_values", person_id=one["id"], order="day, note_id")
    _last(values.groupby("measure").tail(1))
    if (scope.read("assessment_due", id=one["id"])["due_reason"] == "event").any():
        st.warning(t("measuring.assess"), icon=":material/fact_check:")
    mine = {"person_id": one["id"], "home_id": one["home_id"]}
    forms.add(scope, "health_notes", **mine)
    forms.add(scope, "risk_events", **mine)
    _charts(values)
    _notes(scope, one)
    _events(scope, one)


def _last(values: pd.DataFrame) -> None:
    """The newest value of each measure as a card, marked where it lies outside the band."""
    cards = "".join(_card(row) for measure in MEASURES for row in tables.rows(values[values["measure"] == measure]))
    if cards:
        st.html(f"<div class='hh-cards hh-health'>{cards}</div>")


def _card(row: Row) -> str:
    mark = f"<b class='hh-missing'>{t(row['mark'])}</b>" if row["mark"] else ""
    return (
        f"<div class='hh-card'><span>{t(row['measure'])}</span><b>{row['value']:g}</b>{mark}"
        f"<small>{html.escape(row['day'])}</small></div>"
    )


def _charts(values: pd.DataFrame) -> None:
    shown = [measure for measure in MEASURES if (values["measure"] == measure).sum() > 1]
    for left in range(0, len(shown), 2):
        for place, measure in zip(st.columns(2), shown[left : left + 2], strict=False):
            with place:
                mine = values[values["measure"] == measure].tail(LAST).rename(columns={"value": measure})
                charts.show(measure, charts.banded, mine, x="day", y=measure, low="low", high="high")


def _notes(scope: Scope, one: Row) -> None:
    notes = scope.read("health_notes", person_id=one["id"], order="day DESC, id DESC", limit=LAST)
    if notes.empty:
        return
    st.subheader(t("measuring.notes"), anchor=False)
    tables.table(_marked(scope, notes), hide=("id", "person_id", "start_minute", "import_id", "key"))
    note = tables.choose(notes, "note")
    if note is not None:
        forms.edit(scope, "health_notes", note["id"])
        forms.remove(scope, "health_notes", note["id"])


def _events(scope: Scope, one: Row) -> None:
    events = scope.read("risk_events", person_id=one["id"], order="day DESC, id DESC")
    if events.empty:
        return
    st.subheader(t("event"), anchor=False)
    tables.table(events, hide=("id", "person_id", "import_id", "key"))
    event = tables.choose(events, "event")
    if event is not None:
        forms.edit(scope, "risk_events", event["id"])
        forms.remove(scope, "risk_events", event["id"])
