"""Funds: what lies in each and what it is for; what grants ask for and by when; the budget; things bought and their signs."""

from dataclasses import replace
from typing import Any

import streamlit as st

from components import forms, moving, people, tables
from components.words import code, literal, t
from db.scope import Row, Scope

FACTS = ("home", "kind", "purposes", "from_day", "until_day", "document_no", "received_yuan", "spent_yuan",
         "moved_yuan", "returned_yuan", "left_yuan", "age_days")  # fmt: skip

OWN = {"from_day": "funds.from_day", "until_day": "funds.until_day"}  # columns that mean something else elsewhere


def show(scope: Scope) -> None:
    """Every fund by touch; below it terms, budget and things bought."""
    whole = replace(scope, month=None)
    found = whole.read("money_funds", order="home_id, ended, left_yuan DESC")
    several = found["home"].nunique() > 1
    people.touch(found, "fund", lambda row: _line(row, several))
    forms.add(scope, "funds")
    _terms(whole)
    _budget(whole)
    _assets(whole)


def _line(row: Row, with_home: bool) -> str:
    until = t("fund.until", day=row["until_day"]) if row["until_day"] else ""
    marks = [row["home"] if with_home else "", t("ended") if row["ended"] else until]
    said = literal(" · ".join(filter(None, [t("fund.left", yuan=f"{row['left_yuan']:,.2f}"), t(row["kind"]), *marks])))
    return f"**{literal(code(row['fund']))}**\u2003{said}"


def fund(scope: Scope, row: Row) -> None:
    """One fund: its figures, the gifts that lie in it, its terms; money moved from it."""
    people.close("fund", "back_to_list")
    st.subheader(code(row["fund"]), anchor=False)
    tables.facts({OWN.get(name, name): row[name] for name in FACTS})
    whole = replace(scope, month=None)
    lots = whole.read("money_lots", fund_id=row["id"], order="turn")
    if len(lots):
        st.subheader(t("fund.lots"), anchor=False)
        tables.table(lots, hide=("fund_id", "gift_id", "turn"))
    moving.transfer(scope, row)
    _terms(whole, fund=row["fund"], home_id=row["home_id"])
    forms.add(scope, "fund_terms", home_id=row["home_id"], fund_id=row["id"], met_day=None)
    forms.edit_all(whole, "fund_terms", fund_id=row["id"])
    forms.edit(scope, "funds", row["id"])


def _terms(scope: Scope, **where: Any) -> None:
    found = scope.read("money_terms", order="met_day IS NOT NULL, due_by", **where)
    if len(found):
        st.subheader(t("fund_terms"), anchor=False)
        tables.table(found, hide=("id",))


def _budget(scope: Scope) -> None:
    st.subheader(t("budgets"), anchor=False)
    tables.table(scope.read("money_budget", order="year DESC, purpose", limit=40))
    forms.add(scope, "budgets")
    if scope.may("e", "budgets"):
        picked = tables.choose(scope.read("budgets", order="year DESC, purpose"), "budget")
        if picked is not None:
            forms.edit(scope, "budgets", picked["id"])


def _assets(scope: Scope) -> None:
    found = scope.read("money_assets", order="sign_due DESC, day DESC")
    st.subheader(t("assets"), anchor=False)
    due = int(found["sign_due"].sum()) if len(found) else 0
    if due:
        st.warning(t("asset.sign_due", n=due), icon=":material/sell:")
    tables.table(found, hide=("id", "spending_id"))
    forms.add(scope, "assets")
    picked = tables.choose(found, "asset") if scope.may("e", "assets") else None
    if picked is not None:
        forms.edit(scope, "assets", picked["id"])
