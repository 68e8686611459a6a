"""The needs list on a screen: who lacks what, who could give it, and the pairs that would close a need first."""

import html
import json
from typing import Any

import pandas as pd
import streamlit as st

from components import tables
from components.words import t
from db.scope import Row, Scope

KEYS = ("service", "cut", "part", "part_of", "township", "home", "age_band", "category", "level")
PAIRS = 20  # of one service, where many homes are looked at


def show(scope: Scope, chosen: Row) -> None:
    """The services by how many people lack them, each with its pairs in one home; then one service in detail."""
    found = ranked(scope, chosen)
    if found.empty:
        st.info(t("needs.nobody_asked"), icon=":material/info:")
        return
    most = found["surveyed"].max()
    st.caption(t("needs.coverage", n="–" if pd.isna(most) else int(most), before=_before(chosen, found)))
    inside = scope.may("r", "needs_pairs")
    alone = inside and len(scope.read("user_homes")) < 2
    pairs = tables.rows(scope.read("needs_pairs", round_id=chosen["id"], order="turn")) if alone else []
    _list(found, pairs)
    if not inside:
        st.caption(t("needs.hidden"))
    _detail(
        scope,
        chosen,
        found,
        ("pairs", "who", "where") if alone else ("where", "who", "pairs") if inside else ("where", "who"),
    )


def ranked(scope: Scope, chosen: Row, outside: bool = False) -> pd.DataFrame:
    """The list of a round, most unmet first, with the change since the round before; hidden figures stand last."""
    found = scope.read("needs_published", *KEYS, round_id=chosen["id"], cut="all", outside=outside).set_index("service")
    found = found.astype({"people": "Float64"})
    before = scope.read("needs_rounds", "service", round_id=chosen["before"] or 0, outside=outside).set_index("service")
    found["than_before"] = found["people"] - before["people"].astype("Float64").reindex(found.index)
    order = ["people", "gap"]
    return found.sort_values(order, ascending=False, na_position="last", kind="stable").reset_index()


def _before(chosen: Row, found: pd.DataFrame) -> str:
    return t("needs.against", name=chosen["before_name"]) if found["than_before"].notna().any() else ""


def _list(found: pd.DataFrame, pairs: list[Row]) -> None:
    head = "".join(
        f"<th>{t(each)}</th>" for each in ("service", "unmet_people", "supply", "gap", "would_pay", "than_before")
    )
    most = found["people"].max() or 1
    body = "".join(
        _row(row, most, [pair for pair in pairs if pair["service"] == row["service"]]) for row in tables.rows(found)
    )
    st.html(
        "<div class='hh-scroll' tabindex='0'>"
        f"<table class='hh-table hh-needs'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, most: float, pairs: list[Row]) -> str:
    share = 100 * (row["people"] or 0) / most
    bar = f"<span class='hh-bar' aria-hidden='true'><i style='width:{share:.0f}%'></i></span>" if row["people"] else ""
    figures = "".join(f"<td class=hh-number>{_figure(row[each])}</td>" for each in ("supply", "gap", "would_pay"))
    line = (
        f"<tr><td>{t(row['service'])}</td><td class=hh-number>{_figure(row['people'])}{bar}</td>{figures}"
        f"<td class=hh-number>{_change(row['than_before'])}</td></tr>"
    )
    said = "".join(f"<li>{pair(each)}</li>" for each in pairs)
    return line + (f"<tr class='hh-pairs'><td colspan=6><ul>{said}</ul></td></tr>" if said else "")


def _figure(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _change(value: int | None) -> str:
    return "–" if value is None else f"▲ {value:,}" if value > 0 else f"▼ {-value:,}" if value < 0 else "＝"


def pair(row: Row) -> str:
    """Who could help whom, and why these two."""
    who = t("pair", helper=f"<b>{html.escape(row['helper'])}</b>", elder=f"<b>{html.escape(row['elder'])}</b>")
    level = f"level_{row['level']}" if row["level"] else ""
    why_elder = [t(f"need.{row['need']}"), t(row["category"]) if row["category"] == "alone" else "", level and t(level)]
    free = t("comma").join(t(each) for each in json.loads(row["availability"]))
    given = t("pair.given", hours=f"{row['given']:,.1f}".removesuffix(".0")) if row["given"] else t("pair.none_given")
    why_helper = [row["skills"], t("pair.free", when=free) if free else "", given]
    check = t("pair.professional") if row["professional"] else ""
    why = [t("dot").join(filter(None, each)) for each in (why_elder, why_helper, [check])]
    return f"{who}<small>{html.escape(t('semicolon').join(filter(None, why)))}</small>"


# -- one service


def _detail(scope: Scope, chosen: Row, found: pd.DataFrame, names: tuple[str, ...]) -> None:
    """Of one service: the pairs, who lacks it, and where; only what is touched is read."""
    st.subheader(t("needs.detail"), anchor=False)
    services = found["service"].tolist()
    service = st.pills(
        t("service"),
        services,
        format_func=t,
        default=services[0],
        required=True,
        key="service",
        bind="query-params",
        label_visibility="collapsed",
    )
    shown = st.tabs([t(f"needs.{name}") for name in names], key="needs_section", on_change="rerun")
    for name, tab in zip(names, shown, strict=True):
        if tab.open:
            with tab:
                {"pairs": _pairs, "who": _who, "where": _where}[name](scope, chosen["id"], service or services[0])


def _pairs(scope: Scope, round_id: int, service: str) -> None:
    found = scope.read("needs_pairs", round_id=round_id, service=service, order="need DESC, turn, home_id", limit=PAIRS)
    if found.empty:
        st.html(f"<p class='hh-empty'>{t('needs.no_pair')}</p>")
        return
    several = found["home"].nunique() > 1
    lines = [(f"{html.escape(row['home'])}{t('colon')}" if several else "") + pair(row) for row in tables.rows(found)]
    st.html(f"<ul class='hh-pairs'>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")
    if len(found) == PAIRS:
        st.caption(t("needs.more_pairs", n=PAIRS))


def _who(scope: Scope, round_id: int, service: str) -> None:
    """People with this need unmet by age band and living situation down, ability level across."""
    found = _cut(scope, round_id, service, "segment")
    if found.empty:
        st.html(f"<p class='hh-empty'>{t('needs.no_segment')}</p>")
        return
    wide = found.pivot_table("people", ["age_band", "category"], "level", "sum", observed=True)
    wide = wide.reindex(columns=sorted(wide.columns)).astype("Int64").reset_index()
    tables.table(wide)


def _where(scope: Scope, round_id: int, service: str) -> None:
    """People with this need unmet by township, and by home."""
    for cut, columns in (("township", ["township"]), ("home", ["township", "home"])):
        found = _cut(scope, round_id, service, cut).rename(columns={"people": "unmet_people"})
        if len(found) > 1 or cut == "home":
            found = found.sort_values("unmet_people", ascending=False, na_position="last")
            tables.table(found[[*columns, "surveyed", "unmet_people"]])


def _cut(scope: Scope, round_id: int, service: str, cut: str) -> pd.DataFrame:
    """One cut of a service; whoever sees small groups is spared the other cuts, with which they would be hidden."""
    narrow: Row = {"cut": cut} if scope.may("r", "needs_pairs") else {}
    found = cuts(scope, round_id, service=service, **narrow)
    return found[found["cut"] == cut]


def cuts(scope: Scope, round_id: int, outside: bool = False, **where: Any) -> pd.DataFrame:
    """All that is published of a round, or of one service: the rows that are hidden together are read together."""
    return scope.read("needs_published", *KEYS, round_id=round_id, outside=outside, **where)
