"""What somebody filed and another decides: approved, refused, withdrawn, taken back; each by a second touch."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from components import forms, tables
from components.words import literal, t
from db import money
from db.money import Filed
from db.scope import Desk, Row, Scope

WHY_REFUSED = ("no_bill", "wrong_amount", "wrong_fund", "not_agreed")
WHY_WRONG = ("wrong_amount", "wrong_fund", "wrong_payee", "entered_twice")


def show(scope: Scope, what: Filed, row: Row) -> None:
    """What may be done with a paper as it stands: decided while it waits, taken back once it stands."""
    if row["state"] == "undecided":
        _decide(scope, what, row)
    if row["state"] == "approved" and what != "reversals":
        _standing_reversal(scope, what, row)


def _decide(scope: Scope, what: Filed, row: Row) -> None:
    user = scope.user()
    with st.container(horizontal=True, key="decide"):
        if user["role"] == "official":
            forms.act(scope, "approve", partial(_call, money.approve, what), row["id"])
            with_reason(scope, "refuse", WHY_REFUSED, partial(money.refuse, what=what, id=row["id"]))
        if user["username"] == row["filed_by"]:
            forms.act(scope, "withdraw_paper", partial(_call, money.withdraw, what), row["id"])


def _call(action: Callable[..., Any], what: Filed, desk: Desk, id: int) -> Any:
    return action(desk, what, id)


def _standing_reversal(scope: Scope, what: Filed, row: Row) -> None:
    """The reversal that waits, to be decided here; else the way to file one."""
    column = {"spendings": "spending_id", "moves": "move_id"}[what]
    waiting = tables.rows(scope.read("money_reversals", **{column: row["id"], "state": "undecided"}))
    for each in waiting:
        st.info(
            t("reversal.waits", filer=literal(each["filer"]), reason=literal(each["reason"])), icon=":material/undo:"
        )
        _decide(scope, "reversals", each)
    if not waiting and scope.may("a", "reversals"):
        with_reason(scope, "reverse", WHY_WRONG, partial(_reverse, what, row["id"]))


def _reverse(what: Filed, id: int, desk: Desk, note: str | None) -> int:
    return money.reverse(desk, what, id, note)


def with_reason(scope: Scope, name: str, reasons: tuple[str, ...], action: Callable[..., Any]) -> None:
    """A button that asks for the reason, by touch or in own words, and then does it."""
    with st.popover(t(name), key=f"ask_{name}"):
        picked = st.pills(t("reason.pick"), reasons, format_func=lambda each: t(f"reason.{each}"), key=f"why_{name}")
        own = st.text_input(t("reason.own"), key=f"own_{name}").strip()
        note = t("colon").join(filter(None, [t(f"reason.{picked}") if picked else "", own])) or None
        if st.button(t(f"{name}.do"), type="primary", key=f"do_{name}"):
            with forms.refusals() as outcome, scope.work() as desk:
                action(desk, note=note)
            if outcome.ok:
                forms.flash(t(f"{name}.done"))
