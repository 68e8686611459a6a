"""The script of every run: language, menu, sign-in, page. The only router."""

import logging
import secrets
from collections.abc import Callable, Iterable
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
    modules = {name: module for pages in _menu(user["role"]).values() for name, module in pages.items()}

    def show() -> None:
        draw()

    page = _opened(modules, show)
    draw = _beside(modules[page.url_path or next(iter(modules))], scope, user)
    page.run()


def _outside(scope: Scope) -> None:
    door = login.password_page if login.waiting(scope) else login.page
    _opened([name for pages in MENU.values() for name in pages], door).run()


def _opened(names: Iterable[str], show: Callable[[], None]) -> st.Page:
    """The page of the address, of these; the first stands at the root too, where Streamlit takes its own address away."""
    pages = [st.Page(partial(show), title=t(f"page.{name}"), url_path=name) for name in names]
    root = st.Page(show, title=pages[0].title, default=True)
    return st.navigation([root, *pages], position="hidden")


def _menu(role: str) -> dict[str, dict[str, ModuleType]]:
    """The groups of pages that somebody in this role may see, their own first."""
    groups = sorted(MENU.items(), key=lambda group: HOME.get(role) not in group[1])
    seen = {
        group: {name: module for name, module in pages.items() if may(role, "r", name, "page")}
        for group, pages in groups
    }
    return {group: pages for group, pages in seen.items() if pages}


def _beside(module: ModuleType, scope: Scope, user: Row) -> Callable[[], None]:
    """Draws what stands beside a page, whose filters so outlast it, and gives what draws the page."""
    name = module.__name__.rpartition(".")[2]
    groups = {group: {each: page.ICON for each, page in pages.items()} for group, pages in _menu(user["role"]).items()}
    with st.sidebar:
        with st.container():  # filters come and go from page to page: the menu keeps its place, or two would stand here
            chosen = frame.scope(scope, user, dated=name not in SHOWN)
        menu.show(groups, name)
        frame.leave(scope, user)
    return partial(_alone if name in SHOWN else _draw, module, name, chosen, user)


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
