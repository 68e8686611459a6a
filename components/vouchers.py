"""Vouchers of spending: those that wait, those of the month, one with its bill and what may be done with it."""

import html
from dataclasses import replace

import pandas as pd
import streamlit as st

from components import deciding, fen, forms, people, tables
from components.words import code, literal, t
from db import money
from db.scope import Row, Scope

SHOWN = ("day", "number", "fund", "purpose", "yuan", "payee", "state", "filer", "decided_by")
FACTS = ("home", "day", "fund", "purpose", "payee", "handler", "served", "served_count", "note", "filer", "decided_by",
         "decision_note")  # fmt: skip
MOVED = ("home", "day", "kind", "from_fund", "to_fund", "reason", "consent_by", "consent_day", "filer", "decided_by",
         "decision_note")  # fmt: skip
OPENS = {"spendings": "voucher", "moves": "move", "reversals": "reversal"}


def waiting(scope: Scope) -> None:
    """What waits for somebody else's approval, the oldest first; one touch opens it."""
    found = scope.read("money_waiting", order="day, id")
    if found.empty:
        st.success(t("nothing_waits"), icon=":material/check_circle:")
        return
    several = found["home"].nunique() > 1
    for filing, key in OPENS.items():
        mine = found[found["filing"] == filing]
        if len(mine):
            st.subheader(t(filing), anchor=False)
            people.touch(mine, key, lambda row: _line(row, several))


def _line(row: Row, with_home: bool) -> str:
    parts = [row["home"] if with_home else "", code(row["fund"]), row["about"], row["filer"], row["day"]]
    return _told(row, parts)


def _told(row: Row, parts: list[str]) -> str:
    """A paper in a line: number and amount, then what tells it apart."""
    said = literal(t("dot").join(filter(None, parts)))
    return f"**{t('voucher.no', n=row['number'])} · {row['yuan']:,.2f}**\u2003{said}"


def month(scope: Scope) -> None:
    """The vouchers of the month, and the moves; one touch opens one."""
    found = scope.read("money_spendings", order="day DESC, id DESC")
    several = found["home"].nunique() > 1
    people.touch(found, "voucher", lambda row: _voucher_line(row, several))
    if len(found) > people.PAGE:
        tables.table(found[["home", *SHOWN]])
    moves = scope.read("money_moves", order="day DESC, id DESC")
    if len(moves):
        st.subheader(t("moves"), anchor=False)
        people.touch(moves, "move", _move_line)


def _voucher_line(row: Row, with_home: bool) -> str:
    parts = [row["home"] if with_home else "", t(row["purpose"]), row["payee"], row["day"], t(row["state"])]
    return (
        f"**{t('voucher.no', n=row['number'])} · {row['yuan']:,.2f}**\u2003{literal(' · '.join(filter(None, parts)))}"
    )


def _move_line(row: Row) -> str:
    way = " → ".join(code(row[each]) for each in ("from_fund", "to_fund") if row[each])
    return _told(row, [way, t(row["state"])])


def voucher(scope: Scope, row: Row) -> None:
    """One voucher with its bill, what it drew on, and what may be done with it."""
    people.close("voucher", "back_to_list")
    _head(row)
    tables.facts({name: row[name] for name in FACTS})
    _bills(scope, row)
    _drawn(scope, row)
    deciding.show(replace(scope, month=None), "spendings", row)


def move(scope: Scope, row: Row) -> None:
    """One move of money with its reason and consent, and what may be done with it."""
    people.close("move", "back_to_list")
    _head(row)
    tables.facts({name: row[name] for name in MOVED})
    deciding.show(replace(scope, month=None), "moves", row)


def reversal(scope: Scope, row: Row) -> None:
    """A reversal: what it takes back is opened with it."""
    people.close("reversal", "back_to_list")
    _head(row)
    tables.facts({name: row[name] for name in ("home", "day", "reason", "filer", "decided_by", "decision_note")})
    for column, view in (("spending_id", "money_spendings"), ("move_id", "money_moves")):
        if row[column]:
            _taken_back(tables.rows(replace(scope, month=None).read(view, id=row[column]))[0])
    deciding.show(scope, "reversals", row)


def _taken_back(row: Row) -> None:
    st.subheader(t("reversal.of", n=row["number"]), anchor=False)
    names = FACTS if "payee" in row else MOVED
    tables.facts({"yuan": row["yuan"]} | {name: row[name] for name in names})


def _head(row: Row) -> None:
    said = html.escape(fen.both(round(row["yuan"] * 100)))
    title = html.escape(t("voucher.no", n=row["number"]))
    st.html(
        f"<div class='hh-book'><header><h2>{title} · {said}</h2></header>"
        f"<p class='hh-marks'><i>{t(row['state'])}</i></p></div>"
    )


def _bills(scope: Scope, row: Row) -> None:
    """The pictures of the bill; one can be added."""
    for each in scope.read("bills", spending_id=row["id"])["image"]:
        st.html(f"<img class='hh-bill' alt='{t('bill')}' src='data:image/jpeg;base64,{html.escape(each)}'>")
    if not scope.may("a", "bills"):
        return
    with st.popover(t("bill.add"), icon=":material/photo_camera:"), st.form("bill", clear_on_submit=True, border=False):
        file = st.file_uploader(t("bill.choose"), type=["jpg", "jpeg", "png"])
        if not st.form_submit_button(t("bill.keep"), type="primary"):
            return
        with forms.refusals() as outcome, scope.work() as desk:
            money.bill(desk, row["id"], people.small(file, people.BILL))
        if outcome.ok:
            forms.flash(t("saved.done"))


def _drawn(scope: Scope, row: Row) -> None:
    """The gifts whose money it is."""
    found = replace(scope, month=None).read("money_uses", spending_id=row["id"], order="gift_day")
    if len(found):
        st.subheader(t("drawn_on"), anchor=False)
        tables.table(pd.DataFrame(found[["gift_day", "donor", "source", "yuan"]]))
