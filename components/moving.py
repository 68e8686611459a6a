"""Money of a fund is moved: to another fund, to another use with the donor's consent, or back to the donor."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from components import fen, filing, forms, tables, turns
from components.words import literal, t
from db import money
from db.scope import Row, Scope


def transfer(scope: Scope, fund: Row) -> None:
    """Money of a fund is moved to another, bound to another purpose, or given back to its donor; it waits for a second person."""
    if not scope.may("a", "moves") or not fund["left_yuan"]:
        return
    whole = replace(scope, month=None)
    name = f"move_{fund['id']}"
    key = turns.turn(name)
    with st.expander(t("add.moves"), icon=":material/move_down:", key="add_moves"):
        with st.container(key="board_kind"):
            kind = st.segmented_control(
                t("kind"), ("between_funds", "repurpose", "give_back"), format_func=t, default="between_funds", required=True,
                key=f"kind_{key}", width="stretch",
            )  # fmt: skip
        row = {
            "home_id": fund["home_id"],
            "from_fund_id": fund["id"],
            "kind": kind,
            "key": key,
            "to_fund_id": None,
            "gift_id": None,
        }
        row |= _sides(whole, fund, str(kind), key)
        row["amount_fen"] = fen.asked(t("voucher.amount"), f"amount_{key}")
        row["reason"] = st.text_input(t("reason"), key=f"reason_{key}").strip()
        row |= _consent(key) if kind == "repurpose" else {}
        if st.button(t("move.file"), type="primary", icon=":material/send:", key=f"file_{key}"):
            with forms.refusals() as outcome, scope.work() as desk:
                id = money.move(desk, row)
            if outcome.ok:
                turns.over(name)
                st.query_params.pop("fund", None)
                st.query_params["move"] = str(id)
                forms.flash(t("saved.moves"))


def _sides(scope: Scope, fund: Row, kind: str, key: str) -> Row:
    """To which fund, and of which gift."""
    found: Row = {}
    if kind != "give_back":
        others = {
            row["id"]: row
            for row in tables.rows(scope.read("money_funds", home_id=fund["home_id"], ended=0, order="fund"))
        }
        others.pop(fund["id"])
        found["to_fund_id"] = st.selectbox(
            t("to_fund_id"), list(others), index=None, format_func=lambda one: filing.fund_line(others[one]),
                key=f"to_{key}", placeholder=t("type_or_touch")
        )  # fmt: skip
    if kind != "between_funds":
        gifts = {row["gift_id"]: row for row in tables.rows(scope.read("money_lots", fund_id=fund["id"], order="turn"))}
        found["gift_id"] = st.selectbox(
            t("gift_id"), list(gifts), index=None, format_func=partial(_gift, gifts), key=f"gift_{key}", placeholder=t("type_or_touch")
        )  # fmt: skip
    return found


def _gift(gifts: dict[int, Row], id: int) -> str:
    row = gifts[id]
    return literal(
        " · ".join([row["day"], row["donor"] or t("anonymous_gift"), t("fund.left", yuan=f"{row['left_yuan']:,.2f}")])
    )


def _consent(key: str) -> Row:
    """Who of the donor's agreed to the other purpose, and when."""
    left, right = st.columns(2)
    by = left.text_input(t("consent_by"), key=f"consent_{key}").strip()
    day = right.date_input(
        t("consent_day"), None, min_value=date(1990, 1, 1), format="YYYY-MM-DD", key=f"consented_{key}"
    )
    return {"consent_by": by or None, "consent_day": day.isoformat() if isinstance(day, date) else None}
