"""The homes of a township or county compared fairly, on A4 and as a workbook: by classes of size and by limits of chance, never by rank."""

import html
from typing import Any

import pandas as pd

from components import month_paper, month_report, overview, report, tables
from components.month_paper import Told
from components.words import code, t
from db.importer import books
from db.scope import Scope

SIZES = ("size", "homes_counted", "homes_logged", "residents", "hours_each", "visit_rate", "mutual_rate")
HOMES = ("township", "home", "residents", "visit_rate", "mutual_rate", "funnel")
ORDER = ("size_9", "size_19", "size_39", "size_40")
SHARES = {"visit_rate": "visited", "mutual_rate": "mutual"}


def paper(scope: Scope, told: Told = lambda _: None) -> str:
    """The comparison to print: the homes as a whole, by size, the funnels, which lie beyond chance, every home by name."""
    found = overview.read(scope)
    said = month_report.sentences(scope, month_report.values(scope, found))
    told(0.3)
    parts = ["".join(f"<p>{html.escape(each)}</p>" for each in [*said, t("report.fair")])]
    parts.append(f"<h2>{t('report.by_size')}</h2>{_table(sizes(scope), SIZES)}")
    funnels = scope.read("overview_funnel", order="home_id")
    parts.append(month_paper.drawn([each for each in overview.compared(funnels) if each.spec], t("report.by_chance")))
    told(0.8)
    parts.append(f"<h2>{t('report.each_home')}</h2><div class='close'>{_table(homes(scope, funnels), HOMES)}</div>")
    body = f"<div class='report'>{''.join(parts)}</div>"
    return report.paper(title(scope), month_paper.under(scope), body, inside=True, day=scope.today())


def title(scope: Scope) -> str:
    """The comparison's name with its month."""
    return t("report.comparison_title", month=month_paper.month(scope))


def sizes(scope: Scope) -> pd.DataFrame:
    """The classes of size: homes and residents; of those that logged anything hours for each, who was visited, who gave and received."""
    found = scope.read("report_sizes", "size")
    known = found["residents_logged"].astype(float).where(found["residents_logged"] > 0)
    shares = {name: (100 * found[part] / known).astype(float).round(1) for name, part in SHARES.items()}
    each = (found["care_hours"] / known).astype(float).round(1)
    return found.assign(hours_each=each, **shares).sort_values("size", key=lambda names: names.map(ORDER.index))[
        list(SIZES)
    ]


def homes(scope: Scope, funnels: pd.DataFrame) -> pd.DataFrame:
    """Every home with its two rates and how they lie, by township and name; one that logged nothing says so."""
    found = scope.read("home_list", order="township, home, home_id")
    found = found[found["residents"] > 0][["home_id", "township", "home", "residents"]]
    for each in SHARES:
        rates = funnels[funnels["figure"] == each].set_index("home_id")["rate"].astype(float)
        found[each] = found["home_id"].map(rates).astype(float).round(1)
    return found.assign(funnel=found["home_id"].map(lambda home: _sides(funnels, home)))[list(HOMES)]


def _sides(funnels: pd.DataFrame, home: int) -> str:
    """Which of a home's rates lie beyond chance."""
    own = funnels[funnels["home_id"] == home]
    far = own[own["funnel"].str.startswith("far_")]
    said = [t(f"report.{figure}.{side}") for figure, side in zip(far["figure"], far["funnel"], strict=True)]
    return t("report.comma").join(said) or t("report.within" if len(own) else "report.not_logged")


def _table(frame: pd.DataFrame, columns: tuple[str, ...]) -> str:
    return report.table(tables.rows(frame), columns, _said) if len(frame) else f"<p>{t('nothing_yet')}</p>"


def _said(column: str, value: Any) -> str:
    if value is not None and column in {*SHARES, "hours_each"}:
        return f"{value:,.1f}"
    return tables.shown(column, value)


def book(scope: Scope, told: Told = lambda _: None) -> bytes:
    """The same as a workbook: a table by size and one of every home, each with a chart."""
    above = [title(scope), month_paper.under(scope), t("report.fair")]
    funnels = scope.read("overview_funnel", order="home_id")
    told(0.4)
    pages = [
        _page("report.by_size", above, sizes(scope), SIZES, (4, 5)),
        _page("report.each_home", above, homes(scope, funnels), HOMES, None),
    ]
    told(0.8)
    return books.write(pages)


def _page(
    name: str, above: list[str], frame: pd.DataFrame, columns: tuple[str, ...], figures: tuple[int, ...] | None
) -> books.Page:
    rows = [[code(each) if isinstance(each, str) else each for each in row.values()] for row in tables.rows(frame)]
    chart = books.Chart("columns", 0, figures, t(name)) if figures else None
    return books.Page(t(name), above, [t(each) for each in columns], rows, chart)
