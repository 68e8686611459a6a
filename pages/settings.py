"""Settings of this installation, and one's own password."""

import streamlit as st

from components import forms, login
from components.words import t
from db.scope import Scope

ICON = ":material/settings:"


def page(scope: Scope) -> None:
    """Each setting with what it does, for those who may change them; then the form for one's own password."""
    forms.settings(scope)
    st.subheader(t("change_password"), anchor=False)
    login.change_form()
