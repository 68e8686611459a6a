"""Active ageing in its three pillars, each figure with how many it rests on, and what each of the three actors can do about it."""

import html

import pandas as pd
import streamlit as st

from components import tables
from components.words import t
from db.scope import Row, Scope

PILLARS = ("health", "participation", "security")
FEWEST, FIGURES = 30, 2  # people that an index rests on at least; figures of each pillar that rest on as many
ACTORS = {
    "steers": ("seen_month", "benefits", "needs_met", "bed_rate"),
    "rows_on": ("checked", "no_fall", "attended", "lecture"),
    "takes_part": ("gave_year", "both_year", "able", "kept"),
}
ORDER = (
    "able",
    "kept",
    "no_fall",
    "checked",
    "gave_year",
    "both_year",
    "attended",
    "lecture",
    "seen_month",
    "benefits",
    "needs_met",
    "bed_rate",
)


def show(scope: Scope) -> None:
    """The pillars with their figures, the index where enough people stand behind it, then the three points of view."""
    rows = tables.rows(scope.read("ageing_figures", "pillar", "figure", "unit"))
    rows.sort(key=lambda row: ORDER.index(row["figure"]))
    if not any(row["everyone"] for row in rows):
        st.info(t("ageing.nobody"), icon=":material/elderly:")
        return
    parts = [_pillar(pillar, [row for row in rows if row["pillar"] == pillar]) for pillar in PILLARS]
    st.html(f"{_index(rows)}<div class='hh-parts'>{''.join(parts)}</div>")
    st.subheader(t("ageing.actors"), anchor=False)
    st.html(f"<div class='hh-parts hh-actors'>{''.join(_actor(actor, rows) for actor in ACTORS)}</div>")


# -- the pillars


def _pillar(pillar: str, rows: list[Row]) -> str:
    cards = "".join(tables.card(row["figure"], said(row), rests_on(row)) for row in rows)
    return f"<section><h3>{t(f'pillar.{pillar}')}</h3><div class='hh-cards'>{cards}</div></section>"


def said(row: Row) -> str:
    """A figure with its unit, a dash where there is none."""
    value = None if not row["bottom"] else tables.value(row)
    return "–" if value is None else html.escape(str(tables.plain(value, row["unit"])))


def rests_on(row: Row) -> str:
    """Of how many people something is known, and how many there are; why there is no figure."""
    if pd.isna(row["top"]):
        return t("ageing.hidden")
    if not row["bottom"]:
        return t("ageing.unknown", everyone=f"{row['everyone']:,}")
    if row["figure"] == "bed_rate":
        return t("ageing.beds", top=f"{row['top']:,.0f}", n=f"{row['bottom']:,.0f}")
    n, everyone = f"{row['bottom']:,}", f"{row['everyone']:,}"
    of = t("ageing.of", top=f"{row['people']:,}", n=n)
    return f"{of}<br>{t('ageing.known', n=n, everyone=everyone, share=round(100 * row['bottom'] / row['everyone']))}"


# -- one number for all, only of enough people


def index(rows: list[Row]) -> dict[str, float] | None:
    """The mean of each pillar's percents and the mean of the three; None where too few people or figures stand behind it."""
    means: dict[str, float] = {}
    for pillar in PILLARS:
        known = [
            row for row in rows if row["pillar"] == pillar and row["unit"] == "percent" and row["figure"] != "bed_rate"
        ]
        values = [
            100 * row["top"] / row["bottom"] for row in known if not pd.isna(row["top"]) and row["bottom"] >= FEWEST
        ]
        if len(values) < FIGURES:
            return None
        means[pillar] = sum(values) / len(values)
    return means | {"index": sum(means.values()) / len(PILLARS)}


def _index(rows: list[Row]) -> str:
    everyone = max((row["everyone"] for row in rows if not pd.isna(row["everyone"])), default=0)
    found = index(rows)
    if found is None:
        why = "ageing.few" if everyone < FEWEST else "ageing.thin"
        return f"<p class='hh-far'>{t(why, n=f'{everyone:,}', least=FEWEST)}</p>"
    note = t("comma").join(f"{t(f'pillar.{pillar}')} {found[pillar]:.1f}" for pillar in PILLARS)
    return f"<div class='hh-cards'>{tables.card('ageing_index', str(round(found['index'], 1)), note)}</div>"


# -- the three points of view


def _actor(actor: str, rows: list[Row]) -> str:
    known = {row["figure"]: row for row in rows}
    lines = [_line(known[figure]) for figure in ACTORS[actor] if figure in known]
    head = f"<h3>{t(f'actor.{actor}')}</h3><p>{t(f'actor.{actor}.what')}</p>"
    return f"<section>{head}<ul class='hh-sentences'>{''.join(lines)}</ul></section>"


def _line(row: Row) -> str:
    figure = row["figure"]
    head, does = t(f"figure.{figure}"), t(f"ageing.do.{figure}")
    return f"<li class='hh-3'><p><b>{head} {said(row)}</b><br>{does}</p></li>"
