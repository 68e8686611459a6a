"""Paper and workbooks: our own HTML that prints well on A4, never a printed screen. Whatever is taken out is noted in the trail."""

import base64
import html
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from components.words import language, t
from db.scope import Row, Scope

HERE = Path(__file__).parent
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def button(key: str, make: Callable[[], str], scope: Scope, what: str) -> None:
    """A button that opens a paper in a new tab, ready to print; the trail says what was taken, unless the paper does (`what` empty)."""
    if st.button(t(key), icon=":material/print:", key=key):
        page = make()
        if what:
            scope.log_export(what)
        data = {"page": page, "token": uuid.uuid4().hex, "words": t("paper.open")}
        _paper()(data=data, key=f"paper_{key}")


def workbook(key: str, make: Callable[[], bytes], scope: Scope, what: str) -> None:
    """A button that makes a workbook when it is touched, and saves it."""

    def made() -> bytes:
        scope.log_export(what)
        return make()

    st.download_button(
        t(key), made, f"{t(f'{key}.file')}.xlsx", XLSX, icon=":material/table_view:", key=key, on_click="ignore"
    )


def saved(key: str, make: Callable[[], bytes], name: str, scope: Scope, what: str) -> None:
    """A button that makes a workbook in view, where a bar can say how far it is, and then hands it to the browser."""
    if st.button(t(key), icon=":material/table_view:", key=key):
        scope.log_export(what)
        file = base64.b64encode(make()).decode()
        _saved()(data={"file": file, "name": name, "kind": XLSX, "token": uuid.uuid4().hex}, key=f"saved_{key}")


def _saved() -> Any:
    return st.components.v2.component(
        "happiness_saved", js=(HERE / "saved.js").read_text(encoding="utf-8"), isolate_styles=False
    )


def _paper() -> Any:
    return st.components.v2.component(
        "happiness_paper", js=(HERE / "paper.js").read_text(encoding="utf-8"), isolate_styles=False
    )


def paper(title: str, under: str, body: str, inside: bool = False, day: str = "") -> str:
    """A whole page to print: title, a line under it, what was made of HTML; `inside` says that it is not for outside.

    Each sheet bears the title, its number and, where `day` is given, when it was printed.
    """
    mark = f"<p class='inside'>{t('paper.inside')}</p>" if inside else ""
    head = f"<header><h1>{html.escape(title)}</h1>{mark}<p>{html.escape(under)}</p></header>"
    return (
        f"<!doctype html><html lang='{language()}'><head><meta charset='utf-8'><title>{html.escape(title)}</title>"
        f"<style>{(HERE / 'paper.css').read_text(encoding='utf-8')}{_edges(title, day)}</style></head>"
        f"<body>{head}{body}</body></html>"
    )


def _edges(title: str, day: str) -> str:
    """What stands below each sheet, where the browser can print it; others print a line of their own there."""
    printed = t("printed_on", day=day) if day else ""
    left, right = (
        f"@bottom-{side} {{ content: '{quoted(said)}'; }}" for side, said in (("left", title), ("right", printed))
    )
    return f"@page {{ {left} {right} @bottom-center {{ content: counter(page) ' / ' counter(pages); }} }}"


def quoted(text: str) -> str:
    """Text within a CSS string, whatever signs it has."""
    return "".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text)


def table(rows: Sequence[Row], columns: Sequence[str], say: Callable[[str, Any], str]) -> str:
    """The rows under their column names; `say` tells a value of a column."""
    head = "".join(f"<th>{html.escape(t(column))}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(_cell(row[column], say(column, row[column])) for column in columns)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any, said: str) -> str:
    return f"<td{' class=number' if value is None or isinstance(value, int | float) else ''}>{html.escape(said)}</td>"
