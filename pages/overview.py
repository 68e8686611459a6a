"""How the homes chosen are doing this month, and what needs attention."""

import streamlit as st

from components import charts, tables, watch
from components.words import t
from db.scope import Scope

ICON = ":material/dashboard:"


def page(scope: Scope) -> None:
    """Six figures against last month, four charts, whom somebody should look at today, and what else needs attention."""
    tables.cards(scope.read("overview_figures", "month", "figure", "unit", back=1), scope.months(back=1))
    drawn = []
    if scope.may("r", "overview_care_weeks"):
        weeks = scope.read("overview_care_weeks", "week", "service")
        drawn.append(charts.figure("care_weeks", charts.stacked, weeks, x="week", y="hours", color="service"))
    ages = scope.read("overview_ages", "age_band", "sex")
    drawn.append(charts.figure("ages", charts.pyramid, ages, x="people", y="age_band", side="sex"))
    living = scope.read("overview_living", "category")
    drawn.append(charts.figure("living", charts.ranked, living, x="people", y="category"))
    gifts = scope.read("overview_gifts", "gift_month", "source")
    drawn.append(charts.figure("gifts", charts.stacked, gifts, x="gift_month", y="yuan", color="source"))
    charts.together(*drawn)
    if scope.may("r", "overview_watch"):
        st.subheader(t("watch"), anchor=False)
        watch.show(scope)
    if scope.may("r", "overview_attention"):
        st.subheader(t("attention"), anchor=False)
        tables.sentences(scope.read("overview_attention", order="rank, count DESC"))
