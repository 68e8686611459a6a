"""The panels of the board: each a title and a few lines in large type; a panel without anything to say is left out."""

import html

import pandas as pd

from components import charts, disclosure_paper, tables
from components.cards import span
from components.words import code, t
from db.scope import Row, Scope

LINES = 6  # that a panel holds
MOST = 12
Panel = dict[str, str]


def panels(scope: Scope, one: bool) -> list[Panel]:
    """All panels in their order; today's duty only where one home is looked at. Where there are none, one that says so."""
    found = [
        *(_duties(scope) if one else []),
        *_figures(scope),
        *_hours(scope),
        *_activities(scope, one),
        *_published(scope),
        *_thanks(scope),
    ]
    return found or [_panel("none", f"<p>{t('nothing_yet')}</p>")]


def _panel(name: str, body: str, page: int = 1, pages: int = 1, **values: object) -> Panel:
    more = f" {page}/{pages}" if pages > 1 else ""
    return {"key": f"{name}{page}", "title": html.escape(t(f"wall.{name}", **values)) + more, "body": body}


def paged(name: str, lines: list[str], shape: str) -> list[Panel]:
    """The lines on as many panels as they take."""
    pages = [lines[first : first + LINES] for first in range(0, len(lines), LINES)]
    return [
        _panel(name, f"<ul class='hh-{shape}'>{''.join(each)}</ul>", page, len(pages))
        for page, each in enumerate(pages, 1)
    ]


def _duties(scope: Scope) -> list[Panel]:
    """Who is on duty today, by first names; that nobody is, is said."""
    found: dict[tuple[int, int, str], list[str]] = {}
    for row in tables.rows(scope.read("wall_duties", order="start_minute, duty")):
        found.setdefault((row["start_minute"], row["minutes"], row["duty"]), []).append(row["first_name"])
    lines = [
        _line(span(start, minutes), code(duty), t("comma").join(names))
        for (start, minutes, duty), names in found.items()
    ]
    return paged("duties", lines, "duties") or [_panel("duties", f"<p>{t('wall.no_duties')}</p>")]


def _line(*parts: str) -> str:
    return f"<li>{''.join(f'<span>{html.escape(each)}</span>' for each in parts)}</li>"


def _figures(scope: Scope) -> list[Panel]:
    """The month against the one before, small groups hidden as in what is published."""
    found = scope.read("overview_figures", "month", "figure", "unit", back=1, outside=True)
    if found.empty:
        return []
    months, today = scope.months(back=1), scope.today()
    said = t("period.month", year=months[0][:4], month=int(months[0][5:]))
    far = t("wall.so_far", day=int(today[8:])) if months[0] == today[:7] else ""
    body = tables.drawn(found, months, tables.FIGURES) + (f"<p>{far}</p>" if far else "")
    return [_panel("figures", body, month=said)]


def _hours(scope: Scope) -> list[Panel]:
    """The hours of care of twelve months; a month whose hours few gave stays empty, as in what is published."""
    found = scope.read("overview_figures", "month", "figure", "unit", figure="care_hours", back=11, outside=True)
    found = found.rename(columns={"top": "hours"})[["month", "hours"]].dropna().sort_values("month")
    if len(found) < 2:
        return []
    named = [t("wall.month", month=int(each[5:])) for each in found["month"]]
    frame = pd.DataFrame({"month": named, "hours": found["hours"].astype(float).round()})
    return [_panel("hours", charts.figure("wall_hours", charts.columns, frame, x="month", y="hours").drawn)]


def _activities(scope: Scope, one: bool) -> list[Panel]:
    """The activities of the month, by weekday and hour."""
    rows = tables.rows(scope.read("wall_activities", order="turn, start_minute, home, id", limit=MOST))
    lines = [
        _line(code(row["weekday"]), span(row["start_minute"], row["minutes"]), row["activity"], _where(row, one))
        for row in rows
    ]
    return paged("activities", lines, "lines")


def _where(row: Row, one: bool) -> str:
    return str(row["room"] if one else row["home"])


def _published(scope: Scope) -> list[Panel]:
    """What came, went and is left, as it was published last; of several homes the newest sheets."""
    rows = tables.rows(scope.read("wall_published", order="to_month DESC, home_id", limit=LINES))
    if len(rows) == 1:
        return [_panel("published", _sums(rows[0]))]
    lines = [
        _line(row["home"], disclosure_paper.period(row), f"{row['income_yuan']:,.0f}", f"{row['spent_yuan']:,.0f}")
        for row in rows
    ]
    head = _line(*(t(each) for each in ("home", "month", "income_yuan", "spent_yuan")))
    return paged("published", [head, *lines][:LINES], "lines") if lines else []


def _sums(row: Row) -> str:
    sides = ("income_yuan", "spent_yuan", "closing_yuan")
    cells = "".join(f"<div><span>{t(each)}</span><b>{row[each]:,.0f}</b></div>" for each in sides)
    about = " · ".join((disclosure_paper.period(row), disclosure_paper.number(row)))
    return f"<h3>{html.escape(about)}</h3><div class='hh-sums'>{cells}</div><p>{t('disclosing.code', code=row['code'])}</p>"


def _thanks(scope: Scope) -> list[Panel]:
    """The donors whom a published sheet names in full."""
    donors = scope.read("wall_thanks", order="day DESC, donor")["donor"].drop_duplicates().tolist()
    if not donors:
        return []
    names = "".join(f"<li>{html.escape(code(each))}</li>" for each in donors[:MOST])
    more = f"<p>{t('and_more', n=len(donors) - MOST)}</p>" if len(donors) > MOST else ""
    return [_panel("thanks", f"<ul class='hh-names'>{names}</ul>{more}")]
