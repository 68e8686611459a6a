"""The script of every run: language, menu, sign-in, page. The only router."""

import logging
import secrets
from collections.abc import Callable
from functools import partial
from types import ModuleType

import streamlit as st

from components import forms, frame, login
from components.words import t
from db import store
from db.rules import SignedOut
from db.scope import Row, Scope, may
from pages import MENU


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
    menu = {
        t(f"menu.{group}"): [
            _page(name, pages[name], partial(_show, pages[name], scope, user))
            for name in pages
            if may(user["role"], "r", name, "page")
        ]
        for group, pages in MENU.items()
    }
    st.navigation({group: pages for group, pages in menu.items() if pages}).run()


def _outside(scope: Scope) -> None:
    door = login.password_page if login.waiting(scope) else login.page
    pages = [_page(name, module, door) for group in MENU.values() for name, module in group.items()]
    st.navigation(pages, position="hidden").run()


def _page(name: str, module: ModuleType, show: Callable[[], None]) -> st.Page:
    return st.Page(show, title=t(f"page.{name}"), icon=module.ICON, url_path=name)


def _show(module: ModuleType, scope: Scope, user: Row) -> None:
    chosen = frame.scope(scope, user)
    st.title(t(f"page.{module.__name__.rpartition('.')[2]}"), anchor=False)
    forms.flash()
    module.page(chosen)


if __name__ == "__main__":
    main()
