"""Cards, short tables and facts as plain HTML; long tables as a grid. All text is escaped."""

import html
import json
import math
from typing import Any

import pandas as pd
import streamlit as st

from components.words import code, known, t
from db.schema import LISTS
from db.scope import Row

SHORT = 60
CODED = {
    "sex",
    "self_care",
    "status",
    "service",
    "source",
    "purpose",
    "kind",
    "role",
    "side",
    "relation",
    "action",
    "end_reason",
    "kin_relation",
    "post",
    "risk_tier",
    "place",
    "state",
    "step",
    "outcome",
    "why",
    "signer",
    "instrument",
    "reason",
    "part",
    "item",
    "due",
    "due_reason",
    "event",
    "measure",
    "mark",
    "mode",
    "progress",
    "from_whom",
    "category",
    "level",
    "giver",
    "receiver",
    "other",
    "confirmed",
    "channel",
    "block_health",
    "block_living",
    "block_family",
    "block_safety",
    "block_wishes",
    "hazard",
    "about",
    "owner",
    "referral_state",
    "visit_reason",
    "missed",
    "fund",
    "from_fund",
    "to_fund",
    "served",
    "fee",
    "filing",
    "age_class",
    "given_for",
    "spent_on",
    "used_for",
    "bound_to",
    "size",
    "idle_cause",
    "becomes",
    "condition",
    "owned_by",
    "result",
    "meter",
}
YES_NO = {
    "step_free",
    "pressing",
    "skilled",
    "night",
    "active",
    "must_change",
    "birth_estimated",
    "open",
    "volunteer",
    "needs_township",
    "now",
    "coma",
    "diagnosis",
    "injured",
    "receives",
    "would_pay",
    "could_give",
    "on_behalf",
    "late",
    "undone",
    "taken_back",
    "ended",
    "unmatched",
    "banked",
    "lottery_paid",
    "sign_due",
    "anonymous",
}


def shown(column: str, value: Any) -> str:
    """A value as it is said: codes in words, numbers grouped, yes or no, nothing as a dash."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if column in YES_NO:
        return t("yes" if value else "no")
    if column in LISTS:
        return t("comma").join(code(each) for each in json.loads(value)) or "–"
    if column in CODED:
        return code(value)
    if column == "year":
        return str(int(value))
    if isinstance(value, float):
        return f"{value:,.2f}" if column == "yuan" or column.endswith("_yuan") else f"{value:,.1f}".removesuffix(".0")
    return f"{value:,}" if isinstance(value, int) else str(value)


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows as they stand in the table: whole numbers whole, nothing as None."""
    return [
        {
            name: None if pd.isna(value) else int(value) if isinstance(value, float) and value.is_integer() else value
            for name, value in row.items()
        }
        for row in frame.astype(object).to_dict("records")
    ]


def cards(frame: pd.DataFrame, months: list[str], figures: dict[str, str] | None = None) -> None:
    """One card a figure of the first of the months with its change against the others; a touch opens its definition."""
    if frame.empty:
        nothing()
        return
    st.html(drawn(frame, months, figures or FIGURES))


def drawn(frame: pd.DataFrame, months: list[str], figures: dict[str, str]) -> str:
    """The cards as HTML."""
    values = {
        (row["figure"], row["month"]): math.nan if pd.isna(row["top"]) else value(row)
        for row in frame.to_dict("records")
    }  # not a number: hidden, since it rests on too few people
    found = [_card(figure, unit, [values.get((figure, month)) for month in months]) for figure, unit in figures.items()]
    return f"<div class='hh-cards'>{''.join(found)}</div>"


FIGURES = {
    "residents": "people",
    "care_hours": "hours",
    "served": "people",
    "visit_rate": "percent",
    "mutual_rate": "percent",
    "gift_yuan": "yuan",
}


def card(figure: str, said: str, note: str) -> str:
    """A figure with a note below it; a touch anywhere on it opens its definition, where words have one."""
    face = f"<span>{t(f'figure.{figure}')}</span><b>{said}</b><small>{note}</small>"
    if not known(f"define.{figure}"):
        return f"<div class='hh-card'><div>{face}</div></div>"
    return f"<details class='hh-card'><summary>{face}<i></i></summary><p>{t(f'define.{figure}')}</p></details>"


def _card(figure: str, unit: str, values: list[float | None]) -> str:
    now, *others = values
    if now is None:
        return card(figure, _figure(None, unit), t("no_this_month"))
    if math.isnan(now):
        return card(figure, _figure(None, unit), t("too_few"))
    beside = zip(AGAINST, others, strict=False)
    changes = [_against(said, now, other, unit) for said, other in beside if other is None or not math.isnan(other)]
    return card(figure, _figure(now, unit), " ".join(f"<span>{change}</span>" for change in changes))


# what is said of the second and the third of the months beside the first, and where they have no figure
AGAINST = (("against_last_month", "no_last_month"), ("against_last_year", "no_last_year"))


def _against(said: tuple[str, str], now: float, other: float | None, unit: str) -> str:
    beside, without = said
    return t(without) if other is None else t(beside, change=_change(now - other, unit))


def value(row: Row) -> float | None:
    """A figure's value: top over bottom where there is one, as percent if it is; None where nothing divides it or it is hidden."""
    if pd.isna(row["top"]) or (row["unit"] == "percent" and not row["bottom"]):
        return None
    value = row["top"] / row["bottom"] if row["bottom"] else row["top"]
    return float(100 * value if row["unit"] == "percent" else value)


DIGITS = {"hours": 1, "percent": 1, "people_a_day": 1, "times_each": 1, "days_a_room": 1, "yuan_a_day": 2}


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    digits = DIGITS.get(unit, 0)
    return f"{value + 1e-9:,.{digits}f}<em>{t(f'unit.{unit}')}</em>"


def plain(value: float | None, unit: str) -> str | None:
    """A figure with its unit as text, None where there is none."""
    return None if value is None else f"{value:,.{DIGITS.get(unit, 0)}f} {t(f'unit.{unit}').strip()}"


def _change(difference: float, unit: str) -> str:
    digits = DIGITS.get(unit, 0)
    arrow = "▲" if difference > 0.05 else "▼" if difference < -0.05 else "＝"
    number = f"{abs(difference):,.{digits}f}{t('unit.points') if unit == 'percent' else ''}"
    return f"{arrow}\u00a0{number}" if arrow != "＝" else arrow


def table(frame: pd.DataFrame, hide: tuple[str, ...] = ()) -> None:
    """The rows under their column names: a plain table where it is short, a grid to scroll and sort where it is long."""
    columns = [column for column in frame.columns if column not in {*hide, "home_id", "month"}]
    for place in ("county", "township", "home"):  # that is the same in every row
        if place in columns[1:] and frame[place].nunique(dropna=False) < 2:
            columns.remove(place)
    if frame.empty:
        nothing()
    elif len(frame) <= SHORT:
        head = "".join(f"<th>{t(column)}</th>" for column in columns)
        body = "".join(
            f"<tr>{''.join(_cell(column, row[column]) for column in columns)}</tr>" for row in frame.to_dict("records")
        )
        st.html(
            f"<div class='hh-scroll' tabindex='0'><table class='hh-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
    else:
        st.dataframe(_readable(frame[columns]), hide_index=True, width="stretch", placeholder="–")
        st.caption(t("rows", n=f"{len(frame):,}"))


def _cell(column: str, value: Any) -> str:
    text = shown(column, value)
    number = isinstance(value, int | float) and column not in YES_NO and text != "–"
    return f"<td{' class=hh-number' if number else ''}>{html.escape(text)}</td>"


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    special = CODED | YES_NO | set(LISTS)
    frame = frame.assign(
        **{column: [shown(column, value) for value in frame[column]] for column in frame.columns if column in special}
    )
    return frame.rename(columns={column: t(column) for column in frame.columns})


def facts(row: Row) -> None:
    """One row as a list of names and values, empty ones left out."""
    items = [
        (name, shown(name, value)) for name, value in row.items() if name not in ("id", "home_id", "month", "label")
    ]
    lines = "".join(f"<dt>{t(name)}</dt><dd>{html.escape(text)}</dd>" for name, text in items if text != "–")
    st.html(f"<dl class='hh-facts'>{lines}</dl>")


def choose(frame: pd.DataFrame, what: str) -> Row | None:
    """The row somebody picks by typing part of it or by touch; None until then. The address keeps it."""
    if frame.empty:
        return None
    labels = dict(zip(_labels(frame, LABELS[what]), frame.to_dict("records"), strict=True))
    picked = st.selectbox(
        t(f"choose.{what}"), list(labels), index=None, key=what, bind="query-params", placeholder=t("type_or_touch")
    )
    return labels.get(picked)


LABELS = {
    "person": ("label", "home", "id"),
    "entry": ("day", "giver", "receiver", "service", "start", "id"),
    "gift": ("day", "donor", "item", "yuan", "home", "id"),
    "one_home": ("home", "township", "home_id"),
    "account": ("username",),
    "note": ("day", "systolic", "id"),
    "event": ("day", "event", "id"),
    "duties": ("duty", "start", "home", "id"),
    "duty_days": ("first_day", "duty", "home", "id"),
    "leaves": ("label", "first_day", "home", "id"),
    "conflicts": ("label", "other", "home", "id"),
    "hour_caps": ("age_from", "level_from", "id"),
    "asset": ("asset", "day", "home", "id"),
    "budget": ("year", "purpose", "home_id", "id"),
    "price": ("fee", "from_day", "age_from", "id"),
}


def _labels(frame: pd.DataFrame, parts: tuple[str, ...]) -> pd.Series:
    """A short name a row, with as many parts as it takes to tell all rows apart."""
    labels = pd.Series("", index=frame.index)
    for part in parts:
        said = pd.Series([shown(part, value) for value in frame[part]], index=frame.index).replace("–", "")
        labels = labels + said.where((labels == "") | (said == ""), " · " + said)
        if labels.is_unique:
            break
    return labels


def nothing() -> None:
    """What an empty list says."""
    st.html(empty())


def empty() -> str:
    """What an empty list says, as HTML."""
    return f"<p class='hh-empty'>{t('nothing_yet')}</p>"


def fine(said: str) -> str:
    """That nothing waits, as HTML."""
    return f"<p class='hh-note hh-fine'>{said}</p>"
