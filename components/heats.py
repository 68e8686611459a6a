"""A week as a heat map: a cell an hour, stronger where more is in use, with what it says in words."""

import html
from typing import Any

import altair as alt
import pandas as pd

from components.words import code, t

COLOUR = "#3f7fb5"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def draw(frame: pd.DataFrame, x: str, y: str, color: str) -> alt.LayerChart | alt.FacetChart:
    """Weekdays down, hours across; the number stands in a cell, so that nothing rests on its colour alone."""
    frame = frame.assign(**{y: frame[y].map(code), "said": frame[color].round(1).where(frame[color] >= STRONG / 10)})
    base = alt.Chart(frame).encode(
        x=alt.X(f"{x}:O", title=t(x), scale=alt.Scale(domain=hours(frame[x])), axis=alt.Axis(labelAngle=0)),
        y=alt.Y(f"{y}:O", title=None, scale=alt.Scale(domain=[code(day) for day in WEEK])),
    )
    strength: Any = alt.Opacity(f"{color}:Q", legend=None, scale=alt.Scale(domainMin=0, range=[0.08, 1]))
    cells = base.mark_rect(color=COLOUR).encode(
        opacity=strength, tooltip=[y, x, alt.Tooltip(f"{color}:Q", format=".1f")]
    )
    most = frame[color].max()
    ink = alt.condition(f"datum.{color} > {most * 0.6}", alt.value("white"), alt.value("currentColor"))
    return alt.layer(cells, base.mark_text(fontSize=11).encode(text=alt.Text("said:Q", format=".1f"), color=ink))


STRONG = 1.0


def hours(values: pd.Series) -> list[str]:
    """Every hour from the first to the last in which anything is in use."""
    return [f"{hour:02}" for hour in range(int(values.min()), int(values.max()) + 1)]


def reading(frame: pd.DataFrame, x: str, y: str, color: str) -> str:
    """The busiest hour of the week, and the days on which nothing is ever in use."""
    most = frame.loc[frame[color].idxmax()]
    said = t("reading.heat", day=code(most[y]), first=int(most[x]), last=int(most[x]) + 1, n=f"{most[color]:,.1f}")
    never = [code(day) for day in WEEK if day not in set(frame.loc[frame[color] > 0, y])]
    return html.escape(said + (t("reading.heat_never", days=t("comma").join(never)) if never else ""))
