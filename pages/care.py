"""The care log: who helped whom with what."""

import streamlit as st

from components import care, confirming
from components.words import t
from db.scope import Scope

ICON = ":material/volunteer_activism:"


def page(scope: Scope) -> None:
    """Confirm what waits, add an entry, see the month's log, settle names that two people bear; what was undone, and the month's rounds."""
    confirming.show(scope)
    care.add(scope)
    st.subheader(t("care_log"), anchor=False)
    care.log(scope)
    care.rounds(scope)
