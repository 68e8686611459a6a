"""What stands around every page: looks, language, the filters that make the scope, and who is signed in."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components import login, menu, touching
from components.words import LANGUAGES, language, large, t
from db.scope import Row, Scope
from db.words import table

HERE = Path(__file__).parent
TOUCH = ("Android", "iPad", "Mobile", "Tablet")


def dress(inside: bool) -> None:
    """The looks of the app and the language of the moment, chosen by one touch and kept in the address."""
    device = str(st.context.headers.get("User-Agent") or "")
    closed = any(word in device for word in TOUCH)
    st.set_page_config(
        page_icon=str(HERE / "icon.svg"),
        layout="wide" if inside else "centered",
        initial_sidebar_state="collapsed" if closed else 300,
    )
    with st.sidebar if inside else st.container(horizontal_alignment="right"):
        _language()
        st.toggle(t("elder_mode"), key="large", bind="query-params")
    st.html(f"<style>{_looks(large())}</style>")
    _browser()(
        data={"lang": {"zh": "zh-CN"}.get(language(), language()), "words": _own(language()), "lasting": menu.LASTING},
        key="browser",
    )


@cache
def _looks(enlarged: bool) -> str:
    sheets = ("page.css", "elder.css") if enlarged else ("page.css",)
    return "".join((HERE / name).read_text(encoding="utf-8") for name in sheets)


@cache
def _own(language: str) -> dict[str, str]:
    """Streamlit's own English words, each with ours."""
    found = {row["en"]: row[language] for key, row in table().items() if key.startswith("streamlit.")}
    return {english: own for english, own in found.items() if english != own}


def _language() -> None:
    names = {name: table()["language"][name] for name in LANGUAGES}
    st.segmented_control(
        "中文 / English", LANGUAGES, format_func=names.__getitem__, default=LANGUAGES[0], required=True, key="lang", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip


def _browser() -> Any:
    return st.components.v2.component("happiness_browser", js=_script())


@cache
def _script() -> str:
    return (HERE / "browser.js").read_text(encoding="utf-8")


def scope(who: Scope, user: Row, dated: bool = True) -> Scope:
    """The scope of this run: the homes chosen here, and the month unless the page asks for it; the address keeps both."""
    chosen = replace(who, homes=tuple(_homes(who, user)))
    return month(chosen) if dated else chosen


def leave(who: Scope, user: Row) -> None:
    """Who is signed in, and the way out."""
    st.caption(f"{user['name']} · {t(user['role'])}")
    if st.button(t("sign_out"), icon=":material/logout:", width="stretch"):
        login.sign_out(who)


def _homes(who: Scope, user: Row) -> list[int]:
    """The homes picked by name; where none is, all those of the township picked."""
    mine = who.read("user_homes", order="township, label")
    if len(mine) < 2 or user["role"] == "funder":
        return []
    township = _township(mine["township"].dropna().unique().tolist())
    ids = dict(zip(mine["label"], mine["home_id"], strict=True))
    labels = t("all_homes", n=len(ids))
    picked = st.multiselect(t("homes"), list(ids), key="home", bind="query-params", placeholder=labels)
    there = mine["home_id"][mine["township"] == township] if township else []
    return [int(ids[label]) for label in picked] or [int(each) for each in there]


def _township(known: list[str]) -> str | None:
    if len(known) < 2:
        return None
    label = t("all_townships", n=len(known))
    return st.selectbox(t("township"), known, index=None, key="township", bind="query-params", placeholder=label)


def month(chosen: Scope, labelled: bool = True) -> Scope:
    """The same scope in the month chosen here, which the address keeps, from one page to the next too."""
    options, usual = _months(chosen)
    asked = st.query_params.get("month") or st.session_state.get("shown_month")
    picked = asked if asked in options else options[usual]
    if asked == picked:
        st.session_state["shown_month"] = picked
        if "month" not in st.query_params:
            st.query_params["month"] = picked
    name = f"<span>{t('month')}</span>" if labelled else ""
    listed = "".join(f"<option>{each}</option>" for each in options)
    choice = f"<label class='hh-month'>{name}<select aria-label='{t('month')}'>{listed}</select></label>"
    touching.put("month", choice, chosen=picked, then=_pick)
    return replace(chosen, month=picked)


def beside(chosen: Scope) -> list[Scope]:
    """The same scope in the month before, in its own and in the month after, of those that can be chosen."""
    options, _ = _months(replace(chosen, month=None))
    near = [each for place, each in enumerate(options) if chosen.month in options[max(place - 1, 0) : place + 2]]
    return [replace(chosen, month=each) for each in reversed(near)]


def _pick() -> None:
    """Puts the month chosen just now into the address."""
    st.query_params["month"] = st.session_state["month"].touched


def _months(chosen: Scope) -> tuple[list[str], int]:
    """The months from the first of which these homes have a record, the newest first, and the place of the last such month."""
    return chosen.kept("months", make=lambda: _recorded(chosen))


def _recorded(chosen: Scope) -> tuple[list[str], int]:
    known = chosen.read("home_months")
    months = chosen.read("months", order="month DESC")["month"].tolist()
    first = known["first_month"].min() if len(known) else months[0]
    options = [month for month in months if month >= first] or months[:1]
    last = known["last_month"].max() if known["last_month"].notna().any() else None
    return options, options.index(last) if last in options else 0
