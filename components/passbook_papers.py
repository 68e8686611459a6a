"""The passbook on paper, for A4 and for a small booklet, and as a workbook; the volunteer certificate (志愿服务记录证明), printed alone."""

import html
from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from components import forms, passbooks, report, tables
from components.passbooks import signed, spell
from components.words import code, language, t
from db import certificates
from db.importer import sheets
from db.scope import Row, Scope
from db.words import say, table

SPANS = ("this_month", "this_year", "all_time", "own_span")
START = "0001-01-01"
SHEET = ("day", "kind", "undoes", "service", "other", "minutes", "balance", "note", "reversed_day", "reversed_note")


def buttons(scope: Scope, book: Row) -> None:
    """The span of days, and what can be taken along of it."""
    with st.expander(t("passbook.papers"), icon=":material/print:", key="passbook_papers"):
        first, last = span(scope, book)
        said = language()
        with st.container(horizontal=True, key="passbook_print"):
            report.button("print_passbook", lambda: paper(scope, book, first, last), scope, "time_statement")
            report.button("print_booklet", lambda: paper(scope, book, first, last, small=True), scope, "time_statement")
            report.workbook("passbook_xlsx", lambda: workbook(scope, book, said), scope, "time_statement")
            if book["person_id"] and scope.may("a", "transfers"):
                with forms.refusals():
                    report.button("print_certificate", lambda: certificate(scope, book, first, last), scope, "")


def span(scope: Scope, book: Row) -> tuple[str, str]:
    """From which day to which: a month, a year, all of it, or two days of one's own."""
    today = scope.today()
    with st.container(key="board_span"):
        picked = st.segmented_control(
            t("passbook.span"), SPANS, format_func=lambda each: t(f"passbook.{each}"), default="this_year", required=True,
            key=f"span_{book['id']}", width="stretch",
        )  # fmt: skip
    if picked != "own_span":
        return {"this_month": f"{today[:7]}-01", "this_year": f"{today[:4]}-01-01"}.get(
            str(picked), "0001-01-01"
        ), today
    left, right = st.columns(2)
    first = left.date_input(
        t("passbook.first"), date.fromisoformat(f"{today[:4]}-01-01"), min_value=date(1990, 1, 1), format="YYYY-MM-DD"
    )
    last = right.date_input(
        t("passbook.last"), date.fromisoformat(today), min_value=date(1990, 1, 1), format="YYYY-MM-DD"
    )
    return first.isoformat(), last.isoformat()


def within(rows: Sequence[Row], first: str, last: str) -> tuple[int, list[Row], int]:
    """What stood before the first day, the lines to the last, and what stands after them: opening and lines make up the closing."""
    before = [row for row in rows if row["day"] < first]
    found = [row for row in rows if first <= row["day"] <= last]
    opening = before[-1]["balance"] if before else 0
    return opening, found, found[-1]["balance"] if found else opening


def paper(scope: Scope, book: Row, first: str, last: str, small: bool = False) -> str:
    """A passbook for the days of a span, in large type; `small` for the page of a booklet."""
    rows = tables.rows(scope.read("time_statement", account_id=book["id"], order="day, seq"))
    opening, found, closing = within(rows, first, last)
    first = first if first > START else rows[0]["day"] if rows else last
    ends = [_end(t("passbook.opening", day=first), opening), _end(t("passbook.closing", day=last), closing)]
    body = ends[0] + "".join(_line(row) for row in found) + ends[1]
    sums = t("passbook.sums", came=spell(sum(each["minutes"] for each in found if each["minutes"] > 0)),
             went=spell(-sum(each["minutes"] for each in found if each["minutes"] < 0)), n=len(found))  # fmt: skip
    blanks = "".join(
        f"<span class='box'>{t(each)}<span class='line'></span></span>"
        for each in ("passbook.holder", "passbook.caretaker")
    )
    css = "booklet" if small else "passbook"
    under = t("dot").join([code(book["label"]), book["home"], t("passbook.no", n=book["id"])])
    sheet = f"<table class='{css}'><thead><tr>{passbooks.heads()}</tr></thead><tbody>{body}</tbody></table>"
    # A6 in figures, since browsers do not know it by name
    size = "<style>@page { size: 105mm 148mm; margin: 6mm }</style>" if small else ""
    body = f"{size}{sheet}<p>{html.escape(sums)}</p><footer>{blanks}</footer>"
    return report.paper(t("passbook.title"), under, body, inside=True)


def _end(said: str, balance: int) -> str:
    return f"<tr><th colspan=3>{html.escape(said)}</th><td class=number><b>{spell(balance)}</b></td></tr>"


def _line(row: Row) -> str:
    said = html.escape(passbooks.what(row))
    said = f"<s>{said}</s>" if row["reversed_day"] else said
    small = "".join(f"<small>{html.escape(each)}</small>" for each in passbooks.notes(row))
    figures = "".join(f"<td class=number>{each}</td>" for each in (signed(row["minutes"]), spell(row["balance"])))
    return f"<tr><td>{row['day']}</td><td>{said}{small}</td>{figures}</tr>"


def workbook(scope: Scope, book: Row, language: str) -> bytes:
    """All lines as a workbook, in minutes. It is made outside a run of the page."""
    rows = tables.rows(scope.read("time_statement", account_id=book["id"], order="day, seq"))
    lines = [[_word(row[column], language) for column in SHEET] for row in rows]
    heads = [say(column, language) for column in SHEET]
    title = [[_word(book["label"], language), book["home"]], []]
    return sheets.write_xlsx([(say("passbook.title", language), [*title, heads, *lines])])


def _word(value: Any, language: str) -> Any:
    return say(value, language) if isinstance(value, str) and value in table() else value


def certificate(scope: Scope, book: Row, first: str, last: str) -> str:
    """The certificate of somebody's service in these days; its number is the line that it leaves in the audit trail."""
    with scope.work() as desk:
        found = certificates.certify(desk, book["id"], first, last)
    facts = [(t(f"certificate.{name}"), said) for name, said in _facts(found)]
    lines = "".join(f"<p class='fact'><b>{html.escape(name)}</b>{html.escape(said)}</p>" for name, said in facts)
    rows = "".join(_served(each) for each in found["served"])
    sums = f"<td class=number>{found['times']}</td><td class=number><b>{spell(found['minutes'])}</b></td>"
    total = f"<tr><th>{t('certificate.total')}</th>{sums}</tr>"
    head = "".join(f"<th>{t(f'certificate.{each}')}</th>" for each in ("service", "times", "time"))
    said = [t("certificate.says"), *_remarks(found)]
    notes = "".join(f"<p>{html.escape(each)}</p>" for each in said)
    blanks = "".join(
        f"<p class='seal'>{t(f'certificate.{each}')}<span class='line'></span></p>"
        for each in ("seal", "signature", "signed_on")
    )
    sheet = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}{total}</tbody></table>"
    body = f"<div class='certificate'>{lines}{sheet}{notes}<footer>{blanks}</footer></div>"
    return report.paper(t("certificate.title"), t("certificate.no", number=found["number"]), body)


def _facts(found: Row) -> list[tuple[str, str]]:
    first = found["first"] if found["first"] > START else t("certificate.from_start")
    sex = t(found["sex"]) if found["sex"] else ""
    who = t("dot").join(filter(None, [found["name"], sex, found["birth_day"] or ""]))
    stars = (
        f"{'★' * found['stars']} {t('certificate.star', n=found['stars'])}"
        if found["stars"]
        else t("certificate.no_star")
    )
    return [("name", who), ("home", found["home"]), ("period", t("week.span", first=first, last=found["last"])), ("stars", stars),
            ("issued", found["today"])]  # fmt: skip


def _served(row: Row) -> str:
    return f"<tr><td>{t(row['service'])}</td><td class=number>{row['times']}</td><td class=number>{spell(row['minutes'])}</td></tr>"


def _remarks(found: Row) -> list[str]:
    """What went to the pool, and what was corrected."""
    said = [t("certificate.pooled", time=spell(found["pooled"]))] if found["pooled"] else []
    return [
        *said,
        t("certificate.corrected", n=found["corrected"]) if found["corrected"] else t("certificate.uncorrected"),
    ]
