"""The care log: who helped whom with what."""

import streamlit as st

from components import care
from components.words import t
from db.scope import Scope

ICON = ":material/volunteer_activism:"


def page(scope: Scope) -> None:
    """Add an entry, see the month's log, settle names that two people bear; what was undone, and the month's rounds."""
    care.add(scope)
    st.subheader(t("care_log"), anchor=False)
    care.log(scope)
    care.rounds(scope)
