"""A voucher is filed: how much, from which fund, for what, to whom; what is typed is said back before anything is saved."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from components import fen, forms, people, tables, turns
from components.words import code, literal, t
from db import money, statements
from db.scope import Desk, Row, Scope

SERVED = {"meals": "meals_served", "utilities": "warm_days", "posts": "care_hours_paid", "equipment": "things_bought",
          "beds": "things_bought"}  # fmt: skip
NAME = "voucher"


def new(scope: Scope) -> None:
    """An empty voucher of a home."""
    home = forms.place(scope, "spendings")
    if home is not None:
        ask(scope, home)


def ask(scope: Scope, home: int, line: Row | None = None) -> None:
    """The voucher, filled from a line of the bank's statement where there is one; saved with its bill in one go."""
    funds = {row["id"]: row for row in _funds(scope, home)}
    if not funds:
        st.info(t("voucher.no_funds"), icon=":material/savings:")
        return
    told = line or {"yuan": None, "counterpart": None, "day": None, "id": None}
    key = turns.turn(f"{NAME}_{home}_{told['id']}")
    amount = fen.asked(t("voucher.amount"), f"amount_{key}", None if line is None else round(-line["yuan"] * 100))
    fund = st.selectbox(
        t("voucher.fund"), list(funds), index=None, format_func=lambda one: fund_line(funds[one]),
            key=f"fund_{key}", placeholder=t("type_or_touch")
    )  # fmt: skip
    row = {"home_id": home, "key": key, "amount_fen": amount, "fund_id": fund} | _about(
        scope, key, funds.get(fund), told
    )
    _warn(amount, funds.get(fund))
    with st.container(key="bill_field"):
        file = st.file_uploader(t("bill.choose"), type=["jpg", "jpeg", "png"], key=f"bill_{key}")
    said = fen.both(amount) if amount else ""
    label = t("voucher.file", said=said)
    if st.button(label, type="primary", icon=":material/send:", key=f"file_{key}", disabled=not said):
        _file(scope, row, file, told["id"], f"{NAME}_{home}_{told['id']}")


def _funds(scope: Scope, home: int) -> list[Row]:
    """The funds with something in them, those that end soonest first."""
    whole = replace(scope, month=None)
    found = tables.rows(whole.read("money_funds", home_id=home, ended=0, order="until_day IS NULL, until_day, fund"))
    return [row for row in found if row["left_yuan"] > 0]


def fund_line(row: Row) -> str:
    """A fund in a line: its name, what lies in it, what it is for and until when."""
    uses = t("comma").join(t(each) for each in json.loads(row["purposes"])) or t("any_purpose")
    until = t("fund.until", day=row["until_day"]) if row["until_day"] else ""
    return literal(
        " · ".join(filter(None, [code(row["fund"]), t("fund.left", yuan=f"{row['left_yuan']:,.2f}"), uses, until]))
    )


def _about(scope: Scope, key: str, fund: Row | None, told: Row) -> Row:
    """For what, to whom, by whose hands, when."""
    allowed = json.loads(fund["purposes"]) if fund else []
    options = allowed or scope.read("purposes")["code"].tolist()
    with st.container(key="board_purpose"):
        purpose = st.pills(
            t("purpose"), options, format_func=t, default=options[0] if len(options) == 1 else None, key=f"purpose_{key}_{len(options)}"
        )  # fmt: skip
    left, right = st.columns(2)
    payee = left.text_input(t("payee"), told["counterpart"] or "", key=f"payee_{key}").strip()
    handler = right.text_input(t("handler"), scope.user()["name"], key=f"handler_{key}").strip()
    today = date.fromisoformat(told["day"] or scope.today())
    day = left.date_input(t("day"), today, min_value=date(1990, 1, 1), format="YYYY-MM-DD", key=f"day_{key}")
    note = right.text_input(t("note"), key=f"note_{key}").strip()
    served = SERVED.get(purpose or "", "times_helped")
    count = left.number_input(t(served), min_value=1, value=None, step=1, key=f"count_{key}")
    return {
        "purpose": purpose,
        "payee": payee,
        "handler": handler,
        "day": day.isoformat() if isinstance(day, date) else None,
        "note": note or None,
        "served": served if count else None,
        "served_count": count,
    }


def _warn(amount: int | None, fund: Row | None) -> None:
    """Said before it is refused: there is not so much in the fund."""
    if amount and fund and amount > round(fund["left_yuan"] * 100):
        st.warning(t("rule.spendings_over"), icon=":material/savings:")


def _file(scope: Scope, row: Row, file: Any, line: int | None, name: str) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        id = _filed(desk, row, file, line)
    if outcome.ok:
        turns.over(name)
        st.query_params.pop("line", None)
        st.query_params["voucher"] = str(id)
        forms.flash(t("saved.spendings"))


def _filed(desk: Desk, row: Row, file: Any, line: int | None) -> int:
    """The voucher, its bill, and the line of the bank's statement that it is: all or nothing."""
    id = money.file(desk, row)
    if file is not None:
        money.bill(desk, id, people.small(file, people.BILL), key=row["key"])
    if line is not None:
        statements.take(desk, line, "spendings", id)
    return id
