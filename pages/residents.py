"""The register of a home, and one person's story."""

import streamlit as st

from components import charts, forms, tables
from components.words import t
from db.scope import Scope

ICON = ":material/elderly:"


def page(scope: Scope) -> None:
    """Everybody of the homes chosen; one person in full where one is chosen; forms to add and to change."""
    people = scope.read("person_list", order="home, name")
    person = tables.choose(people, "person")
    if person is None:
        tables.table(people, hide=("id", "name", "birth_estimated", "kin_name", "kin_phone", "note"))
        forms.add(scope, "persons")
        return
    story, care, change = st.tabs([t("story"), t("care"), t("change")])
    with story:
        tables.facts(person)
        forms.reveal(scope, person["id"])
    with care:
        months = scope.read("person_months", person_id=person["id"], order="care_month")
        charts.show("person_care", charts.two_sided, months, x="care_month", up="given", down="received")
        tables.table(
            scope.read("person_care", person_id=person["id"], order="day DESC", limit=200), hide=("id", "person_id")
        )
    with change:
        forms.edit(scope, "persons", person["id"])
        forms.edit_all(scope, "stays", person_id=person["id"])
        forms.add(scope, "stays", person_id=person["id"], home_id=person["home_id"])
