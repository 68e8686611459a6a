"""What a home has to have done each week, and what stands in the way: exceptions, leave, people kept apart, limits of hours."""

import streamlit as st

from components import duties
from components.words import t
from db.scope import Scope

ICON = ":material/assignment:"


def page(scope: Scope) -> None:
    """The catalogue of duties; days off the rule; who is away; who is kept apart; how long anybody may work; the load of the month."""
    names = ("duties", "duty_days", "leaves", "conflicts", "hour_caps", "load")
    tabs = st.tabs([t(f"duties.{name}") for name in names], key="section", on_change="rerun")
    for name, tab in zip(names, tabs, strict=True):
        if tab.open:
            with tab:
                duties.show(scope, name)
