"""Visits and pairs: whom to visit and the form, who looks after whom, referrals until they are closed, extreme weather."""

import streamlit as st

from components import pairing, people, referring, visiting
from components.words import t
from db.scope import Scope

ICON = ":material/doorbell:"


def page(scope: Scope) -> None:
    """A touch on somebody opens the visit form; what was saved is shown with the referrals that it opened; else four lists."""
    person = people.chosen(scope, "visit_due", "visit")
    visit = people.chosen(scope, "visit_list", "visited")
    if person is not None:
        visiting.form(scope, person)
        return
    if visit is not None:
        visiting.saved(scope, visit)
        return
    due, pairs, referrals, weather = st.tabs(
        [t("visiting.due"), t("pairs"), t("referrals"), t("hazard")], key="section", on_change="rerun"
    )
    if due.open:
        with due:
            visiting.due(scope)
    if pairs.open:
        with pairs:
            pairing.show(scope)
    if referrals.open:
        with referrals:
            referring.show(scope)
    if weather.open:
        with weather:
            referring.weather(scope)
