"""Care for the village committee: hours, who gave and received, visits in time, shifts filled, and how evenly the load lies."""

import streamlit as st

from components import caring
from db.scope import Scope

ICON = ":material/groups:"


def page(scope: Scope) -> None:
    """Three figures for everybody, groups of five and more outside the home; names and homes only for those inside."""
    caring.headline(scope)
    left, right = st.columns(2)
    with left:
        caring.part(scope, caring.hours, "overview_care_weeks")
        caring.part(scope, caring.on_time, "visit_on_time")
        caring.part(scope, caring.fairness, "care_fairness")
    with right:
        caring.part(scope, caring.sides, "care_sides")
    caring.part(scope, caring.coverage, "care_coverage")
    caring.part(scope, caring.missed, "care_missed")
    caring.part(scope, caring.overrides, "override_list")
