"""The care log beside Today: an entry for another time or for somebody without a phone, what was undone, the rounds of the month."""

import html

import pandas as pd
import streamlit as st

from components import cards, forms, tables
from components.words import t
from db import today
from db.scope import Row, Scope

CONFIRMED = ("caretaker", "receiver")
HIDE = ("id", "open", "undone", "recorded_at")


def add(scope: Scope) -> None:
    """A form for an entry of any day; the entry says who wrote it down, and whether that was later or for somebody else."""
    forms.add(scope, "care_logs", expanded=True, saver=today.late, more=_more)


def _more() -> Row:
    """How it was confirmed, and what fits of the usual phrases."""
    confirmed = st.segmented_control(t("care.confirmed"), CONFIRMED, format_func=t, default=CONFIRMED[0], required=True)
    said = st.pills(t("care.phrases"), t("care.said").split(";"), selection_mode="multi")
    return {"confirmed": confirmed, "phrases": said}


def log(scope: Scope) -> None:
    """The month's log with a way to settle, change, undo or remove one entry; below it what was undone, struck through."""
    found = scope.read("care_list", order="open DESC, day DESC, id DESC", limit=1000)
    counted = found[found["undone"] == 0]
    tables.table(counted, hide=HIDE)
    entry = tables.choose(counted, "entry")
    if entry is not None:
        forms.edit(scope, "care_logs", entry["id"])
        if cards.fresh(entry["recorded_at"]) and scope.may("e", "care_logs"):
            forms.act(scope, "undo_care", today.undo, entry["id"])
        forms.remove(scope, "care_logs", entry["id"])
    _undone(found[found["undone"] == 1])


def _undone(found: pd.DataFrame) -> None:
    if found.empty:
        return
    with st.expander(t("care.undone", n=len(found)), icon=":material/undo:", key="care_undone"):
        lines = "".join(f"<li><s>{html.escape(_line(row))}</s></li>" for row in tables.rows(found.head(tables.SHORT)))
        st.html(f"<ul class='hh-undone'>{lines}</ul>")


def _line(row: Row) -> str:
    who = f"{tables.shown('giver', row['giver'])} → {tables.shown('receiver', row['receiver'])}"
    return " · ".join(
        filter(None, [row["day"], row["start"], who, t(row["service"]), t("today.minutes", n=row["minutes"])])
    )


def rounds(scope: Scope) -> None:
    """The rounds of the month, with how many were exceptions and how many marks were corrected."""
    found = scope.read("round_list", order="day DESC, id DESC")
    if len(found):
        with st.expander(
            t("care.rounds", n=len(found)), icon=":material/checklist:", key="care_rounds", on_change="rerun"
        ) as opened:
            if opened.open:
                tables.table(found, hide=("id", "confirmed_at"))
