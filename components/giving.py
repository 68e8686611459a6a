"""A funder's own page: what they gave, what it bought, what is left and since when, in kind too, and whom it served, without a name."""

import html
from datetime import date

import pandas as pd
import streamlit as st

from components import charts, donor_papers, donors, tables
from components.words import code, t
from db.scope import Row, Scope

SHOWN = 20  # purchases on the screen; all of them are in the workbook


def span(scope: Scope) -> tuple[str, str] | None:
    """From which day to which, kept in the address: this year unless chosen; None where the last day is before the first."""
    today = date.fromisoformat(scope.today())
    left, right = st.columns(2)
    first, last = (
        column.date_input(
            t(f"giving.{name}"), day, min_value=date(1990, 1, 1), max_value=today, format="YYYY-MM-DD", key=name, bind="query-params"
        )
        for column, name, day in ((left, "from", date(today.year, 1, 1)), (right, "to", today))
    )  # fmt: skip
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        st.error(t("giving.span_order"), icon=":material/block:")
        return None
    return first.isoformat(), last.isoformat()


def show(scope: Scope) -> None:
    """The span, its sums and flow; then by touch what each gift bought, whom it served, all years with what waits, goods and pledges."""
    days = span(scope)
    if days is None:
        return
    scope = donors.whole(scope)
    found, ever = donors.books(scope, *days), donors.years(scope)
    _cards(donors.sums(scope, days[1], found, ever), days)
    donor_papers.buttons(scope, *days)
    spent = found[found["spent_on"].notna()].rename(columns={"spent_yuan": "yuan"})
    charts.show("giving_flow", charts.flow, spent, x="given_for", y="yuan", color="spent_on")
    parts = {
        "giving.bought": lambda: _timeline(scope, *days),
        "giving.served": lambda: _served(scope, *days),
        "giving.ever": lambda: _ever(ever),
        "giving.kind": lambda: _kind(scope),
    }
    tabs = st.tabs([t(each) for each in parts], key="section", on_change="rerun")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _heading(key: str) -> None:
    st.subheader(t(key), anchor=False)


def _cards(found: donors.Sums, days: tuple[str, str]) -> None:
    said = t("week.span", first=days[0], last=days[1])
    figures = [
        ("gifts_before", found.before, days[0]),
        ("gifts_given", found.given, said),
        ("gifts_spent", found.spent, said),
    ]
    figures += [("gifts_returned", found.returned, said)] if found.returned else []
    figures += [("gifts_left", found.after, days[1])]
    cards = "".join(donors.card(name, donors.yuan(value), "yuan", note) for name, value, note in figures)
    st.html(f"<div class='hh-cards hh-four'>{cards}</div>")


def _waiting(ever: pd.DataFrame) -> None:
    """How long what is left has been waiting."""
    _heading("giving.waiting")
    tables.table(donors.ages(ever))


def _totals(ever: pd.DataFrame) -> None:
    """All that was ever given: by the year it came, and by what it was given for."""
    for key, column, ascending in (("giving.by_year", "year", False), ("giving.by_purpose", "given_yuan", False)):
        _heading(key)
        found = donors.by(ever, "year" if column == "year" else "given_for")
        tables.table(found.sort_values(column, ascending=ascending).astype({"year": str} if "year" in found else {}))


def _timeline(scope: Scope, first: str, last: str) -> None:
    """What was bought, the newest first, under the gift that paid it."""
    uses = scope.read("funder_uses", days=(first, last), order="day DESC, id DESC", limit=SHOWN + 1)
    if uses.empty:
        tables.nothing()
        return
    groups = uses.head(SHOWN).groupby("gift_id", sort=False)
    several = uses["home"].nunique() > 1
    st.html(f"<ol class='hh-timeline'>{''.join(_gift(tables.rows(each), several) for _, each in groups)}</ol>")
    if len(uses) > SHOWN:
        st.caption(t("giving.more", n=SHOWN))


def _gift(rows: list[Row], several: bool) -> str:
    gift = rows[0]
    said = t("giving.gift", day=gift["gift_day"], yuan=donors.yuan(gift["gift_yuan"]), purpose=code(gift["given_for"]))
    where = f" · {gift['home']}" if several else ""
    items = "".join(f"<li>{html.escape(donors.bought(row))}</li>" for row in rows)
    return f"<li><p>{html.escape(said + where)}</p><ul>{items}</ul></li>"


def _served(scope: Scope, first: str, last: str) -> None:
    """Whom the homes served in the months of the span that are over, and what a day cost; never fewer than the smallest group."""
    months = donors.served(scope, first, last)
    st.caption(t("giving.served_how"))
    if months.empty:
        tables.nothing()
        return
    tables.table(months)


def _ever(ever: pd.DataFrame) -> None:
    """What is left by its age; all that was ever given by year and by purpose."""
    _waiting(ever)
    _totals(ever)


def _kind(scope: Scope) -> None:
    """Goods, and pledges."""
    _goods(scope)
    _pledges(scope)


def _goods(scope: Scope) -> None:
    """Goods given, whatever the day: what each went to, and what is left."""
    goods = scope.read("funder_goods", order="day DESC, id")
    _heading("giving.goods")
    tables.table(goods, hide=("id", "donor"))


def _pledges(scope: Scope) -> None:
    """What was promised, instalment by instalment."""
    parts = scope.read("funder_parts", order="due_by DESC, id")
    _heading("giving.pledges")
    tables.table(parts[["due_by", "given_for", "part_yuan", "received_yuan", "state", "home"]])
