"""Kinds of charts, one function each from a frame to an Altair chart, and `show`, which draws them all alike.

A chart is drawn once on the server as SVG and kept; a touch opens the interactive one. Nothing is computed here but
what a picture needs: steps without a value on an axis, and the sentence that says the chart in words.
"""

import html
import json
import pickle
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from components import flows, funnels, heats, touching
from components.slim import slim
from components.words import code, language, large, t

PALETTE = ["#3f7fb5", "#d98a1f", "#2f9e77", "#c4563f", "#8a6fb8", "#8f8a1c", "#b8608f", "#6f7d87"]
INK = {
    "labelColor": "currentColor",
    "titleColor": "currentColor",
    "tickColor": "currentColor",
    "domainColor": "currentColor",
}
AXIS = {
    **INK,
    "labelFontSize": 14,
    "titleFontSize": 14,
    "titleFontWeight": "normal",
    "gridColor": "#888888",
    "gridOpacity": 0.3,
    "labelOverlap": False,
    "labelLimit": 0,
    "titleLimit": 0,
}
UPRIGHT: dict[str, Any] = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -8}
CONFIG = {
    "aria": False,  # the figure says its chart in a sentence; a name for each mark would double it
    "background": None,
    "font": "sans-serif",
    "axis": AXIS,
    "range": {"category": PALETTE},
    "view": {"stroke": None},
}
Kind = Callable[..., alt.Chart | alt.LayerChart | alt.FacetChart]
ELSEWHERE = "https://vega.github.io/vega-datasets/"  # before every link of a chart that the server draws


def stacked(frame: pd.DataFrame, x: str, y: str, color: str) -> alt.Chart:
    """Columns over time stacked by a code; at most eight colours, the smallest codes fall together."""
    steps = _steps(frame[x])
    return (
        alt.Chart(_merged(frame, x, y, color))
        .mark_bar()
        .encode(
            x=alt.X(
                f"{x}:O",
                title=None,
                scale=alt.Scale(domain=steps),
                axis=alt.Axis(labelAngle=0, labelExpr=_short(steps)),
            ),
            y=alt.Y(f"{y}:Q", title=t(y), axis=alt.Axis(tickCount=4, format=",~f", **UPRIGHT)),
            color=_color(color, _order(frame, y, color)),
            order=alt.Order("rank:Q"),
            tooltip=[x, color, alt.Tooltip(y, format=",.1f")],
        )
    )


def ranked(frame: pd.DataFrame, x: str, y: str) -> alt.Chart:
    """Bars sorted by length, each with its number."""
    frame = frame[frame[x] > 0].assign(**{y: frame[y].map(code)})
    base = alt.Chart(frame).encode(
        x=alt.X(f"{x}:Q", title=t(x), axis=alt.Axis(tickCount=4, tickMinStep=1)),
        y=alt.Y(f"{y}:N", title=None, sort="-x"),
    )
    return base.mark_bar(color=PALETTE[0]) + base.mark_text(
        align="left", dx=4, fontSize=14, color="currentColor"
    ).encode(text=f"{x}:Q")


def pyramid(frame: pd.DataFrame, x: str, y: str, side: str) -> alt.Chart:
    """Bars to both sides of zero, the first code to the left."""
    sides = sorted(frame[side].unique())
    frame = frame.assign(**{"signed": frame[x].where(frame[side] != sides[0], -frame[x]), side: frame[side].map(code)})
    reach = max(frame[x].max(), 1)
    return (
        alt.Chart(frame.dropna(subset=[x]))
        .mark_bar()
        .encode(
            x=alt.X(
                "signed:Q",
                title=t(x),
                scale=alt.Scale(domain=[-reach, reach]),
                axis=alt.Axis(labelExpr="abs(datum.value)", tickMinStep=1, tickCount=5),
            ),
            y=alt.Y(f"{y}:O", title=None, sort="descending"),
            color=_color(side, [code(each) for each in sides]),
            tooltip=[y, side, x],
        )
    )


def two_sided(frame: pd.DataFrame, x: str, up: str, down: str) -> alt.Chart:
    """Columns over time above and below zero: what was given and what was received."""
    long = frame.melt(id_vars=[x], value_vars=[up, down], var_name="side", value_name="hours")
    long["signed"] = long["hours"].where(long["side"] == up, -long["hours"])
    long["side"] = long["side"].map(code)
    steps = _steps(frame[x])
    return (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X(
                f"{x}:O",
                title=None,
                scale=alt.Scale(domain=steps),
                axis=alt.Axis(labelAngle=0, labelExpr=_short(steps)),
            ),
            y=alt.Y("signed:Q", title=t("hours"), axis=alt.Axis(labelExpr="abs(datum.value)", tickCount=4, **UPRIGHT)),
            color=_color("side", [code(up), code(down)]),
            tooltip=[x, "side", alt.Tooltip("hours", format=",.1f")],
        )
    )


def columns(frame: pd.DataFrame, x: str, y: str) -> alt.Chart:
    """Columns in the order of the rows, each with its number."""
    steps = [code(each) for each in frame[x]]
    base = alt.Chart(frame.assign(**{x: steps})).encode(
        x=alt.X(f"{x}:O", title=None, scale=alt.Scale(domain=steps), axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            f"{y}:Q",
            title=t(y),
            scale=alt.Scale(domainMax=1.15 * frame[y].max()),
            axis=alt.Axis(tickCount=4, format=",~f", **UPRIGHT),
        ),
    )
    numbers = base.mark_text(dy=-8, fontSize=14, color="currentColor").encode(text=alt.Text(f"{y}:Q", format=",~f"))
    return base.mark_bar(color=PALETTE[0]) + numbers


def banded(frame: pd.DataFrame, x: str, y: str, low: str, high: str) -> alt.Chart:
    """A line over days before its normal band, if it has one; what lies outside is marked."""
    outside = (frame[y] < frame[low].astype(float)) | (frame[y] > frame[high].astype(float))
    frame = frame.assign(**{x: pd.to_datetime(frame[x]), "outside": outside.map({True: t("outside"), False: ""})})
    base = alt.Chart(frame)
    days = alt.X(
        f"{x}:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount={"interval": "month", "step": _months(frame[x])})
    )
    value = alt.Y(f"{y}:Q", title=t(y), scale=alt.Scale(zero=False, padding=8), axis=alt.Axis(tickCount=5, **UPRIGHT))
    marks = alt.Color(
        "outside:N", legend=None, scale=alt.Scale(domain=["", t("outside")], range=[PALETTE[0], PALETTE[3]])
    )
    line = base.mark_line(color=PALETTE[0]).encode(x=days, y=value)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=days, y=value, color=marks, tooltip=[f"{x}:T", f"{y}:Q"]
    )
    if frame[[low, high]].isna().to_numpy().any():
        return line + points
    band = alt.Chart(frame.iloc[-1:]).mark_rect(color=PALETTE[2], opacity=0.18).encode(y=f"{low}:Q", y2=f"{high}:Q")
    return band + line + points


def flow(frame: pd.DataFrame, x: str, y: str, color: str, via: str = "") -> alt.LayerChart | alt.FacetChart:
    """Bands of money from a source, by what it was bound to, to its use; a node is a link where `<its layer>_link` says to what."""
    layers = [x, *([via] if via else []), color]
    drawn = flows.lay(frame, layers, y, "others")
    nodes = _nodes(drawn.nodes, frame, layers)
    texts = [_node_names(nodes, layer) for layer in range(len(layers))]
    height = min(360, 60 + 60 * int(nodes["layer"].value_counts().max()))
    return alt.layer(_ribbons(drawn.bands, nodes, len(layers) - 1), _node_bars(nodes), *texts).properties(height=height)


def _nodes(nodes: pd.DataFrame, frame: pd.DataFrame, layers: list[str]) -> pd.DataFrame:
    """The nodes with what stands beside them, and the link of each that has one."""
    links = {
        (place, name): link
        for place, layer in enumerate(layers)
        if f"{layer}_link" in frame
        for name, link in frame[[layer, f"{layer}_link"]].itertuples(index=False)
    }
    said = [f"{code(name)}\n{yuan:,.0f}" for name, yuan in zip(nodes["name"], nodes["yuan"], strict=True)]
    found = [links.get(key) for key in zip(nodes["layer"], nodes["name"], strict=True)]
    return nodes.assign(label=said, link=found, at=(nodes["x"] + nodes["x2"]) / 2)


ACROSS = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-32, 134]))
DOWN = alt.Scale(domain=[flows.HIGH, 0])


def _ribbons(bands: pd.DataFrame, nodes: pd.DataFrame, last: int) -> alt.Chart:
    """The bands in the colour of the use that they end in; grey where they end in none."""
    names = [code(name) for name in nodes[nodes["layer"] == last]["name"]]
    colour = alt.Color("name:N", legend=None, scale=alt.Scale(domain=names, range=PALETTE[: len(names)]))
    into = bands["into"].map(code)
    return (
        alt.Chart(bands.assign(name=into.where(into.isin(names))))
        .mark_area(opacity=0.45)
        .encode(
            x=ACROSS, y=alt.Y("y:Q", axis=None, scale=DOWN), y2="y2:Q", detail="band:N",
            color=alt.condition("datum.name == null", alt.value("#8a929a"), colour),
        )
    )  # fmt: skip


def _node_bars(nodes: pd.DataFrame) -> alt.Chart:
    bars = alt.Chart(nodes).mark_rect(color="currentColor", opacity=0.75)
    return bars.encode(x=ACROSS, x2="x2:Q", y=alt.Y("y:Q", scale=DOWN), y2="y2:Q", href="link:N")


def _node_names(nodes: pd.DataFrame, layer: int) -> alt.Chart:
    """Names and amounts, those of the first layer on its left."""
    side: dict[str, Any] = {"align": "left", "dx": 9} if layer else {"align": "right", "dx": -9}
    texts = alt.Chart(nodes[nodes["layer"] == layer]).mark_text(
        **side, dy=-7, lineBreak="\n", fontSize=14, color="currentColor"
    )
    return texts.encode(x=alt.X("at:Q"), y=alt.Y("middle:Q", scale=DOWN), text="label:N", href="link:N")


def funnel(frame: pd.DataFrame, x: str, y: str, color: str) -> alt.LayerChart | alt.FacetChart:
    """Homes by size and rate between the limits of chance; those far beyond stand out."""
    return funnels.draw(frame, x, y, color)


def heat(frame: pd.DataFrame, x: str, y: str, color: str) -> alt.LayerChart | alt.FacetChart:
    """A week: a cell an hour, stronger where more is in use."""
    return heats.draw(frame, x, y, color)


def _months(days: pd.Series) -> int:
    """Months between two marks of an axis that holds these days."""
    return max(1, -(-(days.max() - days.min()).days // 150))


KINDS: dict[str, Kind] = {
    kind.__name__: kind for kind in (stacked, ranked, pyramid, two_sided, columns, banded, flow, funnel, heat)
}


SIZE: dict[str, Any] = {"width": 430, "height": 230}
SIZES: dict[str, dict[str, Any]] = {flow.__name__: {"width": 640}}  # as high as it has names


@dataclass(frozen=True)
class Figure:
    """A chart as the page shows it, and what its interactive view needs."""

    name: str
    title: str
    drawn: str
    spec: dict[str, Any]


def figure(name: str, kind: Kind, frame: pd.DataFrame, **roles: str) -> Figure:
    """A chart under its title with one sentence that says it in words; where there is nothing to draw, a sentence instead."""
    title = t(f"chart.{name}")
    figures = [
        column for role, column in roles.items() if column in frame and pd.api.types.is_numeric_dtype(frame[column])
    ]
    if frame.empty or not frame[figures].fillna(0).to_numpy().any():
        nothing = f"<figcaption><b>{title}</b></figcaption><p>{t('nothing_to_draw')}</p>"
        return Figure(name, title, f"<figure class='hh-chart hh-empty'>{nothing}</figure>", {})
    by = next(roles[role] for role in ("color", "y", "x") if roles.get(role, figures[0]) not in figures)
    spec, svg, legend, reading = _drawn(kind.__name__, frame, roles, (figures[0], by), language())
    role = "group" if "<a " in svg else "img"
    drawn = (
        f"<figure class='hh-chart hh-{kind.__name__}'><figcaption><b>{title}</b><span>{reading}</span></figcaption>"
        f"<button type='button' data-to='{name}' title='{t('open_chart')}' aria-label='{t('open_chart')}'></button>"
        f"{legend}<div role='{role}' aria-label='{html.escape(title)}: {reading}'>{svg}</div></figure>"
    )
    return Figure(name, title, drawn, spec)


def show(name: str, kind: Kind, frame: pd.DataFrame, **roles: str) -> None:
    """One chart."""
    together(figure(name, kind, frame, **roles))


def together(*figures: Figure) -> None:
    """Charts side by side where there is room for two; a touch opens the interactive one."""
    put(f"figures_{figures[0].name}", [beside(figures)], figures)


def beside(figures: Iterable[Figure]) -> str:
    """Charts side by side where there is room for two, as HTML."""
    return f"<div class='hh-charts'>{''.join(each.drawn for each in figures)}</div>"


def put(name: str, parts: Sequence[str], figures: Iterable[Figure]) -> None:
    """HTML with these charts in it as one element, of which a browser draws anew only the parts that change; a touch opens the chart."""
    touched = touching.put(name, *parts, looks="hh-page")
    for each in figures:
        if each.name == touched:
            _interactive(each.title, each.spec)


def _interactive(title: str, spec: dict[str, Any]) -> None:
    shown = spec | {"config": spec["config"] | _large()} if large() else spec
    st.dialog(title, width="large")(lambda: st.vega_lite_chart(shown, width="stretch", alt=title))()


def _large() -> dict[str, Any]:
    """Large letters in the full colour of the text."""
    ink = "#fff" if st.context.theme.type == "dark" else "#000"
    big = {"labelFontSize": 22, "titleFontSize": 22, "labelColor": ink, "titleColor": ink}
    return {"axis": big, "legend": big | {"columns": 2}}


@st.cache_data(max_entries=400, show_spinner=False, hash_funcs={pd.DataFrame: pickle.dumps})
def _drawn(
    kind: str,
    frame: pd.DataFrame,
    roles: dict[str, str],
    read: tuple[str, str],
    language: str,  # noqa: ARG001 the words of a chart depend on it, so it is part of the key
) -> tuple[dict[str, Any], str, str, str]:
    spec = KINDS[kind](frame, **roles).properties(**SIZES.get(kind, SIZE)).to_dict(validate=False)
    spec["config"] = CONFIG
    sayings: dict[str, Callable[..., str]] = {
        banded.__name__: _latest,
        two_sided.__name__: _both,
        funnel.__name__: funnels.reading,
        heat.__name__: heats.reading,
    }
    own = sayings.get(kind)
    said = own(frame, **roles) if own else _reading(frame, *read, KINDS[kind])
    return _for_page(spec), _svg(spec), _legend(spec), said


def _svg(spec: dict[str, Any]) -> str:
    import vl_convert

    svg = vl_convert.vegalite_to_svg(spec)
    width, height = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups()  # type: ignore[union-attr]
    svg = re.sub(r'<rect width="[\d.]+" height="[\d.]+" fill="white"/>', "", svg, count=1)
    svg = svg.replace(f'width="{width}" height="{height}" ', "", 1).replace('font-family="sans-serif"', "")
    return slim(svg.replace(ELSEWHERE, ""))


def _for_page(spec: dict[str, Any]) -> dict[str, Any]:
    """The same chart for the interactive view, which brings its own colours of text and its own legend."""
    plain = json.loads(
        json.dumps(spec).replace('"legend": null', '"legend": {"orient": "bottom", "columns": 4, "title": null}')
    )
    plain["config"] = {"range": {"category": PALETTE}}
    for layer in plain.get("layer", []):
        layer["mark"].pop("color", None)
    return plain | {"width": "container", "height": 420}


def _legend(spec: dict[str, Any]) -> str:
    scale = spec.get("encoding", {}).get("color", {}).get("scale", {})
    keys = zip(scale.get("domain", []), scale.get("range", []), strict=False)
    items = "".join(f"<li><i style='background:{colour}'></i>{html.escape(str(name))}</li>" for name, colour in keys)
    return f"<ul class='hh-legend'>{items}</ul>" if items else ""


def _color(column: str, domain: list[str]) -> alt.Color:
    return alt.Color(f"{column}:N", legend=None, scale=alt.Scale(domain=domain, range=PALETTE[: len(domain)]))


def _order(frame: pd.DataFrame, y: str, color: str) -> list[str]:
    sums = frame.groupby(color)[y].sum().sort_values(ascending=False)
    names = [code(each) for each in sums.index]
    return names if len(names) <= len(PALETTE) else [*names[: len(PALETTE) - 1], t("others")]


def _merged(frame: pd.DataFrame, x: str, y: str, color: str) -> pd.DataFrame:
    order = _order(frame, y, color)
    named = frame[color].map(code)
    frame = (
        frame.assign(**{color: named.where(named.isin(order), t("others"))})
        .groupby([x, color], as_index=False)[y]
        .sum()
    )
    return frame.assign(rank=frame[color].map(order.index))


def _steps(values: pd.Series) -> list[str]:
    """Every week or month from the first to the last, so that an empty one shows as a gap."""
    first, last = values.min(), values.max()
    if len(first) == 7:
        return [str(month) for month in pd.period_range(first, last, freq="M")]
    return [day.strftime("%Y-%m-%d") for day in pd.date_range(first, last, freq="7D")]


def _short(steps: list[str]) -> str:
    every = -(-len(steps) // 6)
    shown = [step for index, step in enumerate(reversed(steps)) if index % every == 0]
    cut = "slice(datum.value, 5)" if len(steps[0]) == 10 else "slice(datum.value, 2)"
    return f"indexof({shown}, datum.value) >= 0 ? {cut} : ''"


def _reading(frame: pd.DataFrame, y: str, by: str, kind: Kind) -> str:
    """The largest part and, where the parts make up a whole and none is hidden, their sum."""
    sums = frame.groupby(by)[y].sum().sort_values(ascending=False)
    digits = 0 if (sums % 1 == 0).all() else 1
    hidden = frame[y].isna().any()
    said = t(
        "reading.most" if hidden or kind is ranked else "reading",
        total=f"{sums.sum():,.{digits}f}",
        unit=t(y),
        top=code(sums.index[0]),
        most=f"{sums.iloc[0]:,.{digits}f}",
    )
    return html.escape(said + (t("reading.hidden") if hidden else ""))


def _latest(frame: pd.DataFrame, x: str, y: str, low: str, high: str) -> str:
    """The last value with its day, and how it lies to the normal band."""
    last = frame.iloc[-1]
    said = t("reading.latest", value=f"{last[y]:,g}", day=last[x])
    if pd.isna(last[low]):
        return html.escape(said)
    mark = "low" if last[y] < last[low] else "high" if last[y] > last[high] else "inside"
    said += t("reading.admit" if y == "total" else "reading.band", low=f"{last[low]:g}", high=f"{last[high]:g}")
    return html.escape(said + t("reading.mark", mark=t(f"reading.{mark}")))


def _both(frame: pd.DataFrame, x: str, up: str, down: str) -> str:  # noqa: ARG001 kinds of a role have its name
    """The sums of both sides."""
    return html.escape(
        t("comma").join(f"{code(side)} {frame[side].sum():,.1f} {t('unit.hours')}" for side in (up, down))
    )
