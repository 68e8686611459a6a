"""The web floor: the overview's charts as bars that the server writes, over the same database; no framework."""

import os
import sqlite3
from collections import defaultdict
from html import escape
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

DATABASE = Path(os.environ["HAPPINESS_DATA"]) / "happiness.db"
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
CHARTS = {
    "Care": "SELECT week, service, sum(hours) FROM overview_care_weeks, (SELECT ? AS last) "
    "WHERE month BETWEEN substr(date(last || '-01', '-2 months'), 1, 7) AND last GROUP BY 1, 2",
    "Ages": "SELECT age_band, sex, sum(people) FROM overview_ages WHERE month = ? GROUP BY 1, 2",
    "Living": "SELECT category, '', sum(people) FROM overview_living WHERE month = ? GROUP BY 1",
    "Gifts": "SELECT gift_month, source, sum(yuan) FROM overview_gifts WHERE month = ? GROUP BY 1, 2",
}
FUNNEL = "SELECT residents, rate FROM overview_funnel WHERE month = ? AND figure = "
RATES = {"Visits": f"{FUNNEL} 'visit_rate'", "Gave and received": f"{FUNNEL} 'mutual_rate'"}
PAGE = """<!doctype html><title>Web floor</title><style>body{{font:16px sans-serif;max-width:70rem;margin:auto}}
.chart{{display:inline-block;width:48%}}</style><select onchange="fetch('/charts?month='+value).then(answer =>
answer.text()).then(text => charts.innerHTML = text)">{options}</select><div id=charts>{charts}</div>"""


def page(_: Request) -> HTMLResponse:
    """The whole page, for the latest month."""
    months = [row[0] for row in _rows("SELECT month FROM months WHERE ? ORDER BY month DESC LIMIT 12", 1)]
    options = "".join(f"<option>{month}</option>" for month in months)
    return HTMLResponse(PAGE.format(options=options, charts=_charts(months[0])))


def charts(request: Request) -> HTMLResponse:
    """The charts alone, for another month."""
    return HTMLResponse(_charts(request.query_params.get("month", "2026-11")))


def _charts(month: str) -> str:
    """All six, drawn anew."""
    drawn = {name: _bars(_rows(sql, month)) for name, sql in CHARTS.items()}
    drawn |= {name: _dots(_rows(sql, month)) for name, sql in RATES.items()}
    return "".join(f"<div class=chart><h3>{name}</h3>{chart}</div>" for name, chart in drawn.items())


def _rows(sql: str, value: str | int) -> list[tuple[Any, ...]]:
    """What the database says."""
    with sqlite3.connect(DATABASE) as db:
        rows = db.execute(sql, [value]).fetchall()
    db.close()
    return rows


def _dots(rows: list[tuple[Any, ...]]) -> str:
    """A dot for each home."""
    dots = "".join(f"<circle cx='{size}' cy='{300 - 3 * rate}' r='2'/>" for size, rate in rows)
    return f"<svg viewBox='0 0 340 330'>{dots}</svg>"


def _bars(rows: list[tuple[Any, ...]]) -> str:
    """Stacked bars, one for each first column, coloured by the second."""
    stacks: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for stack, part, value in rows:
        stacks[stack].append((part, value or 0))
    parts = sorted({str(part) for _, part, _ in rows})
    colour = {part: COLOURS[place % len(COLOURS)] for place, part in enumerate(parts)}
    scale = 300 / max((sum(value for _, value in stack) for stack in stacks.values()), default=1)
    drawn = (_stack(place, name, stack, colour, scale) for place, (name, stack) in enumerate(stacks.items()))
    return f"<svg viewBox='0 0 {30 * len(stacks)} 330'>{''.join(drawn)}</svg>"


def _stack(place: int, name: str, stack: list[tuple[str, float]], colour: dict[str, str], scale: float) -> str:
    """One bar with its label."""
    top, drawn = 300.0, [f"<text x='{30 * place}' y='320' font-size='6'>{escape(str(name))}</text>"]
    for part, value in stack:
        top -= value * scale
        height = value * scale
        drawn.append(
            f"<rect x='{30 * place}' y='{top:.1f}' width='24' height='{height:.1f}' fill='{colour[str(part)]}'/>"
        )
    return "".join(drawn)


app = Starlette(routes=[Route("/", page), Route("/charts", charts)])
