"""The time bank for the committee: earned and redeemed, who holds it, whether it can be honoured, whether the books are right."""

import streamlit as st

from components import time_books, timebank
from components.words import t
from db.scope import Scope

ICON = ":material/hourglass_top:"


def page(scope: Scope) -> None:
    """Figures and charts for all; how evenly time lies, what homes owe one another and the health of the books for those inside."""
    timebank.show(scope)
    if scope.may("r", "time_between"):
        st.subheader(t("timebank.between"), anchor=False)
        time_books.between(scope)
    if scope.may("r", "time_faults"):
        st.subheader(t("timebank.health"), anchor=False)
        time_books.health(scope)
