"""A donor's statement over any days, on paper and as a workbook: what was given, what it bought, what is left. No name but the donor's."""

import html
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from components import donors, report, tables
from components.words import language, t
from db import amounts
from db.importer import books
from db.scope import Scope
from db.words import say, table

GIFTS = ("day", "home", "purpose", "yuan", "spent_yuan", "left_yuan", "receipt_no")
USES = ("day", "home", "gift_day", "spent_on", "served", "served_count", "yuan")
GOODS = ("day", "home", "item", "quantity", "used_for", "used_quantity", "left_quantity")
PARTS = ("due_by", "home", "given_for", "part_yuan", "received_yuan", "state")
SERVED = ("served_month", "homes_counted", "residents", "served_days", "spent_yuan", "cost_yuan")
BY = ("given_for", "given_yuan", "spent_yuan", "returned_yuan", "left_yuan")
TOLD: dict[str, tuple[str, ...]] = {
    "giving.gifts": GIFTS,
    "giving.bought": USES,
    "giving.goods": GOODS,
    "giving.pledges": PARTS,
    "giving.by_purpose": BY,
    "giving.served": SERVED,
}
Said = Callable[[float], object]
Made = TypeVar("Made", str, bytes)


def buttons(scope: Scope, first: str, last: str) -> None:
    """The statement of these days to print, and as a workbook; a bar says how far it is."""
    with st.container(horizontal=True, key="giving_papers"):
        report.button(
            "print_giving",
            lambda: _busy(lambda told: statement(scope, None, first, last, "", told)),
            scope,
            "funder_books",
        )
        said = language()
        name = f"{t('giving_xlsx.file')} {first} {last}.xlsx"
        report.saved(
            "giving_xlsx",
            lambda: _busy(lambda told: workbook(scope, None, first, last, said, told)),
            name,
            scope,
            "funder_books",
        )


def _busy(make: Callable[[Said], Made]) -> Made:
    bar = st.progress(0.0, t("giving.making"))
    made = make(bar.progress)
    bar.empty()
    return made


def _read(scope: Scope, donor: str | None, first: str, last: str, told: Said) -> dict[str, pd.DataFrame]:
    """Every table of the statement; of goods and pledges all, since what is left of them counts."""
    where: dict[str, Any] = {} if donor is None else {"donor": donor}
    days = {"days": (first, last), **where}
    gifts = scope.read("money_gifts", order="day, id", **days)
    found = {"giving.gifts": gifts[gifts["yuan"].notna()]}
    told(0.2)
    found["giving.bought"] = scope.read("funder_uses", order="day, id", **days)
    told(0.4)
    found["giving.goods"] = scope.read("funder_goods", order="day, id", **where)
    found["giving.pledges"] = scope.read("funder_parts", order="due_by, id", **where)
    found["giving.by_purpose"] = donors.by(donors.years(scope, **where), "given_for")
    if donor is None:
        found["giving.served"] = donors.served(scope, first, last)
    told(0.5)
    return found


def sums(scope: Scope, donor: str | None, first: str, last: str) -> donors.Sums:
    """What the statement adds up to: before, given, spent, given back, after."""
    where: dict[str, Any] = {} if donor is None else {"donor": donor}
    return donors.sums(scope, last, donors.books(scope, first, last, **where), donors.years(scope, **where), **where)


def statement(
    scope: Scope, donor: str | None, first: str, last: str, number: str = "", told: Said = lambda _: None
) -> str:
    """The statement as a page to print: of the signed-in funder, or of a donor named by those inside; perhaps with its number."""
    scope = donors.whole(scope)
    found, added = _read(scope, donor, first, last, told), sums(scope, donor, first, last)
    parts = [_sums(added, first, last)]
    for key, frame in found.items():
        if len(frame):
            parts.append(f"<h2>{t(key)}</h2>{report.table(tables.rows(frame), _columns(frame, key), _said)}")
            told(min(0.95, 0.5 + 0.1 * len(parts)))
    notes = "".join(f"<p>{html.escape(t(f'giving.note.{each}'))}</p>" for each in ("names", "served", "receipt"))
    who = donor or str(scope.user()["donor"])
    under = t("dot").join(filter(None, [who, t("week.span", first=first, last=last), number]))
    return report.paper(
        t("giving.statement"), under, f"<div class='statement'>{''.join(parts)}</div><footer>{notes}</footer>"
    )


def _columns(frame: pd.DataFrame, key: str) -> list[str]:
    """The columns of a table that hold something; the home only where there are several."""
    held = [each for each in TOLD[key] if each in frame and frame[each].notna().any()]
    return [each for each in held if each != "home" or frame["home"].nunique() > 1]


def _sums(found: donors.Sums, first: str, last: str) -> str:
    lines = [
        (t("giving.before", day=first), found.before),
        (t("giving.given"), found.given),
        (t("giving.spent"), -found.spent),
        *([(t("giving.returned"), -found.returned)] if found.returned else []),
        (t("giving.after", day=last), found.after),
    ]
    rows = "".join(f"<tr><td>{html.escape(said)}</td><td class=number>{value:,.2f}</td></tr>" for said, value in lines)
    words = t("giving.in_words", words=amounts.capital(round(found.after * 100))) if found.after else ""
    return f"<table><tbody>{rows}</tbody></table><p>{html.escape(words)}</p>"


def _said(column: str, value: Any) -> str:
    if value is not None and (column == "yuan" or column.endswith("_yuan")):
        return f"{value:,.2f}"
    return f"{value:g}" if isinstance(value, float) else tables.shown(column, value)


def workbook(
    scope: Scope, donor: str | None, first: str, last: str, language: str = "zh", told: Said = lambda _: None
) -> bytes:
    """The same as a workbook with a table a sheet, to sort and to filter."""
    scope = donors.whole(scope)
    found, added = _read(scope, donor, first, last, told), sums(scope, donor, first, last)
    head = [say("giving.statement", language), say("week.span", language, first=first, last=last)]
    ends = [
        (say("giving.before", language, day=first), added.before), (say("giving.given", language), added.given),
        (say("giving.spent", language), -added.spent), (say("giving.returned", language), -added.returned),
        (say("giving.after", language, day=last), added.after),
    ]  # fmt: skip
    pages = [
        books.Page(
            say("giving.sums", language),
            head,
            [say("giving.line", language), say("yuan", language)],
            [list(each) for each in ends],
        )
    ]
    for key, frame in found.items():
        columns = [each for each in TOLD[key] if each in frame]
        lines = [[_word(row[column], language) for column in columns] for row in tables.rows(frame[columns])]
        pages.append(
            books.Page(
                say(key, language), [*head, say(key, language)], [say(each, language) for each in columns], lines
            )
        )
    told(0.8)
    return books.write(pages)


def _word(value: Any, language: str) -> Any:
    return say(value, language) if isinstance(value, str) and value in table() else value
