"""The way to a place: who waits and why, who decides, who moves in, who leaves."""

import streamlit as st

from components import forms, people, places, tables
from components.words import t
from db.scope import Scope

ICON = ":material/bed:"


def page(scope: Scope) -> None:
    """Free beds and day places; the queue with the next step of each application; leaving, transfer and death."""
    tables.table(scope.read("home_places", order="home"), hide=("kind", "beds_taken", "day_places_taken"))
    waiting, going = st.tabs([t("queue"), t("leave_home")], key="section", on_change="rerun")
    with waiting:
        application = people.chosen(scope, "place_queue", "application")
        if application is not None:
            people.close("application", "back_to_queue")
            places.application(scope, application)
        else:
            places.queue(scope)
            forms.add(scope, "applications")
    with going:
        resident = people.chosen(scope, "person_list", "leaving")
        if resident is not None:
            people.close("leaving", "back_to_list")
            people.story(scope, resident)
            places.leaving(scope, resident, expanded=True)
        else:
            people.found(scope, "leaving", status="resident")
