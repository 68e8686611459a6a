"""How the homes chosen are doing this month, and what needs attention."""

import streamlit as st

from components import charts, tables, watch
from components.words import t
from db.scope import Scope

ICON = ":material/dashboard:"


def page(scope: Scope) -> None:
    """Six figures against last month, four charts, whom somebody should look at today, and what else needs attention."""
    tables.cards(scope.read("overview_figures", "month", "figure", "unit", back=1), scope.months(back=1))
    left, right = st.columns(2)
    with left:
        if scope.may("r", "overview_care_weeks"):
            weeks = scope.read("overview_care_weeks", "week", "service")
            charts.show("care_weeks", charts.stacked, weeks, x="week", y="hours", color="service")
        charts.show("living", charts.ranked, scope.read("overview_living", "category"), x="people", y="category")
    with right:
        charts.show(
            "ages", charts.pyramid, scope.read("overview_ages", "age_band", "sex"), x="people", y="age_band", side="sex"
        )
        charts.show(
            "gifts",
            charts.stacked,
            scope.read("overview_gifts", "gift_month", "source"),
            x="gift_month",
            y="yuan",
            color="source",
        )
    if scope.may("r", "overview_watch"):
        st.subheader(t("watch"), anchor=False)
        watch.show(scope)
    if scope.may("r", "overview_attention"):
        st.subheader(t("attention"), anchor=False)
        tables.sentences(scope.read("overview_attention", order="rank, count DESC"))
