"""The script of every run: language, menu, sign-in, page. The only router."""

import logging
import secrets
from collections.abc import Callable
from functools import partial
from types import ModuleType

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
    pages = {name: module for group in _menu(user["role"]).values() for name, module in group.items()}
    _run({name: partial(_show, module, scope, user) for name, module in pages.items()})


def _menu(role: str) -> dict[str, dict[str, ModuleType]]:
    """The groups of pages that somebody in this role may see, their own first."""
    groups = sorted(MENU.items(), key=lambda group: HOME.get(role) not in group[1])
    seen = {
        group: {name: module for name, module in pages.items() if may(role, "r", name, "page")}
        for group, pages in groups
    }
    return {group: pages for group, pages in seen.items() if pages}


def _outside(scope: Scope) -> None:
    door = login.password_page if login.waiting(scope) else login.page
    _run({name: door for pages in MENU.values() for name in pages})


def _run(shown: dict[str, Callable[[], None]]) -> None:
    """The page of the address; the first of all stands at the root too, where Streamlit takes its own address away."""
    first = next(iter(shown))
    pages = [st.Page(partial(show), title=t(f"page.{name}"), url_path=name) for name, show in shown.items()]
    root = st.Page(shown[first], title=t(f"page.{first}"), default=True)
    st.navigation([root, *pages], position="hidden").run()


def _show(module: ModuleType, scope: Scope, user: Row) -> None:
    name = module.__name__.rpartition(".")[2]
    chosen = frame.scope(scope, user, dated=name not in SHOWN)
    with st.sidebar:
        menu.show(
            {
                group: {each: module.ICON for each, module in pages.items()}
                for group, pages in _menu(user["role"]).items()
            },
            name,
        )
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
