"""The script of every run: language, menu, sign-in, page. The only router."""

import logging
import secrets
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import streamlit as st

from components import forms, frame, login, menu, trail
from components.words import t
from db import store
from db.rules import SignedOut
from db.scope import Row, Scope, may
from pages import HOME, MENU

SHOWN = {"overview"}  # pages that only show: the month stands beside their title, and another draws them alone anew
TRAILED = {
    "overview",
    "homes",
    "facilities",
    "ageing",
    "quality",
}  # pages with the way from the county to the home above their title


def main() -> None:
    """Show the page of the address to whoever may see it, the sign-in form to everybody else."""
    scope = Scope(store.folder(), login.token())
    try:
        user = scope.user()
        frame.dress(inside=True)
        _inside(scope, user)
    except SignedOut:
        frame.dress(inside=False)
        _outside(scope)


def trouble(error: Exception) -> bool:
    """What somebody reads when the program itself failed: a number to tell, under which the log keeps the rest."""
    number = secrets.token_hex(3)
    logging.getLogger("happiness").error("unexpected %s", number, exc_info=error)
    st.error(t("unexpected", number=number), icon=":material/error:")
    return True


def _inside(scope: Scope, user: Row) -> None:
    groups = {
        group: names
        for group, pages in sorted(MENU.items(), key=lambda group: HOME.get(user["role"]) not in group[1])
        if (names := [name for name in pages if may(user["role"], "r", name, "page")])
    }
    named = [(name, MENU[group][name]) for group, names in groups.items() for name in names]
    _run(named, lambda module: partial(_show, module, scope, user, groups))


def _outside(scope: Scope) -> None:
    door = login.password_page if login.waiting(scope) else login.page
    _run([(name, module) for group in MENU.values() for name, module in group.items()], lambda _: door)


def _run(named: list[tuple[str, ModuleType]], show: Callable[[ModuleType], Callable[[], None]]) -> None:
    """The page of the address, of these."""
    pages = [page for name, module in named for page in _pages(name, module, show(module), name == named[0][0])]
    st.navigation(pages, position="hidden").run()


def _pages(name: str, module: ModuleType, show: Callable[[], None], first: bool) -> list[st.Page]:
    """A page under its address; the first of all stands at the root too, where Streamlit takes its own address away."""
    what: dict[str, Any] = {"title": t(f"page.{name}")}
    if not first:
        return [st.Page(show, url_path=name, **what)]
    return [st.Page(show, default=True, **what), st.Page(partial(show), url_path=name, visibility="hidden", **what)]


def _show(module: ModuleType, scope: Scope, user: Row, groups: dict[str, list[str]]) -> None:
    name = module.__name__.rpartition(".")[2]
    chosen = frame.scope(scope, user, dated=name not in SHOWN)
    with st.sidebar:
        menu.show(groups, name)
        frame.leave(scope, user)
    (_alone if name in SHOWN else _draw)(module, name, chosen, user)


def _draw(module: ModuleType, name: str, chosen: Scope, user: Row) -> None:
    way = st.container()
    if name in SHOWN:
        with st.container(horizontal=True, key="dated"):
            st.title(t(f"page.{name}"), anchor=False, width="content")
            chosen = frame.month(chosen, labelled=False)
    else:
        st.title(t(f"page.{name}"), anchor=False)
    if name in TRAILED:
        with way:
            trail.show(chosen, user, name)
    forms.flash()
    module.page(chosen)


@st.fragment
def _alone(module: ModuleType, name: str, chosen: Scope, user: Row) -> None:
    """The page in a run of its own, which another month starts; signed out meanwhile, the sign-in form instead."""
    try:
        _draw(module, name, chosen, user)
    except SignedOut:
        st.rerun()


if __name__ == "__main__":
    main()
