"""The way from the county over a township to a home: where one is, and one touch back to each step before."""

import html
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from components import words
from components.words import t
from db.scope import Row, Scope

Link = Callable[..., str]


def show(scope: Scope, user: Row, page: str) -> None:
    """County, township and home as links, the last one plain; nothing for whoever has one home or chooses none."""
    if way := scope.kept("trail", address(page), make=lambda: drawn(scope, user, page)):
        st.html(way)


def drawn(scope: Scope, user: Row, page: str) -> str:
    """The way as HTML."""
    homes = replace(scope, homes=()).read("user_homes", order="township, label")
    if len(homes) < 2 or user["role"] == "funder":
        return ""
    *way, (last, _) = steps(homes, scope.homes, user["township"] or user["county"] or t("all_homes", n=len(homes)))
    link = links(page)
    before = "".join(f"<a href='{link(**where)}' target='_self'>{html.escape(name)}</a><i>›</i>" for name, where in way)
    here = f"<span aria-current='page'>{html.escape(last)}</span>"
    return f"<nav class='hh-trail' aria-label='{t('trail')}'>{before}{here}</nav>"


def steps(homes: pd.DataFrame, chosen: tuple[int, ...], root: str) -> list[tuple[str, dict[str, str]]]:
    """Each step with its name and what its address holds: the township where the homes chosen share one, then the home or how many."""
    found = homes[homes["home_id"].isin(chosen)]
    way: list[tuple[str, dict[str, str]]] = [(root, {})]
    if found.empty:
        return way
    townships = homes["township"].dropna().unique()
    shared = found["township"].iloc[0] if found["township"].nunique(dropna=False) == 1 else None
    if len(townships) > 1 and pd.notna(shared):
        way.append((str(shared), {"township": str(shared)}))
        if len(found) > 1 and len(found) == int((homes["township"] == shared).sum()):
            return way
    return [*way, (found["label"].iloc[0] if len(found) == 1 else t("homes_n", n=len(found)), {})]


def links(page: str) -> Link:
    """What gives the address of a page as an attribute holds it, with the language and the month that were chosen."""
    month = {"month": shown} if (shown := words.choice("shown_month")) else {}
    return lambda **where: html.escape(words.address(page, **{**month, **where}))


def address(page: str, **where: object) -> str:
    """One such address."""
    return links(page)(**where)
