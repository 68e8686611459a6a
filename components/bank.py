"""The bank's or the cashier's statement (流水): brought in, matched to the books, and filed from where nothing fits."""

from dataclasses import replace
from functools import partial

import streamlit as st

from components import filing, forms, imports, people, tables, uploads
from components.words import literal, t
from db import statements
from db.scope import Desk, Row, Scope


def show(scope: Scope) -> None:
    """A file to bring in; what is not matched yet, and one touch for all that leaves no doubt; the lines of the month."""
    if scope.may("a", "bank_lines"):
        with st.expander(t("bank.bring"), icon=":material/upload_file:", key="bank_file"):
            _bring(scope)
    whole = replace(scope, month=None)
    found = whole.read("bank_list", unmatched=1, order="day DESC, id DESC")
    st.subheader(t("bank.unmatched", n=f"{len(found):,}"), anchor=False)
    if found.empty:
        st.success(t("bank.all_matched"), icon=":material/check_circle:")
    elif scope.may("e", "bank_lines"):
        _clear(whole)
    people.touch(found, "line", _line)
    with st.expander(t("bank.lines"), icon=":material/table_rows:"):
        tables.table(scope.read("bank_list", order="day, id"), hide=("id", "gift_id", "spending_id", "amount_fen"))


def _bring(scope: Scope) -> None:
    """The same way in as any other workbook."""
    st.caption(t("bank.how"))
    file = uploads.drop()
    plan = uploads.understood(scope, file) if file else None
    if plan:
        imports.outcome(scope, file, plan, uploads.home(scope, plan))


def _clear(scope: Scope) -> None:
    """One touch matches what has one entry of its amount, near its day, and no other name."""
    sure = statements.clear(tables.rows(scope.read("bank_candidates", order="line_id, apart_days, id")))
    if sure and st.button(t("bank.match", n=len(sure)), type="primary", icon=":material/done_all:", key="bank_match"):
        with forms.refusals() as outcome, scope.work() as desk:
            matched = sum(statements.match_clear(desk, home) for home in {each["home_id"] for each in sure})
        if outcome.ok:
            forms.flash(t("bank.matched", n=matched))


def _line(row: Row) -> str:
    said = literal(" · ".join(filter(None, [row["day"], row["counterpart"], row["note"]])))
    return f"**{row['yuan']:+,.2f}**\u2003{said}"


def line(scope: Scope, row: Row) -> None:
    """One line: what it could be, by one touch; else a gift or a voucher filed from it."""
    people.close("line", "back_to_list")
    told = {name: row[name] for name in ("home", "day", "yuan", "counterpart", "note")}
    tables.facts(told | {"yuan": float(row["yuan"])})
    if not row["unmatched"] or not scope.may("e", "bank_lines"):
        return
    found = tables.rows(scope.read("bank_candidates", line_id=row["id"], order="apart_days, id"))
    if found:
        st.subheader(t("bank.could_be"), anchor=False)
    with st.container(key="rows_candidates"):
        for each in found:
            label = literal(" · ".join([t(each["filing"]), each["day"], each["about"] or t("anonymous_gift")]))
            if st.button(label, key=f"is_{each['filing']}_{each['id']}", width="stretch"):
                _matched(scope, row, each)
    st.subheader(t("bank.file"), anchor=False)
    if row["yuan"] < 0:
        filing.ask(scope, row["home_id"], row)
    else:
        fixed = {
            "home_id": row["home_id"],
            "amount_fen": row["amount_fen"],
            "day": row["day"],
            "item": None,
            "quantity": None,
        }
        forms.add(scope, "gifts", True, partial(_gift, row["id"]), told={"donor": row["counterpart"]}, **fixed)


def _matched(scope: Scope, row: Row, candidate: Row) -> None:
    with forms.refusals() as outcome, scope.work() as desk:
        statements.take(desk, row["id"], candidate["filing"], candidate["id"])
    if outcome.ok:
        _leave(t("bank.one_matched"))


def _gift(line: int, desk: Desk, row: Row) -> int:
    """A gift from a line that came in; it is that line at once."""
    id = desk.insert("gifts", row)
    statements.take(desk, line, "gifts", id)
    return id


def _leave(said: str) -> None:
    st.query_params.pop("line", None)
    forms.flash(said)
