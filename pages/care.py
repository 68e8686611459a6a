"""The care log: who helped whom with what."""

import streamlit as st

from components import forms, tables
from components.words import t
from db.scope import Scope

ICON = ":material/volunteer_activism:"


def page(scope: Scope) -> None:
    """Add an entry, see the month's log, settle names that two people bear."""
    forms.add(scope, "care_logs", expanded=True)
    log = scope.read("care_list", order="open DESC, day DESC, id DESC", limit=1000)
    st.subheader(t("care_log"), anchor=False)
    tables.table(log, hide=("id", "open"))
    entry = tables.choose(log, "entry")
    if entry is not None:
        forms.edit(scope, "care_logs", entry["id"])
        forms.remove(scope, "care_logs", entry["id"])
