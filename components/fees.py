"""What families pay: the price table by age, the fees of a month for everybody at once, who has paid, and into the books."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from components import cards, forms, tables, turns
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
    _paying(
        here, [row for row in rows if row["yuan"] and row["paid_day"] in (None, here.today()) and not row["banked"]]
    )
    _bank(here, home, fee)
    _wrong(here, [row for row in rows if row["paid_day"] is None])
    tables.table(pd.DataFrame(rows), hide=("id", "person_id", "fee", "home"))
    _prices(replace(here, month=None), home)


def _charge(scope: Scope, fee: str, charged: set[int]) -> None:
    """All who live there and were not charged yet, the same days; who had fewer days, or relief, is charged alone."""
    people = tables.rows(scope.read("person_list", status="resident", order="label"))
    left = {row["id"]: row["label"] for row in people if row["id"] not in charged}
    if not left or not scope.may("a", "fees"):
        return
    with st.expander(t("fees.charge", n=len(left), month=scope.month), icon=":material/price_check:", key="charge"):
        turn = turns.turn(f"charge_{fee}")
        whom = _whom("fees.whom", left, f"whom_{turn}") or list(left)
        units = st.number_input(t(fee), 1, 31, 1 if fee == "bed_months" else None, key=f"units_{turn}")
        relief = st.text_input(t("relief"), key=f"relief_{turn}").strip() or None
        if st.button(t("fees.do", n=len(whom)), type="primary", key=f"charge_{turn}", disabled=units is None):
            with forms.refusals() as outcome, scope.work() as desk:
                _all(desk, whom, fee, str(scope.month), int(units or 0), relief)
            if outcome.ok:
                turns.over(f"charge_{fee}")
                forms.flash(t("fees.charged", n=len(whom)))


def _whom(label: str, names: dict[int, str], key: str) -> list[int]:
    return st.multiselect(
        t(label), list(names), format_func=lambda one: literal(names[one]), placeholder=t("fees.all"), key=key
    )


def _all(desk: Desk, persons: list[int], fee: str, month: str, units: int, relief: str | None) -> None:
    for person in persons:
        money.charge(desk, person, fee, month, units, relief)


def _paying(scope: Scope, rows: list[Row]) -> None:
    """Who has not paid; one touch notes it, and can be taken back the same day until it stands in the books."""
    if not rows or not scope.may("e", "fees"):
        return
    left = sum(row["paid_day"] is None for row in rows)
    st.subheader(t("fees.unpaid", n=left) if left else t("fees.all_paid"), anchor=False)
    with st.container(key="cards_fees"):
        for row in sorted(rows, key=lambda row: (row["person"], row["id"])):
            touched = _touched(row)
            if touched:
                with forms.refusals() as outcome, scope.work() as desk:
                    money.paid(desk, row["id"], yes=touched == "paid")
                if outcome.ok:
                    forms.flash(t(f"fees.{touched}", name=row["person"]))


def _touched(row: Row) -> str | None:
    name, yuan = literal(row["person"]), f"{row['yuan']:,.2f}"
    if row["paid_day"] is None:
        return "paid" if st.button(f"**{name}**\u2003{yuan}", key=f"paid_{row['id']}", width="stretch") else None
    with st.container(horizontal=True, vertical_alignment="center", key=f"stands_fee_{row['id']}"):
        st.markdown(f"✓ {name}\u2003{yuan}")
        return "unpaid_again" if cards.take_back(f"fee_{row['id']}") else None


def _wrong(scope: Scope, rows: list[Row]) -> None:
    """What was charged wrongly and is not paid yet is taken out, to be charged anew."""
    if not rows or not scope.may("d", "fees"):
        return
    with st.expander(t("fees.wrong"), icon=":material/undo:", key="wrong"):
        turn = turns.turn("wrong")
        names = {row["id"]: row["person"] for row in rows}
        ids = _whom("fees.whose", names, f"wrong_{turn}") or list(names)
        with st.popover(t("fees.take_out", n=len(ids)), key=f"ask_wrong_{turn}"):
            st.write(t("remove.sure"))
            if st.button(t("remove.do"), type="primary", key=f"take_out_{turn}"):
                with forms.refusals() as outcome, scope.work() as desk:
                    for id in ids:
                        desk.delete("fees", id)
                if outcome.ok:
                    turns.over("wrong")
                    forms.flash(t("fees.taken_out", n=len(ids)))


def _bank(scope: Scope, home: int, fee: str) -> None:
    """What was paid and stands in no fund yet becomes one gift of the families."""
    whole = replace(scope, month=None)
    paid = [row for row in tables.rows(whole.read("fee_list", fee=fee, banked=0)) if row["paid_day"] and row["yuan"]]
    total = sum(row["yuan"] for row in paid)
    if not paid or not scope.may("a", "gifts"):
        return
    label = t("fees.bank", yuan=f"{total:,.2f}", n=len(paid))
    if st.button(label, icon=":material/savings:", key=f"bank_{turns.turn('fees')}"):
        with forms.refusals() as outcome, scope.work() as desk:
            if money.bank(desk, home, fee) is None:
                raise RuleBroken("gone")
        if outcome.ok:
            turns.over("fees")
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
