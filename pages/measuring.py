"""Health notes: what was measured, against the normal band, and risk events."""

import streamlit as st

from components import measuring, people
from components.words import t
from db.scope import Scope

ICON = ":material/monitor_heart:"


def page(scope: Scope) -> None:
    """A touch on somebody opens their charts and the forms to write down more; beside it what lay outside the band this month."""
    person = people.chosen(scope, "person_list", "measured")
    if person is not None:
        people.close("measured", "back_to_list")
        measuring.person(scope, person)
        return
    find, month = st.tabs([t("find"), t("measuring.month")], key="section", on_change="rerun")
    if find.open:
        with find:
            people.found(scope, "measured", status="resident")
    if month.open:
        with month:
            measuring.month(scope)
