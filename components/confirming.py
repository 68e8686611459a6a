"""Care that nobody has confirmed yet, by day: all of it is ticked, a touch takes an exception out, one more confirms the rest."""

import pandas as pd
import streamlit as st

from components import cards, forms
from components.words import literal, t
from db import timebank
from db.scope import Row, Scope

AT_ONCE = 60  # entries that one touch confirms


def show(scope: Scope) -> None:
    """What waits, for those who may confirm it; a sentence where nothing does."""
    if not scope.may("e", "care_logs"):
        return
    found = scope.read("time_to_confirm", order="day DESC, start_minute, id")
    if found.empty:
        st.success(t("confirming.none"), icon=":material/check_circle:")
        return
    with st.expander(t("confirming", n=f"{len(found):,}"), icon=":material/task_alt:", key="confirming"):
        _list(scope, found.head(AT_ONCE), len(found))


@st.fragment
def _list(scope: Scope, found: pd.DataFrame, all_of_them: int) -> None:
    st.caption(t("confirming.about"))
    if all_of_them > len(found):
        st.caption(t("confirming.first", n=len(found), of=f"{all_of_them:,}"))
    chosen = [log for day, rows in found.groupby("day", sort=False) for log in _day(str(day), rows)]
    label = t("confirming.do", n=len(chosen))
    these = f"{len(found)}_{found['id'].iloc[-1]}"  # a hasty second touch is not for those that come next
    if st.button(label, type="primary", key=f"confirm_all_{these}", width="stretch", disabled=not chosen):
        with forms.refusals() as outcome, scope.work() as desk:
            done = timebank.confirm(desk, chosen)
        if outcome.ok:
            forms.flash(t("confirming.done", n=done))


def _day(day: str, found: pd.DataFrame) -> list[int]:
    """The entries of a day that stay ticked."""
    rows = {int(row["id"]): row for row in found.to_dict("records")}
    with st.container(key=f"board_confirm_{day}"):
        picked = st.segmented_control(
            day, list(rows), selection_mode="multi", default=list(rows), format_func=lambda each: _said(rows[each]),
            key=f"confirm_{day}_{'_'.join(map(str, rows))}", width="stretch",
        )  # fmt: skip
    return list(picked)


def _said(row: Row) -> str:
    """Who helped whom with what, when and how long."""
    start = None if pd.isna(row["start_minute"]) else cards.clock(int(row["start_minute"]))
    receiver = t("everyone") if row["receiver"] == "everyone" else row["receiver"]
    parts = [f"{row['giver']} → {receiver}", t(row["service"]), start, t("today.minutes", n=row["minutes"])]
    planned = t("confirming.planned") if row["confirmed"] == "planned_end" else None
    return literal(t("dot").join(filter(None, [*parts, planned])))
