"""Papers that were issued: printed again, void with a reason, replaced by a new one; and a donor's yearly statement."""

from dataclasses import replace
from functools import partial

import streamlit as st

from components import deciding, money_papers, people, report, tables
from components.words import literal, t
from db import papers
from db.scope import Desk, Row, Scope

WHY_VOID = ("wrong_amount", "wrong_name", "spoilt")


def show(scope: Scope) -> None:
    """The papers so far by touch of one: printed again, or void with a reason and a new one in its place; a donor's statement."""
    if not scope.may("r", "paper_list"):
        return
    whole = replace(scope, month=None)
    with st.expander(t("papers.issued"), icon=":material/description:", key="papers_issued"):
        _statement(whole)
        found = [
            row
            for row in tables.rows(whole.read("paper_list", order="id DESC"))
            if row["kind"] in (*money_papers.GIFT_PAPERS, "statement")
        ]
        names = {row["id"]: _label(row) for row in found[: people.PAGE * 5]}
        picked = st.selectbox(
            t("papers.pick"), list(names), index=None, format_func=names.__getitem__, key="paper_picked",
            placeholder=t("type_or_touch"),
        )  # fmt: skip
        row = next((each for each in found if each["id"] == picked), None)
        if row is not None:
            _one(whole, row)


def _label(row: Row) -> str:
    void = t("paper.is_void") if row["void_reason"] else ""
    return literal(
        " · ".join(filter(None, [money_papers.number(row), row["donor"] or t("anonymous_gift"), row["day"], void]))
    )


def _one(scope: Scope, row: Row) -> None:
    with st.container(horizontal=True, key="one_paper"):
        report.button("print_again", partial(money_papers.again, scope, row["id"]), scope, "paper_list")
        if not row["void_reason"] and scope.may("a", "paper_voids"):
            deciding.with_reason(scope, "void", WHY_VOID, partial(_void_only, row["id"]))
            deciding.with_reason(scope, "replace_paper", WHY_VOID, partial(_replaced, row["id"]))


def _void_only(id: int, desk: Desk, note: str | None) -> int:
    return papers.void(desk, id, note)


def _replaced(id: int, desk: Desk, note: str | None) -> int:
    return papers.replace(desk, id, note)


def _statement(scope: Scope) -> None:
    """A donor's statement of a year."""
    if not scope.may("a", "papers"):
        return
    gifts = scope.read("gift_list", order="day DESC")
    donors = [row for row in tables.rows(gifts) if row["donor"]]
    left, right = st.columns(2)
    options = list(dict.fromkeys((row["home_id"], row["donor"]) for row in donors))
    picked = left.selectbox(
        t("papers.donor"), options, index=None, format_func=lambda each: literal(each[1]), key="statement_donor",
        placeholder=t("type_or_touch"),
    )  # fmt: skip
    years = list(dict.fromkeys(row["day"][:4] for row in donors if (row["home_id"], row["donor"]) == picked))
    year = right.selectbox(t("year"), years, key=f"statement_year_{picked}", placeholder=t("type_or_touch"))
    if picked and year:
        report.button("print_statement", partial(_stated, scope, *picked, str(year)), scope, "")


def _stated(scope: Scope, home: int, donor: str, year: str) -> str:
    today = scope.today()
    with scope.work() as desk:
        id = papers.statement(desk, home, donor, f"{year}-01-01", min(f"{year}-12-31", today))
    return money_papers.again(replace(scope, homes=(home,)), id)
