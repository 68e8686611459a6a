"""Accounts: who may sign in, and for which homes."""

import streamlit as st

from components import forms, tables
from components.words import t
from db import accounts
from db.scope import Scope

ICON = ":material/manage_accounts:"


def page(scope: Scope) -> None:
    """All accounts; new ones get a one-time password; reset, sign out everywhere, change; the last changes of all tables."""
    people = scope.read("account_list", order="active DESC, username")
    tables.table(people, hide=("id",))
    forms.add(scope, "users", saver=accounts.add)
    account = tables.choose(people, "account")
    if account is not None:
        forms.edit(scope, "users", account["id"])
        forms.act(scope, "reset_password", accounts.reset, account["id"])
        forms.act(scope, "end_sessions", accounts.end_sessions, account["id"])
    with st.expander(t("audit")):
        tables.table(scope.read("audit_list"), hide=("id",))
