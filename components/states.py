"""Homes by what is open there: a tile a home, and the list of those where most needs attention. No home is ranked by how well it does."""

import html
from collections import defaultdict
from dataclasses import dataclass, field

import pandas as pd

from components import tables, trail
from components.words import t

FIRST, MOST, SAID = 12, 36, 3
ONCE = {"no_care"}  # its count is days, so it is one matter
MARKS = {"several": "‼", "urgent": "!", "soon": "•", "fine": "✓"}


@dataclass
class State:
    """What is open in one home: matters with how often, by rank; 1 is urgent, 2 soon, all others later."""

    label: str
    home: str
    township: str | None
    place: str
    said: str = ""
    open: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def count(self, *ranks: int) -> int:
        """How many matters of these ranks are open."""
        return sum(sum(self.open[rank].values()) for rank in ranks if rank in self.open)

    @property
    def state(self) -> str:
        """The worst that is open; urgent matters of several kinds are a state of their own."""
        kinds = len(self.open.get(1, {}))
        return "several" if kinds > 1 else "urgent" if kinds else "soon" if self.count(2) else "fine"

    @property
    def weight(self) -> tuple[int, int, int]:
        """What the homes are sorted by: how much is open, urgent matters first."""
        return self.count(1), self.count(2), self.count(3, 4, 5)


def by_home(watched: pd.DataFrame, attention: pd.DataFrame, homes: pd.DataFrame) -> list[State]:
    """The homes with what is open there, those with most first; homes with nothing too."""
    found = {
        row["home_id"]: State(row["label"], row["home"], row["township"], row["village"] or row["home"])
        for row in tables.rows(homes)
    }
    for frame in (watched, attention):
        for home, matter, rank, count in frame[["home_id", "matter", "rank", "count"]].itertuples(index=False):
            if home in found:
                found[home].open[rank][matter] = 1 if matter in ONCE else int(count)
    _say(list(found.values()))
    return sorted(found.values(), key=lambda each: (*(-n for n in each.weight), each.township or "", each.label))


def _say(found: list[State]) -> None:
    """The first matters of each home in words; of one without any, that nothing is open. A word is looked up once, not once a home."""
    names = {
        matter: t(f"open.{matter}")
        for matter in {matter for each in found for there in each.open.values() for matter in there}
    }
    pattern, between, nothing = t("open.n", matter="{}", n="{:,}"), t("comma"), t("nothing_open")
    for each in found:
        matters = sorted((rank, -n, matter) for rank, there in each.open.items() for matter, n in there.items())
        each.said = between.join(pattern.format(names[matter], -n) for _, n, matter in matters[:SAID]) or nothing


def tiles(found: list[State]) -> str:
    """A tile a home under its township, in the colour and with the mark of the worst that is open; a touch opens the home."""
    townships: dict[str | None, list[State]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (each.township or "", each.label)):
        townships[each.township].append(each)
    link, several = trail.links("overview"), len(townships) > 1
    groups = "".join(_township(name, homes, link, several) for name, homes in townships.items())
    return f"{_key(found)}<div class='hh-tiles'>{groups}</div>"


def _key(found: list[State]) -> str:
    """What the marks mean, and how many homes bear each."""
    counts = {state: sum(each.state == state for each in found) for state in MARKS}
    items = "".join(
        f"<li><i class='{state}'>{mark}</i>{t(f'state.{state}', n=f'{counts[state]:,}')}</li>"
        for state, mark in MARKS.items()
    )
    return f"<ul class='hh-key'>{items}</ul>"


def _township(name: str | None, homes: list[State], link: trail.Link, several: bool) -> str:
    said = html.escape(name or t("no_township"))
    if several and name:
        said = f"<a href='{link(township=name)}'>{said}</a>"
    drawn = "".join(tile(each, link) for each in homes)
    return f"<section><h4>{said}<small>{t('homes_n', n=len(homes))}</small></h4><div>{drawn}</div></section>"


def tile(each: State, link: trail.Link) -> str:
    """A home as a link in the colour of the worst that is open, with what it is behind it."""
    title = html.escape(f"{each.label}{t('colon')}{each.said}")
    face = f"<i>{MARKS[each.state]}</i>{html.escape(each.place)}"
    return f"<a class='{each.state}' href='{link(home=each.label)}' title='{title}'>{face}</a>"


def listed(found: list[State]) -> str:
    """The homes where most is open, urgent matters first, with what it is; more of them by a touch."""
    waiting = [each for each in found if each.count(1, 2)]
    if not waiting:
        return tables.fine(t("nothing_needs_attention"))
    link, several = trail.links("overview"), len({each.township for each in found}) > 1
    first, more = (
        f"<ul class='hh-sentences hh-watch hh-two'>{''.join(_line(each, link, several) for each in part)}</ul>"
        for part in (waiting[:FIRST], waiting[FIRST:MOST])
    )
    left = f"<p>{t('and_more', n=len(waiting) - MOST)}</p>" if len(waiting) > MOST else ""
    rest = (
        f"<details class='hh-rest'><summary>{t('states.more', n=len(waiting) - FIRST)}</summary>{more}{left}</details>"
    )
    return f"<h3 class='hh-sub'>{t('states.first')}</h3>{first}{rest if len(waiting) > FIRST else ''}"


def _line(each: State, link: trail.Link, several: bool) -> str:
    rank = 1 if each.count(1) else 2
    place = f"<small>{html.escape(each.township)}</small>" if each.township and several else ""
    name = f"<a href='{link(home=each.label)}'>{html.escape(each.label)}{place}</a>"
    counts = t("states.counts", urgent=each.count(1), soon=each.count(2), later=each.count(3, 4, 5))
    return f"<li class='hh-{rank}'>{name} <b>{counts}</b> <span>{html.escape(each.said)}</span></li>"


def beyond(found: pd.DataFrame, homes: pd.DataFrame) -> str:
    """The homes that lie where chance alone hardly puts one, each with a way to it; in the order of their names, as no rank is meant."""
    labels = dict(zip(homes["home_id"], homes["label"], strict=True))
    link = trail.links("overview")
    far = found[found["funnel"].isin(["far_below", "far_above"])]
    lines = [
        _beyond(str(figure), str(side), rows, labels, link)
        for (figure, side), rows in far.groupby(["figure", "funnel"], sort=False)
    ]
    return f"<ul class='hh-sentences hh-watch'>{''.join(lines)}</ul>" if lines else ""


def _beyond(figure: str, side: str, rows: pd.DataFrame, labels: dict[int, str], link: trail.Link) -> str:
    said = t(f"funnel.{side}", figure=t(f"figure.{figure}"), n=len(rows), base=f"{rows['base'].iloc[0]:.0f}")
    each = [
        f"<a href='{link(home=labels[home])}'>{html.escape(name)}<small>{rate:.0f}%</small></a>"
        for home, name, rate in rows[["home_id", "home", "rate"]].head(FIRST).itertuples(index=False)
    ]
    left = f" {t('and_more', n=len(rows) - FIRST)}" if len(rows) > FIRST else ""
    return f"<li class='{'hh-2' if side == 'far_below' else ''}'><p>{html.escape(said)}</p><div>{' '.join(each)}{left}</div></li>"
