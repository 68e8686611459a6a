"""What is missing or late in the records: of one home each matter with a way to mend it, of several a table of homes and matters."""

import html

import pandas as pd
import streamlit as st

from components import tables, trail
from components.words import t
from db.scope import Row, Scope

FIRST = 20  # homes that stand open; the others unfold
# matter -> the page on which it is mended
MENDED = {
    "never_used": "today", "no_care_log": "care", "no_rounds": "today", "rooms_unwritten": "rooms", "room_unused": "using",
    "meter_unread": "rooms", "meter_no_voucher": "spending", "no_voucher": "spending", "names_open": "care",
    "no_birth_day": "residents", "never_assessed": "assessing", "visits_late": "visiting", "rows_refused": "importing",
}  # fmt: skip


def show(scope: Scope) -> None:
    """The matters of today, the oldest first; good news where there is none."""
    homes = scope.read("user_homes", order="township, label")
    found = scope.read("quality_matters", order="days DESC, rank, matter")
    st.caption(t("quality.what"))
    if found.empty:
        st.success(t("quality.none"), icon=":material/check_circle:")
        return
    labels = dict(zip(homes["home_id"], homes["label"], strict=True))
    if len(homes) < 2 or len(scope.homes) == 1:
        st.html(_one(tables.rows(found), scope, labels))
        return
    st.html(_sums(tables.rows(found)))
    st.html(matrix(found, labels))


# -- one home


def _one(rows: list[Row], scope: Scope, labels: dict[int, str]) -> str:
    return f"<ul class='hh-sentences hh-watch'>{''.join(_line(row, scope, labels) for row in rows)}</ul>"


def _line(row: Row, scope: Scope, labels: dict[int, str]) -> str:
    """What is missing, since when, and the page that mends it for whoever may open that."""
    since = t("quality.since", day=row["since"], n=f"{row['days']:,}") if row["since"] else t("quality.always")
    page = MENDED[row["matter"]]
    address = trail.links(page)(home=labels[row["home_id"]])
    way = f"<a href='{address}' target='_self'>{t(f'page.{page}')}</a>" if scope.may("r", page, "page") else ""
    said = html.escape(t(f"quality.{row['matter']}", count=f"{row['count']:,}"))
    return f"<li class='hh-{row['rank']}'><p>{said}<br><small>{since}</small></p><div>{way}</div></li>"


# -- several homes


def _sums(rows: list[Row]) -> str:
    """Each matter with how many homes have it."""
    counted = pd.Series([row["matter"] for row in rows]).value_counts()
    ranks = {row["matter"]: row["rank"] for row in rows}
    order = sorted(counted.index, key=lambda matter: (ranks[matter], -counted[matter]))
    said = {matter: t(f"quality.{matter}.short") + t("watch.homes", n=f"{counted[matter]:,}") for matter in order}
    lines = [f"<li class='hh-{ranks[matter]}'><p>{html.escape(said[matter])}</p></li>" for matter in order]
    return f"<ul class='hh-sentences hh-short'>{''.join(lines)}</ul>"


def matrix(found: pd.DataFrame, labels: dict[int, str]) -> str:
    """A row a home, the one with the oldest matter first, a column a matter; beyond the first the homes unfold."""
    matters = [matter for matter in MENDED if matter in set(found["matter"])]
    link = trail.links("quality")
    homes = [
        _home(rows, matters, link(home=labels[int(str(home))])) for home, rows in found.groupby("home_id", sort=False)
    ]
    names = "".join(f"<th>{t(f'quality.{matter}.short')}</th>" for matter in matters)
    head = f"<tr><th>{t('home')}</th>{names}</tr>"
    first, rest = _table(head, homes[:FIRST]), homes[FIRST:]
    if not rest:
        return first
    return f"{first}<details><summary>{t('quality.more', n=f'{len(rest):,}')}</summary>{_table(head, rest)}</details>"


def _table(head: str, rows: list[str]) -> str:
    table = f"<table class='hh-table hh-quality'><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    return f"<div class='hh-scroll' tabindex='0'>{table}</div>"


def _home(rows: pd.DataFrame, matters: list[str], address: str) -> str:
    known = {row["matter"]: row for row in tables.rows(rows)}
    cells = "".join(f"<td>{_cell(known.get(matter))}</td>" for matter in matters)
    name = f"<a href='{address}' target='_self'>{html.escape(str(rows['home'].iloc[0]))}</a>"
    return f"<tr><th scope='row'>{name}</th>{cells}</tr>"


def _cell(row: Row | None) -> str:
    """How many days already, since when in its title; nothing where nothing is missing."""
    if row is None:
        return ""
    said = t("quality.days", n=f"{row['days']:,}") if row["since"] else t("quality.never")
    return f"<span class='hh-{row['rank']}' title='{row['since'] or ''}'>{said}</span>"
