"""What is printed about visits: the empty form to take along, and whom to visit this week."""

import html
from typing import Any

from components import report, tables
from components.words import t
from db.scope import Scope

BLOCKS = ("block_health", "block_living", "block_family", "block_safety", "block_wishes")
CHANNELS = ("at_door", "by_call", "third_party", "neighbours_told", "alarm", "hotline")
LIST = ("label", "room", "risk_tier", "last_visit", "visit_by", "visit_reason", "visited_on")


def blank(scope: Scope) -> str:
    """An empty visit form on one sheet of A4: boxes to tick and lines to write on."""
    known = scope.read("signs")
    head = "".join(
        f"<span class='box'>{t(each)}{t('colon')}<span class='line'></span></span>"
        for each in ("elder", "visitor", "day", "minutes")
    )
    blocks = "".join(_block(each, known[known["block"] == each]["code"].tolist()) for each in BLOCKS)
    note = f"<div class='item'><p>{t('note')}{t('colon')}</p><p>&nbsp;</p></div>"
    body = f"<p>{head}</p><p>{t('channel')}{t('colon')}{_boxes(*CHANNELS)}</p>{blocks}{note}"
    return report.paper(t("visiting.form"), t("visiting.form_how"), body, inside=True)


def _block(block: str, signs: list[str]) -> str:
    answers = _boxes("fine", "concern", "bad")
    return f"<div class='item'><p><b>{html.escape(t(block))}</b>{t('colon')}{answers}</p><p>{_boxes(*signs)}</p></div>"


def _boxes(*keys: str) -> str:
    return "".join(f"<span class='box'>□ {html.escape(t(key))}</span> " for key in keys)


def this_week(scope: Scope) -> str:
    """A sheet a home: whom to visit by Sunday, the most overdue first, with a blank for the day of the visit."""
    found = scope.read("visit_due", order="home_id, visit_by, label")
    found = found[found["visit_state"] != "visit_later"].assign(visited_on="")
    parts = [
        f"<section><h2>{html.escape(str(rows['home'].iloc[0]))}</h2>{report.table(tables.rows(rows), LIST, _said)}</section>"
        for _, rows in found.groupby("home_id", sort=False)
    ]
    under = scope.today()
    return report.paper(t("visiting.week"), under, "".join(parts) or f"<p>{t('nothing_yet')}</p>", inside=True)


def _said(column: str, value: Any) -> str:
    return tables.shown(column, value).replace("–", "") if column != "risk_tier" else t(f"tier.{value}")
