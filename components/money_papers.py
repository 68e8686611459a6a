"""Papers for those who gave: acknowledgement (接收凭证), letter of thanks, yearly statement; numbered without a gap, void with a reason."""

import html
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from components import donor_papers, fen, report, tables
from components.words import t
from db import papers
from db.scope import Row, Scope

GIFT_PAPERS = {"acknowledgement": "print_acknowledgement", "thanks": "print_thanks"}  # each with its button


def of_gift(scope: Scope, gift: Row) -> None:
    """What can be printed for one gift; a paper gets its number when it is first printed, and keeps it."""
    if not scope.may("a", "papers"):
        return
    with st.container(horizontal=True, key="gift_papers"):
        for kind, button in GIFT_PAPERS.items():
            report.button(button, partial(issue, scope, kind, gift["id"]), scope, "")


def issue(scope: Scope, kind: str, gift: int) -> str:
    """The paper of a gift, with its number: a new one, or the one that stands."""
    with scope.work() as desk:
        id = papers.for_gift(desk, kind, gift)
    return again(scope, id)


def again(scope: Scope, id: int) -> str:
    """A paper that has its number, as it is printed."""
    whole = replace(scope, month=None)
    paper = tables.rows(whole.read("paper_list", id=id))[0]
    if paper["kind"] == "statement":
        return donor_papers.statement(whole, paper["donor"], paper["first_day"], paper["last_day"], number(paper))
    gift = tables.rows(whole.read("money_gifts", id=paper["gift_id"]))[0]
    return MADE[paper["kind"]](whole, paper, gift)


def number(paper: Row) -> str:
    """What kind of paper it is and its number in the year: 接收凭证〔2026〕第3号."""
    return t("paper.number", kind=t(paper["kind"]), year=paper["year"], n=paper["number"])


def _acknowledgement(_: Scope, paper: Row, gift: Row) -> str:
    """What was received, from whom and for what; that it is no receipt for taxes; the official receipt's number where there is one."""
    facts = [(t(name), said) for name, said in _facts(gift) if said]
    lines = "".join(
        f"<p class='fact'><b>{html.escape(name)}</b>{t('colon')}{html.escape(said)}</p>" for name, said in facts
    )
    notes = [
        t("paper.no_tax"),
        t("paper.official", number=gift["receipt_no"]) if gift["receipt_no"] else t("paper.no_official"),
    ]
    notes += [t("paper.tax")]
    body = f"<div class='certificate'>{_void(paper)}{lines}{''.join(f'<p>{html.escape(each)}</p>' for each in notes)}{_seal(paper)}</div>"
    return report.paper(t("paper.acknowledgement"), number(paper), body)


def _facts(gift: Row) -> list[tuple[str, str]]:
    return [
        ("donor", _donor(gift)),
        ("day", gift["day"]),
        ("amount_fen", fen.both(round(gift["yuan"] * 100)) if gift["yuan"] else ""),
        ("goods", _goods(gift)),
        ("purpose", t(gift["purpose"]) if gift["purpose"] else t("any_purpose")),
        ("home", gift["home"]),
    ]


def _donor(gift: Row) -> str:
    return gift["donor"] or t("paper.friend")


def _goods(gift: Row) -> str:
    many = tables.shown("quantity", float(gift["quantity"])) if gift["quantity"] is not None else ""
    return " ".join(filter(None, [gift["item"], many]))


def _thanks(scope: Scope, paper: Row, gift: Row) -> str:
    """A letter: what was given, and what became of it so far."""
    given = t("comma").join(said for name, said in _facts(gift) if name in ("amount_fen", "goods") and said)
    used = tables.rows(scope.read("money_uses", "purpose", gift_id=gift["id"]))
    parts = [t("thanks.given", day=gift["day"], home=gift["home"], what=given)]
    parts += (
        [
            t(
                "thanks.used",
                what=t("comma").join(f"{t(row['purpose'])} {fen.plain(round(row['yuan'] * 100))}" for row in used),
            )
        ]
        if used
        else []
    )
    parts += [t("thanks.close")]
    letter = "".join(f"<p class='letter'>{html.escape(each)}</p>" for each in parts)
    greeting = f"<p class='fact'>{html.escape(t('thanks.dear', name=_donor(gift)))}</p>"
    return report.paper(
        t("thanks"), number(paper), f"<div class='certificate'>{_void(paper)}{greeting}{letter}{_seal(paper)}</div>"
    )


MADE: dict[str, Callable[[Scope, Row, Row], str]] = {"acknowledgement": _acknowledgement, "thanks": _thanks}


def _void(paper: Row) -> str:
    """Across the top of one that is void: why, and which took its place."""
    if not paper["void_reason"]:
        return ""
    said = t("paper.void", reason=paper["void_reason"], number=paper["successor"] or "–")
    return f"<p class='void'>{html.escape(said)}</p>"


def _seal(paper: Row) -> str:
    blanks = "".join(
        f"<p class='seal'>{t(each)}<span class='line'></span></p>" for each in ("disclosing.seal", "handler")
    )
    return f"<footer>{blanks}<p class='seal'>{paper['day']}</p></footer>"
