"""The watch list: whom somebody should look at today, a sentence a matter, with the people or the homes it is about."""

import html
from collections.abc import Callable

import pandas as pd

from components import tables
from components.words import address, code, t
from db.scope import Row, Scope

FIRST = 8  # names or homes that a sentence shows; the others open by a touch
MOST = 24
MATTERS = 8  # that stand open; what matters less opens by a touch


def read(scope: Scope, one: bool) -> pd.DataFrame:
    """What is open today: in one home a row a person, fund, room or day; over several a row a matter and home, with how many there."""
    name, last = ("overview_watch", "days") if one else ("watch_homes", "count")
    return scope.read(name, order=f"rank, matter, {last} DESC, home_id")


def drawn(found: pd.DataFrame, homes: pd.DataFrame, month: pd.DataFrame | None = None) -> str:
    """In one home the people of each matter, each with a way to their page, and what the month lacks; over several the homes."""
    lines = [] if found.empty else _lines(found, homes, len(homes) < 2)
    if month is not None:
        lines = sorted([*lines, *_month(month)], key=lambda line: line[0])
    if not lines:
        return tables.fine(t("watch.none"))
    first, more = (_list([line for _, line in part]) for part in (lines[:MATTERS], lines[MATTERS:]))
    rest = f"<details class='hh-rest'><summary>{t('watch.more', n=len(lines) - MATTERS)}</summary>{more}</details>"
    return first + (rest if len(lines) > MATTERS else "")


def _list(lines: list[str]) -> str:
    return f"<ul class='hh-sentences hh-watch hh-two'>{''.join(lines)}</ul>"


def _month(found: pd.DataFrame) -> list[tuple[int, str]]:
    """What the month lacks, a sentence a matter, without the name of the home that all are about."""
    said = [
        (row["rank"], t(f"matter.{row['matter']}", **row | {"home": ""}).lstrip("：: ")) for row in tables.rows(found)
    ]
    return [(rank, f"<li class='hh-{rank}'><p>{html.escape(sentence)}</p></li>") for rank, sentence in said]


def _lines(found: pd.DataFrame, homes: pd.DataFrame, one: bool) -> list[tuple[int, str]]:
    """Each matter with its rank as HTML."""
    names = {row["home_id"]: row for row in tables.rows(homes)}
    say = _person if one else lambda row: _home(row, names[row["home_id"]])
    return [
        (int(rows["rank"].iloc[0]), _matter(str(matter), rows, say, one))
        for matter, rows in found.groupby("matter", sort=False)
    ]


def _matter(matter: str, rows: pd.DataFrame, say: Callable[[Row], str], one: bool) -> str:
    said = t(f"watch.{matter}", count=f"{rows['count'].sum():,}") + ("" if one else t("watch.homes", n=len(rows)))
    each = [say(row) for row in tables.rows(rows.head(MOST))]
    left = f" {t('and_more', n=len(rows) - MOST)}" if len(rows) > MOST else ""
    more = (
        f"<details><summary>{t('watch.more', n=len(rows) - FIRST)}</summary>{' '.join(each[FIRST:])}{left}</details>"
        if len(rows) > FIRST
        else ""
    )
    return f"<li class='hh-{rows['rank'].iloc[0]}'><p>{html.escape(said)}</p><div>{' '.join(each[:FIRST])}{more}</div></li>"


def _person(row: Row) -> str:
    matter = str(row["matter"])
    n = row["count"] if matter in COUNTED else abs(row["days"] or 0)
    more = t(f"watch.{matter}.each", n=f"{n:,}") if matter in COUNTED | DAYS else ""
    if matter in FUNDS:
        return _link("money", {"fund": row["id"]} if row["id"] else {}, code(row["label"]), more)
    if matter in PAGES:
        page, name = PAGES[matter]
        return _link(page, {name: row["id"]} if name else {}, code(row["label"]), more)
    return _link("residents", {"person": row["id"]}, row["label"], more)


def _home(row: Row, home: Row) -> str:
    return _link("overview", {"home": home["label"]}, home["home"], f"{row['count']:,}")


def _link(page: str, where: dict[str, object], name: str, more: str) -> str:
    return f"<a href='{html.escape(address(page, **where))}'>{html.escape(name)}<small>{html.escape(more)}</small></a>"


FUNDS = {"money_low", "fund_over", "fund_ending", "fund_waiting"}
PAGES = {  # where a matter of the home is seen to, and by what name that page's address holds the row
    "roster_gap": ("roster", ""), "roster_gap_now": ("roster", ""), "repair_urgent": ("rooms", "repair"),
    "repair_late": ("rooms", "repair"), "check_due": ("rooms", ""), "room_idle": ("rooms", "room"),
}  # fmt: skip
COUNTED = {"roster_gap", "roster_gap_now"}
DAYS = {
    "not_seen", "request_unmet", "assessment_overdue", "agreement_expiring", "agreement_over", "birthday_80", "birthday_90",
    "repair_urgent", "repair_late", "check_due", "room_idle", *FUNDS - {"money_low"},
}  # fmt: skip
