"""The months beside the one that is looked at, made before anybody asks for them."""

import threading
import time

import pytest

from components import ahead, overview, words
from db.scope import Scope, forget
from tests.test_pages import run, said  # noqa: F401 `run` is a fixture


@pytest.fixture
def made(monkeypatch):
    """The months and languages of the overviews made."""
    forget()
    found: list[tuple[str | None, str]] = []
    drawn = overview.drawn

    def noted(scope):
        found.append((scope.month, words.language()))
        return drawn(scope)

    monkeypatch.setattr(overview, "drawn", noted)
    monkeypatch.setattr(ahead, "MOST", 2)
    return found


def rest():
    """Waits until nothing more is made, and tells what went wrong."""
    for each in ahead.waiting:
        each.result()


def test_the_months_beside_are_made_while_one_is_looked_at(run, demo_made, made):  # noqa: F811
    app = run(demo_made, "official", "overview", shown_month="2026-09")
    assert made == [("2026-09", "zh")]
    rest()
    assert made == [("2026-09", "zh"), ("2026-08", "zh"), ("2026-10", "zh")]
    app.query_params["month"] = "2026-10"
    ahead_of_time = said(app.run())
    assert len(made) == 3
    rest()
    assert made[3:] == [("2026-11", "zh")]
    forget()
    assert said(app.run()) == ahead_of_time
    rest()


def test_what_is_made_ahead_keeps_the_language_of_who_looked(run, demo_made, made):  # noqa: F811
    app = run(demo_made, "official", "overview", "en", shown_month="2026-09")
    app.session_state["lang"] = "zh"
    rest()
    assert made == [("2026-09", "en"), ("2026-08", "en"), ("2026-10", "en")]


def test_nothing_is_made_ahead_beyond_what_may_wait(given, made, monkeypatch):
    go_on, seen = threading.Event(), []
    monkeypatch.setattr(words, "chosen", lambda: dict.fromkeys(words.CHOSEN))
    for n in range(3 * ahead.MOST):
        ahead.make(lambda _, n=n: (go_on.wait(10), seen.append(n)), lambda: [given])
    go_on.set()
    rest()
    assert seen == list(range(ahead.MOST))


def test_who_comes_for_what_is_being_made_waits_for_it(given: Scope):
    begun, times, found = threading.Event(), [], []

    def make():
        times.append(1)
        begun.set()
        time.sleep(0.5)  # long enough for the others to come
        return "page"

    asking = [threading.Thread(target=lambda: found.append(given.kept("slow", make=make))) for _ in range(3)]
    for each in asking:
        each.start()
        begun.wait(10)
    for each in asking:
        each.join()
    assert found == ["page"] * 3
    assert times == [1]
