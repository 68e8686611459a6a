"""A funnel: homes of unlike size beside one rate, with the limits that chance alone seldom passes. Nothing here ranks a home."""

import html
from typing import Any

import altair as alt
import pandas as pd

from components.words import t

NEAR, FAR, NAMED = "#6f7d87", "#c4563f", 6
LINES = {"far_low": [2, 3], "far_high": [2, 3], "low": [6, 3], "high": [6, 3], "base": [1, 0]}
UP: dict[str, Any] = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -8}


def draw(frame: pd.DataFrame, x: str, y: str, color: str) -> alt.LayerChart | alt.FacetChart:
    """A dot a home by its size and rate; those beyond the far limits stand out and bear their names where they are few."""
    frame = frame[[x, y, color, *LINES]].round(1).assign(far=beyond(frame))
    size = alt.X(
        f"{x}:Q", title=t(x), scale=alt.Scale(type="sqrt", nice=False), axis=alt.Axis(tickCount=5, tickMinStep=1)
    )
    rate = alt.Y(f"{y}:Q", title=t("rate_percent"), scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5, **UP))
    limits = frame.drop_duplicates(x).sort_values(x)
    lines = [_line(limits[[x, name]].rename(columns={name: y}), size, rate, LINES[name]) for name in LINES]
    dots = [_dots(frame.loc[frame["far"] == far, [x, y, color]], size, rate, far) for far in (False, True)]
    return alt.layer(
        *lines, *dots, _ends(limits.tail(1), x, size), _names(frame.loc[frame["far"], [x, y, color]], size, rate)
    )


def beyond(frame: pd.DataFrame) -> pd.Series:
    """Which homes lie beyond the limits that two of a thousand pass by chance."""
    return frame["funnel"].str.startswith("far_")


def _line(limits: pd.DataFrame, size: alt.X, rate: alt.Y, dash: list[int]) -> alt.Chart:
    return (
        alt.Chart(limits)
        .mark_line(color="currentColor", opacity=0.55, strokeDash=dash, strokeWidth=1.2)
        .encode(x=size, y=rate)
    )


def _dots(frame: pd.DataFrame, size: alt.X, rate: alt.Y, far: bool) -> alt.Chart:
    mark = alt.Chart(frame).mark_point(
        filled=True, opacity=1, size=70 if far else 28, shape="diamond" if far else "circle"
    )
    x, y, name = frame.columns
    return mark.encode(
        x=size, y=rate, color=alt.value(FAR if far else NEAR), tooltip=[name, x, alt.Tooltip(f"{y}:Q", format=".0f")]
    )


def _ends(last: pd.DataFrame, x: str, size: alt.X) -> alt.Chart:
    """What share of homes each pair of limits holds, at its right end: above the upper of the one, below the lower of the other."""
    ends = pd.DataFrame(
        {x: last[x].iloc[0], "at": [last["far_high"].iloc[0], last["low"].iloc[0]], "said": ["99.8 %", "95 %"]}
    )
    return (
        alt.Chart(ends)
        .mark_text(align="right", dy=-6, fontSize=12, color="currentColor")
        .encode(x=size, y="at:Q", text="said:N")
    )


def _names(far: pd.DataFrame, size: alt.X, rate: alt.Y) -> alt.Chart:
    """The names of the homes beyond the far limits, where they are few enough to be read."""
    few = far if len(far) <= NAMED else far.head(0)
    return (
        alt.Chart(few)
        .mark_text(align="left", dx=7, fontSize=13, color="currentColor")
        .encode(x=size, y=rate, text=f"{few.columns[2]}:N")
    )


def reading(frame: pd.DataFrame, x: str, y: str, color: str) -> str:  # noqa: ARG001 kinds of a role have its name
    """The county's rate, how many homes lie within the limits, and how many so far off that chance does not explain it."""
    below, above = (int((frame["funnel"] == side).sum()) for side in ("far_below", "far_above"))
    within, base = len(frame) - below - above, f"{frame['base'].iloc[0]:.0f}"
    return html.escape(t("reading.funnel", base=base, n=len(frame), within=within, below=below, above=above))
