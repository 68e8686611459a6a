"""The books of the time bank for the committee: what homes owe one another, and whether every balance can be trusted."""

import html

import pandas as pd
import streamlit as st

from components import tables
from components.timebank import how
from components.words import t
from db.scope import Row, Scope


def between(scope: Scope) -> None:
    """Which home owes which other hours, net by pair, largest first."""
    rows = tables.rows(scope.read("time_between", order="abs(owed_hours) DESC, home_id, other_id"))
    homes = set(scope.read("user_homes")["home_id"]) if rows else set()
    owed = [_owed(row) for row in rows if row["owed_hours"] > 0 or row["other_id"] not in homes]
    if not owed:
        st.html(f"<p class='hh-empty'>{t('timebank.even')}</p>")
        return
    total = tables.shown("hours", float(sum(row["hours"] for row in owed)))
    said = html.escape(t("timebank.owed", n=len(owed), hours=total))
    st.html(f"<ul class='hh-sentences'><li>{said}{how('timebank.owed.how')}</li></ul>")
    tables.table(pd.DataFrame(owed).astype({"hours": float}))


def _owed(row: Row) -> Row:
    """Who owes, whom, how much: from whichever side the pair is seen."""
    names = [row["home"], row["other_home"]]
    debtor, creditor = names if row["owed_hours"] > 0 else reversed(names)
    return {"debtor": debtor, "creditor": creditor, "hours": abs(row["owed_hours"]), "transfers": row["transfers"]}


# -- whether the books are right


def health(scope: Scope) -> None:
    """Green or red, once somebody asks: every balance is then reckoned anew from the transfers."""
    if not st.button(t("timebank.check"), icon=":material/health_and_safety:", key="time_check"):
        st.html(f"<ul class='hh-sentences'><li>{t('timebank.unchecked')}{how('timebank.checked')}</li></ul>")
        return
    with st.spinner(t("timebank.checking")):
        found = scope.read("time_faults")
    if found.empty:
        st.success(t("timebank.sound"), icon=":material/check_circle:")
    for fault, rows in found.groupby("fault"):
        st.error(t("timebank.fault", fault=t(str(fault)), n=f"{len(rows):,}"), icon=":material/error:")
    st.caption(t("timebank.checked"))
