"""The report of a month on A4 and as a workbook: sentences, figures, charts, what needs attention. It names nobody."""

import html
from collections.abc import Callable
from typing import Any

import pandas as pd

from components import charts, month_report, overview, report, tables
from components.cards import span
from components.month_report import Values
from components.words import code, t
from db.importer import books
from db.scope import Row, Scope

Told = Callable[[float], object]
ACTIVITIES = ("weekday", "start", "activity", "room")
SIGNED = ("report.made_by", "report.checked_by", "report.signed_day")


def paper(scope: Scope, told: Told = lambda _: None) -> str:
    """The report of one home and month to print; `told` hears how far it is."""
    found = overview.read(scope)
    held = month_report.values(scope, found)
    told(0.2)
    said = "".join(f"<p>{html.escape(each)}</p>" for each in month_report.sentences(scope, held))
    parts = [
        said,
        f"<h2>{t('report.figures')}</h2>{_figures(scope, held, found)}",
        _activities(scope),
        _attention(scope),
    ]
    told(0.4)
    parts.append(drawn([each for each in overview.drawn(scope) if each.spec], t("report.charts")))
    told(0.9)
    foot = "".join(f"<span>{t(each)}<span class='line'></span></span>" for each in SIGNED)
    body = f"<div class='report'>{''.join(parts)}<p class='signed'>{foot}</p></div>"
    return report.paper(title(scope), under(scope), body, inside=True, day=scope.today())


def title(scope: Scope) -> str:
    """The report's name with its month."""
    homes = scope.read("homes")["name"].tolist()
    return t("report.month_title", home=homes[0] if len(homes) == 1 else "", month=month(scope))


def month(scope: Scope) -> str:
    """The month of the report as it is said."""
    return t("period.month", year=str(scope.month)[:4], month=int(str(scope.month)[5:]))


def under(scope: Scope) -> str:
    """Which homes it is about: what was chosen to filter by; then when it was printed."""
    homes = tables.rows(scope.read("homes", order="county, township, name"))
    if len(homes) == 1:
        where = "".join(str(homes[0][each] or "") for each in ("county", "township", "village"))
        return t("dot").join(filter(None, [homes[0]["name"], where, t("printed_on", day=scope.today())]))
    places = sorted({row["township"] or row["county"] or "" for row in homes})
    near = t("comma").join(places) if len(places) <= 3 else t("report.townships", n=len(places))
    return t("dot").join(filter(None, [t("homes_n", n=len(homes)), near, t("printed_on", day=scope.today())]))


def drawn(figures: list[charts.Figure], heading: str) -> str:
    """The charts two beside one another under their heading."""
    each = "".join(figure.drawn for figure in figures)
    return f"<h2>{heading}</h2><div class='figures'>{each}</div>" if each else ""


def lines(held: Values, found: pd.DataFrame) -> list[tuple[str, str, str, list[float | None]]]:
    """Part, figure and unit with the values of the three months: those that the overview shows."""
    known = set(found["figure"])
    return [
        (part, figure, unit, [held.get((figure, at)) for at in range(3)])
        for part, wanted in overview.PARTS.items()
        for figure, unit in wanted.items()
        if figure in known
    ]


def _figures(scope: Scope, held: Values, found: pd.DataFrame) -> str:
    """The table of figures: this month, the last, the same month last year."""
    heads = [t("figure"), *scope.months(back=overview.BACK)]
    body = "".join(
        f"<tr><th>{t(f'figure.{figure}')}</th>{''.join(f'<td class=number>{said(value, unit)}</td>' for value in row)}</tr>"
        for _, figure, unit, row in lines(held, found)
    )
    if not body:
        return f"<p>{t('nothing_yet')}</p>"
    head = f"<th>{heads[0]}</th>" + "".join(f"<th class=number>{each}</th>" for each in heads[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def said(value: float | None, unit: str) -> str:
    """A figure with its unit; a dash where it is not known."""
    if value is None:
        return "–"
    digits = 2 if unit == "yuan" else tables.DIGITS.get(unit, 0)
    return f"{value + 1e-9:,.{digits}f} {t(f'unit.{unit}').strip()}"


def _activities(scope: Scope) -> str:
    """What went on in the month by weekday and hour; nothing where nothing did."""
    rows = tables.rows(scope.read("wall_activities", order="turn, start_minute, id"))
    lines = [
        row | {"weekday": code(row["weekday"]), "start": span(row["start_minute"], row["minutes"])} for row in rows
    ]
    return f"<h2>{t('wall.activities')}</h2>{report.table(lines, ACTIVITIES, tables.shown)}" if lines else ""


def _attention(scope: Scope) -> str:
    """What needs attention, as numbers only."""
    if not scope.may("r", "overview_attention"):
        return ""
    rows = scope.read("overview_attention", order="rank, count DESC").to_dict("records")
    told = "".join(f"<li>{html.escape(_matter(row))}</li>" for row in rows)
    return f"<h2>{t('attention')}</h2>" + (f"<ul>{told}</ul>" if told else f"<p>{t('nothing_needs_attention')}</p>")


def _matter(row: Row) -> str:
    matter = row["matter"]
    return t(f"matter.{matter}", **row)


def book(scope: Scope, told: Told = lambda _: None) -> bytes:
    """The same figures as a workbook: a table a sheet with its chart."""
    found = overview.read(scope)
    held = month_report.values(scope, found)
    told(0.3)
    above = [title(scope), under(scope)]
    months = scope.months(back=overview.BACK)
    rows = [
        [t(f"dash.{part}"), t(f"figure.{figure}"), t(f"unit.{unit}").strip(), *map(_rounded, row)]
        for part, figure, unit, row in lines(held, found)
    ]
    pages = [
        books.Page(
            t("report.figures"),
            [*above, *month_report.sentences(scope, held)],
            [t("report.part"), t("figure"), t("unit"), *months],
            rows,
        )
    ]
    told(0.5)
    return books.write([*pages, *_sheets(scope, above)])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _sheets(scope: Scope, above: list[str]) -> list[books.Page]:
    """Hours of twelve months, hours by service, ages, money by source, each with its chart."""
    pages = [_trend(scope, above)]
    if scope.may("r", "care_months"):
        hours = [[code(service), round(float(value), 1)] for service, value in month_report.by_service(scope).items()]
        pages.append(_page("report.by_service", above, ("service", "hours"), hours, "bars"))
    ages = scope.read("overview_ages", "age_band", order="age_band")
    pages.append(_page("chart.ages", above, ("age_band", "people"), _cells(ages, ("age_band", "people")), "columns"))
    gifts = scope.read("overview_gifts", "source", order="yuan DESC")
    pages.append(_page("report.gifts_year", above, ("source", "yuan"), _cells(gifts, ("source", "yuan")), "bars"))
    return pages


def _trend(scope: Scope, above: list[str]) -> books.Page:
    found = scope.read("overview_figures", "month", figure="care_hours", back=11, order="month")
    rows = [[row["month"], round(float(row["top"]), 1)] for row in tables.rows(found)]
    return _page("chart.wall_hours", above, ("month", "hours"), rows, "columns")


def _cells(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[list[Any]]:
    return [[_cell(row, column) for column in columns] for row in tables.rows(frame)]


def _cell(row: Row, column: str) -> Any:
    return code(row[column]) if isinstance(row[column], str) else row[column]


def _page(name: str, above: list[str], columns: tuple[str, str], rows: list[list[Any]], kind: str) -> books.Page:
    return books.Page(t(name), above, [t(each) for each in columns], rows, books.Chart(kind, 0, (1,), t(name)))
