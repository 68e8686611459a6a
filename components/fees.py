"""What families pay: the price table by age, the fees of a month for everybody at once, who has paid, and into the books."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from components import deciding, forms, tables
from components.words import literal, t
from db import money
from db.rules import RuleBroken
from db.scope import Desk, Row, Scope

FEES = ("meal_days", "bed_months")


def show(scope: Scope) -> None:
    """One home's fees of the month: charged, paid, banked; the prices below."""
    home = forms.place(scope, "fees")
    if home is None:
        return
    here = replace(scope, homes=(home,))
    with st.container(key="board_fee"):
        fee = str(st.segmented_control(t("fee"), FEES, format_func=t, default=FEES[0], required=True,
            key="fee", width="stretch"))  # fmt: skip
    rows = tables.rows(here.read("fee_list", fee=fee, order="paid_day IS NOT NULL, person"))
    _charge(here, fee, {row["person_id"] for row in rows})
    _unpaid(here, [row for row in rows if row["paid_day"] is None])
    _bank(here, home, fee)
    tables.table(pd.DataFrame(rows), hide=("id", "person_id", "fee"))
    _prices(replace(here, month=None), home)


def _charge(scope: Scope, fee: str, charged: set[int]) -> None:
    """All who live there and were not charged yet, the same days; who had fewer days, or relief, is charged alone."""
    people = tables.rows(scope.read("person_list", status="resident", order="label"))
    left = {row["id"]: row["label"] for row in people if row["id"] not in charged}
    if not left or not scope.may("a", "fees"):
        return
    with st.expander(t("fees.charge", n=len(left), month=scope.month), icon=":material/price_check:", key="charge"):
        whom = st.multiselect(t("fees.whom"), list(left), format_func=lambda one: literal(left[one]), placeholder=t("fees.all"),
            key=f"whom_{fee}")  # fmt: skip
        units = st.number_input(t(fee), 1, 31, 1 if fee == "bed_months" else None, key=f"units_{fee}")
        relief = st.text_input(t("relief"), key=f"relief_{fee}").strip() or None
        if st.button(t("fees.do", n=len(whom or left)), type="primary", key="charge_do", disabled=units is None):
            with forms.refusals() as outcome, scope.work() as desk:
                _all(desk, whom or list(left), fee, str(scope.month), int(units or 0), relief)
            if outcome.ok:
                forms.flash(t("fees.charged", n=len(whom or left)))


def _all(desk: Desk, persons: list[int], fee: str, month: str, units: int, relief: str | None) -> None:
    for person in persons:
        money.charge(desk, person, fee, month, units, relief)


def _unpaid(scope: Scope, rows: list[Row]) -> None:
    """Who has not paid; one touch notes it."""
    if not rows or not scope.may("e", "fees"):
        return
    st.subheader(t("fees.unpaid", n=len(rows)), anchor=False)
    with st.container(key="cards_fees"):
        for row in rows:
            label = f"**{literal(row['person'])}**\u2003{row['yuan']:,.2f}"
            if st.button(label, key=f"paid_{row['id']}", width="stretch"):
                with forms.refusals() as outcome, scope.work() as desk:
                    money.paid(desk, row["id"])
                if outcome.ok:
                    forms.flash(t("fees.paid", name=row["person"]))


def _bank(scope: Scope, home: int, fee: str) -> None:
    """What was paid and stands in no fund yet becomes one gift of the families."""
    whole = replace(scope, month=None)
    paid = [row for row in tables.rows(whole.read("fee_list", fee=fee, banked=0)) if row["paid_day"] and row["yuan"]]
    total = sum(row["yuan"] for row in paid)
    if not paid or not scope.may("a", "gifts"):
        return
    label = t("fees.bank", yuan=f"{total:,.2f}", n=len(paid))
    if st.button(label, icon=":material/savings:", key=f"bank_{deciding.token('fees')}"):
        with forms.refusals() as outcome, scope.work() as desk:
            if money.bank(desk, home, fee) is None:
                raise RuleBroken("gone")
        if outcome.ok:
            deciding.done("fees")
            forms.flash(t("fees.banked"))


def _prices(scope: Scope, home: int) -> None:
    found = scope.read("prices", order="fee, from_day DESC, age_from")
    st.subheader(t("prices"), anchor=False)
    shown = found.assign(yuan=found["price_fen"] / 100).rename(columns={"from_day": "prices.from_day"})
    tables.table(shown[["fee", "prices.from_day", "age_from", "yuan"]])
    forms.add(scope, "prices", home_id=home)
    picked = tables.choose(found, "price") if scope.may("e", "prices") else None
    if picked is not None:
        forms.edit(scope, "prices", picked["id"])
