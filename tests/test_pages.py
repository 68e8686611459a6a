"""Every page for every role in both languages, over the demo, over an empty house, and before signing in."""

import itertools
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import login
from db import accounts, store, words
from db.scope import Scope, may
from pages import MENU

PAGES = [name for group in MENU.values() for name in group]
ROLES = ("admin", "official", "caretaker", "funder", "auditor")
ROOT = Path(__file__).parent.parent
SCRIPT = """
from components import shell
from pages import MENU
import streamlit as st
modules = {name: module for group in MENU.values() for name, module in group.items()}
shell._show(modules[st.session_state["test_page"]], st.session_state["test_scope"], st.session_state["test_scope"].user())
"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    """A function that runs one page for a role and gives what stands on it."""

    def one(data: Path, role: str, name: str, language: str = "zh", **state: object) -> AppTest:
        monkeypatch.setenv("HAPPINESS_DATA", str(data))
        token, _ = accounts.claim(data, accounts.sign_in(data, role, f"{role}-demo"), "test")
        monkeypatch.setattr(login, "token", lambda: token)
        app = AppTest.from_string(SCRIPT, default_timeout=30)
        for key, value in {"lang": language, "test_page": name, "test_scope": Scope(data, token), **state}.items():
            app.session_state[key] = value
        return app.run()

    return one


@pytest.fixture(scope="session")
def empty_made(tmp_path_factory):
    """A house with an account of each role and nothing else."""
    data = tmp_path_factory.mktemp("empty")
    store.prepare(data)
    with Scope(data, operator=True).work() as desk:
        home = desk.insert("homes", {"name": "空院", "county": "肥源县", "township": "东河乡"})
        for role in ROLES:
            more = {"caretaker": {"home_id": home}, "funder": {"donor": "某厂", "county": "肥源县"}, "admin": {}}.get(
                role, {"county": "肥源县"}
            )
            row = {"username": role, "name": role, "role": role, "must_change": 0, **more}
            desk.insert("users", row | {"password_hash": accounts.hashed(f"{role}-demo")})
    return data


def said(app: AppTest) -> str:
    """All text of a page."""
    parts = [
        element.value
        for kind in ("title", "subheader", "markdown", "caption", "error", "info", "success")
        for element in getattr(app, kind)
    ]
    return "\n".join([*map(str, parts), *(str(element.proto.body) for element in app.get("html"))])


@pytest.mark.parametrize(
    ("role", "name"), [pair for pair in itertools.product(ROLES, PAGES) if may(pair[0], "r", pair[1], "page")]
)
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("filled", ["demo", "empty"])
def test_every_page_shows(run, demo_made, empty_made, role, name, language, filled):
    app = run(demo_made if filled == "demo" else empty_made, role, name, language)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == words.say(f"page.{name}", language)
