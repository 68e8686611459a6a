"""What is printed or saved about needs: the empty questionnaire, the list as it may be published, and the pairs for those inside."""

import html
from typing import Any

import pandas as pd
import streamlit as st

from components import needs, report, tables
from components.words import language, t
from db.importer import books
from db.scope import Row, Scope
from db.words import say, table

LIST = ("service", "unmet_people", "surveyed", "supply", "gap", "would_pay", "than_before")
PLACE = ("township", "home", "surveyed", "unmet_people")
SEGMENT = ("age_band", "category", "level", "unmet_people")
NAMED = 3  # homes that a heading names; of more it says how many


def buttons(scope: Scope, chosen: Row) -> None:
    """The list as paper and as a workbook, without names; a paper with the pairs for those inside."""
    said = language()
    with st.container(horizontal=True, key="needs_papers"):
        report.button("print_needs", lambda: published(scope, chosen), scope, "needs_published")
        if scope.may("r", "needs_pairs"):
            report.button("print_pairs", lambda: working(scope, chosen), scope, "needs_pairs")
        report.workbook("needs_xlsx", lambda: book(scope, chosen, said), scope, "needs_published")


def questionnaire(scope: Scope, person: Row) -> str:
    """An empty questionnaire for one person: large type, boxes to tick, one block a service."""
    form = scope.read("services", asked=1)
    items = "".join(_item(number, row) for number, row in enumerate(form.to_dict("records"), 1))
    head = t("paper.form_head", name=person["label"], home=person["home"], round=person["round"])
    blanks = "".join(
        f"<span class='box'>{t(each)}<span class='line'></span></span>" for each in ("paper.day", "paper.surveyor")
    )
    ways = _boxes("home_visit", "self_report")
    return report.paper(
        t("page.surveying"), head, f"<p>{blanks}</p><p>{ways}</p>{items}<footer>{t('paper.thanks')}</footer>", True
    )


def _item(number: int, row: Row) -> str:
    need = _boxes(*(f"need.{each}" for each in range(4)))
    more = _boxes("survey.receives") + f"{t('paper.if_so')}{_boxes('relatives', 'neighbours', 'home', 'bought')}"
    also = _boxes("survey.would_pay", "survey.could_give")
    return f"<div class='item'><p><b>{number}. {t(row['code'])}</b></p><p>{need}</p><p>{more}</p><p>{also}</p></div>"


def _boxes(*keys: str) -> str:
    return "".join(f"<span class='box'>□ {html.escape(t(key))}</span>" for key in keys)


def published(scope: Scope, chosen: Row) -> str:
    """The list as it may leave the home: no name, small groups hidden everywhere alike; then each service by place and segment."""
    found = needs.ranked(scope, chosen, outside=True).rename(columns={"people": "unmet_people"})
    cuts = needs.cuts(scope, chosen["id"], outside=True).rename(columns={"people": "unmet_people"})
    parts = [f"<h2>{t('needs.by_service')}</h2><p>{html.escape(_against(chosen))}</p>{_table(found, LIST)}"]
    for service in found["service"]:
        mine = cuts[cuts["service"] == service]
        places = mine[mine["cut"] == "home"] if (mine["cut"] == "home").sum() > 1 else mine.iloc[:0]
        segments = mine[mine["cut"] == "segment"]
        if len(segments) or len(places):
            parts.append(f"<h2>{t(service)}</h2>{_table(segments, SEGMENT)}{_table(places, PLACE)}")
    return report.paper(
        t("page.needs"),
        _under(scope, chosen),
        "".join(parts) + f"<footer>{t('needs.hidden')}</footer>",
        day=scope.today(),
    )


def _table(frame: pd.DataFrame, columns: tuple[str, ...]) -> str:
    return report.table(tables.rows(frame), columns, _said) if len(frame) else ""


def _said(column: str, value: Any) -> str:
    if column == "than_before" and value is not None:
        return f"{value:+,}" if value else "0"
    if value is None:
        return "*"
    return f"{value:,}" if isinstance(value, int) else tables.shown(column, value)


def _against(chosen: Row) -> str:
    return t("needs.against", name=chosen["before_name"]).strip() if chosen["before_name"] else ""


def _under(scope: Scope, chosen: Row) -> str:
    homes = scope.read("user_homes", order="township, label")["label"].tolist()
    where = t("comma").join(homes) if len(homes) <= NAMED else t("all_homes", n=len(homes))
    return t("dot").join([where, chosen["name"]])


def working(scope: Scope, chosen: Row) -> str:
    """A sheet a home for those inside: what is lacking, and the pairs that would close it first."""
    found = scope.read(
        "needs_list", "home_id", "home", "service", round_id=chosen["id"], order="home_id, people DESC, gap DESC"
    )
    found = found.rename(columns={"people": "unmet_people"})
    services = found["service"].unique()
    pairs = [
        row
        for service in services
        for row in tables.rows(scope.read("needs_pairs", round_id=chosen["id"], service=service, order="turn"))
    ]
    parts = []
    for home, rows in found[found["unmet_people"] > 0].groupby("home_id", sort=False):
        mine = [row for row in pairs if row["home_id"] == home]
        parts.append(
            f"<section><h2>{html.escape(rows['home'].iloc[0])}</h2>{_table(rows, LIST[:-1])}{_pairs(mine)}</section>"
        )
    return report.paper(t("page.needs"), _under(scope, chosen), "".join(parts), inside=True, day=scope.today())


def _pairs(rows: list[Row]) -> str:
    lines = "".join(f"<li>{t(row['service'])}{t('colon')}{needs.pair(row)}</li>" for row in rows)
    return f"<h2>{t('needs.pairs')}</h2><ul>{lines}</ul>" if lines else ""


def book(scope: Scope, chosen: Row, language: str) -> bytes:
    """The published list as a workbook: services, places, segments; what is hidden is a star. It is made outside a run of the page."""
    found = needs.ranked(scope, chosen, outside=True).rename(columns={"people": "unmet_people"})
    cuts = needs.cuts(scope, chosen["id"], outside=True).rename(columns={"people": "unmet_people"})
    pages = [
        ("needs.by_service", found, LIST, ("bars", 0, (1, 3))),
        ("needs.where", cuts[cuts["cut"] == "home"], ("service", *PLACE), None),
        ("needs.who", cuts[cuts["cut"] == "segment"], ("service", *SEGMENT), None),
    ]
    note = [chosen["name"], say("needs.hidden", language), say("printed_on", language, day=scope.today())]
    return books.write(
        books.Page(
            say(name, language),
            note,
            [say(each, language) for each in columns],
            _lines(frame, columns, language),
            books.Chart(*chart, say("page.needs", language)) if chart else None,
        )
        for name, frame, columns, chart in pages
    )


def _lines(frame: pd.DataFrame, columns: tuple[str, ...], language: str) -> list[list[Any]]:
    return [[_word(column, row[column], language) for column in columns] for row in tables.rows(frame)]


def _word(column: str, value: Any, language: str) -> Any:
    if value is None:
        return "*"
    return say(value, language) if column in ("service", "category", "level") and value in table() else value
