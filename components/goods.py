"""Goods given: what came, what is left, and what went where."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from components import forms, people, tables, turns
from components.words import literal, t
from db import money
from db.scope import Row, Scope


def show(scope: Scope) -> None:
    """What is in stock, one touch to use of it; what was used in the month, and taken back where it was wrong."""
    whole = replace(scope, month=None)
    stock = whole.read("money_stock", order="left_quantity = 0, home_id, item")
    here = [row | {"id": n} for n, row in enumerate(tables.rows(stock)) if row["left_quantity"] > 0]
    picked = next((row for row in here if str(row["id"]) == st.query_params.get("stock")), None)
    if picked is not None and scope.may("a", "stock_uses"):
        _use(scope, picked)
        return
    tables.table(stock)
    if scope.may("a", "stock_uses"):
        st.subheader(t("goods.use"), anchor=False)
        people.touch(pd.DataFrame(here), "stock", _line)
    _used(scope)


def _line(row: Row) -> str:
    left = tables.shown("quantity", float(row["left_quantity"]))
    return f"**{literal(row['item'])}**\u2003{t('goods.left', n=left)}"


def _use(scope: Scope, stock: Row) -> None:
    """How much of it, for what, by whose hands."""
    people.close("stock", "back_to_list")
    st.subheader(stock["item"], anchor=False)
    key = turns.turn("stock")
    st.caption(t("goods.left", n=tables.shown("quantity", float(stock["left_quantity"]))))
    quantity = st.number_input(t("quantity"), min_value=0.0, value=None, step=1.0, key=f"quantity_{key}")
    with st.container(key="board_purpose"):
        purpose = st.pills(t("purpose"), scope.read("purposes")["code"].tolist(), format_func=t, key=f"purpose_{key}")
    left, right = st.columns(2)
    handler = left.text_input(t("handler"), scope.user()["name"], key=f"handler_{key}").strip()
    today = date.fromisoformat(scope.today())
    day = right.date_input(t("day"), today, min_value=date(1990, 1, 1), format="YYYY-MM-DD", key=f"day_{key}")
    note = st.text_input(t("note"), key=f"note_{key}").strip()
    row = {"home_id": stock["home_id"], "item": stock["item"], "quantity": quantity, "purpose": purpose, "handler": handler or None,
           "day": str(day), "note": note or None, "key": key}  # fmt: skip
    if st.button(t("goods.do"), type="primary", icon=":material/outbox:", key=f"use_{key}"):
        with forms.refusals() as outcome, scope.work() as desk:
            money.use(desk, row)
        if outcome.ok:
            turns.over("stock")
            st.query_params.pop("stock", None)
            forms.flash(t("saved.stock_uses"))


def _used(scope: Scope) -> None:
    found = scope.read("money_goods", order="day DESC, id DESC")
    st.subheader(t("goods.used"), anchor=False)
    tables.table(found, hide=("id",))
    standing = {row["id"]: row for row in tables.rows(found) if not row["taken_back"]}
    if standing and scope.may("a", "stock_uses"):
        picked = st.selectbox(
            t("goods.wrong"), list(standing), index=None, format_func=lambda one: _said(standing[one]),
                key="use_wrong", placeholder=t("type_or_touch")
        )  # fmt: skip
        if picked is not None:
            forms.act(scope, "put_back", money.put_back, picked)


def _said(row: Row) -> str:
    return literal(" · ".join([row["day"], row["item"], tables.shown("quantity", float(row["quantity"]))]))
