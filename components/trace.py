"""The trace of money, both ways: from a gift to what it bought, from a spending to its gifts, from a purpose or a source to both.

Each step is a link, so that the browser's way back is the way back, and a link can be sent.
"""

import html
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from components import people, tables
from components.words import code, t
from db.scope import Row, Scope

STEPS = ("gift", "spending", "fund", "purpose", "source")
MOST = 200
GIFT = ("day", "donor", "source", "purpose", "yuan", "spent_yuan", "left_yuan", "home")
USE = ("day", "spent_on", "served", "served_count", "yuan")
DREW = ("gift_day", "donor", "source", "given_for", "yuan")
SPENDING = ("day", "number", "fund", "purpose", "yuan", "served", "served_count", "state", "home")


def address(step: str, value: object) -> str:
    """The address of a step; homes, month and language stay as they are."""
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name not in STEPS}
    return f"money?{urlencode({**kept, step: str(value)}, doseq=True)}"


def opened(scope: Scope) -> Callable[[], None] | None:
    """What draws the step that the address holds; None where it holds none that may be seen."""
    for step, (view, show) in OPENED.items():
        row = people.chosen(_whole(scope), view, step) if scope.may("r", view) else None
        if row is not None:
            return lambda show=show, row=row: show(scope, row)  # type: ignore[misc]
    for step, show_code in CODES.items():
        told = st.query_params.get(step, "")
        if told.isidentifier() and scope.may("r", "money_gifts"):
            return lambda show=show_code, told=told: show(scope, told)  # type: ignore[misc]
    return None


def back() -> None:
    """A link to the whole."""
    said = html.escape(t("trace.back"))
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name not in STEPS}
    st.html(f"<a class='hh-to' href='money?{html.escape(urlencode(kept, doseq=True))}' target='_self'>← {said}</a>")


def gift(scope: Scope, row: Row) -> None:
    """A gift, and every spending that drew on it."""
    _title("trace.gift", day=row["day"], who=row["donor"] or t("trace.nobody"))
    tables.facts({name: row[name] for name in GIFT})
    _heading("trace.bought")
    _linked(
        _whole(scope)
        .read("money_uses", gift_id=row["id"], order="day, spending_id")
        .rename(columns={"purpose": "spent_on"}),
        USE,
        "spending",
    )


def spending(scope: Scope, row: Row) -> None:
    """A spending, and every gift that it drew on."""
    _title("trace.spending", day=row["day"], number=row["number"])
    tables.facts({name: row[name] for name in (*SPENDING, "payee", "handler")})
    _heading("trace.drew")
    drew = _whole(scope).read("money_uses", spending_id=row["id"], order="gift_day, gift_id")
    given = [_given_for(scope, each) for each in drew["gift_id"]]
    _linked(drew.assign(given_for=given), DREW, "gift")


def _given_for(scope: Scope, id: int) -> str:
    """What a gift was given for."""
    found = scope.read("gifts", id=int(id))["purpose"]
    return str(found.iloc[0] or "freely") if len(found) else "freely"


def fund(scope: Scope, row: Row) -> None:
    """A fund, and what was spent of it."""
    _title("trace.fund", fund=code(row["fund"]))
    tables.facts({name: value for name, value in row.items() if name not in ("ended", "moved_yuan")})
    _heading("trace.spendings")
    _linked(
        _whole(scope).read("money_spendings", fund_id=row["id"], order="day DESC, id DESC", limit=MOST),
        SPENDING,
        "spending",
    )


def purpose(scope: Scope, told: str) -> None:
    """The gifts for a purpose and the spending on it, in the twelve months to the one chosen."""
    _title("trace.purpose", purpose=code(told))
    _heading("trace.gifts")
    given: Any = None if told == "freely" else told
    found = scope.read("money_gifts", back=11, order="day DESC, id DESC")
    _linked(found[found["purpose"].isna() if given is None else found["purpose"] == given].head(MOST), GIFT, "gift")
    _heading("trace.spendings")
    if given is None:
        free = scope.read("money_funds", kind="general")["id"].tolist()
        found = scope.read("money_spendings", back=11, order="day DESC, id DESC")
        found = found[found["fund_id"].isin(free)].head(MOST)
    else:
        found = scope.read("money_spendings", back=11, purpose=told, order="day DESC, id DESC", limit=MOST)
    _linked(found, SPENDING, "spending")


def source(scope: Scope, told: str) -> None:
    """The gifts of a source, and what they bought, in the twelve months to the one chosen."""
    _title("trace.source", source=code(told))
    _heading("trace.gifts")
    _linked(scope.read("money_gifts", back=11, source=told, order="day DESC, id DESC", limit=MOST), GIFT, "gift")
    _heading("trace.bought")
    uses = scope.read("money_uses", back=11, source=told, order="day DESC", limit=MOST)
    _linked(uses.rename(columns={"purpose": "spent_on"}), USE, "spending")


def _whole(scope: Scope) -> Scope:
    return replace(scope, month=None)


def _title(key: str, **said: Any) -> None:
    st.subheader(t(key, **said), anchor=False)


def _heading(key: str) -> None:
    st.markdown(f"**{t(key)}**")


def _linked(frame: pd.DataFrame, columns: tuple[str, ...], step: str) -> None:
    """The rows, the first column a link to the next step."""
    if frame.empty:
        tables.nothing()
        return
    key = "id" if f"{step}_id" not in frame else f"{step}_id"
    shown = [each for each in columns if each in frame and (each != "home" or frame["home"].nunique() > 1)]
    head = "".join(f"<th>{t(each)}</th>" for each in shown)
    body = "".join(_row(row, shown, address(step, row[key])) for row in tables.rows(frame))
    st.html(
        f"<div class='hh-scroll' tabindex='0'><table class='hh-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, columns: list[str], link: str) -> str:
    cells = []
    for place, column in enumerate(columns):
        said = html.escape(
            tables.shown(
                column, float(row[column]) if column.endswith("yuan") and row[column] is not None else row[column]
            )
        )
        number = " class=hh-number" if isinstance(row[column], int | float) and column != "number" else ""
        cells.append(f"<td{number}>{said if place else _link(link, said)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _link(link: str, said: str) -> str:
    return f"<a class='hh-to' href='{html.escape(link)}' target='_self'>{said}</a>"


OPENED: dict[str, tuple[str, Callable[[Scope, Row], None]]] = {
    "gift": ("money_gifts", gift),
    "spending": ("money_spendings", spending),
    "fund": ("money_funds", fund),
}
CODES: dict[str, Callable[[Scope, str], None]] = {"purpose": purpose, "source": source}
