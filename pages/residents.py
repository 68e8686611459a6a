"""The register of a home, and one person's story."""

import streamlit as st

from components import charts, forms, kin, passbooks, people, places, tables
from components.words import t
from db.scope import Scope

ICON = ":material/elderly:"


def page(scope: Scope) -> None:
    """Somebody is found by one touch; one screen tells their story, and tabs hold care, papers, family, stays and the record itself."""
    person = people.chosen(scope, "person_list", "person")
    if person is None:
        people.listed(scope)
        return
    people.close("person", "back_to_list")
    people.story(scope, person)
    forms.reveal(scope, person["id"])
    names = ("care", "page.passbooks", "papers", "kinship", "stays", "change")
    care, passbook, papers, family, stays, change = st.tabs(
        [t(each) for each in names], key="section", on_change="rerun"
    )
    if care.open:
        with care:
            months = scope.read("person_months", person_id=person["id"], order="care_month")
            charts.show("person_care", charts.two_sided, months, x="care_month", up="given", down="received")
            log = scope.read("person_care", person_id=person["id"], order="day DESC", limit=200)
            tables.table(log, hide=("id", "person_id"))
    if passbook.open:
        with passbook:
            passbooks.brief(scope, person)
    if papers.open:
        with papers:
            people.papers(scope, person)
    if family.open:
        with family:
            kin.show(scope, person)
    if stays.open:
        with stays:
            places.stays(scope, person)
            places.leaving(scope, person)
            forms.edit_all(scope, "stays", person_id=person["id"])
            forms.add(scope, "stays", person_id=person["id"], home_id=person["home_id"])
    if change.open:
        with change:
            forms.edit(scope, "persons", person["id"])
