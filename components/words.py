"""What the interface says, in the language of this browser session."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import quote

import streamlit as st

from db.words import LANGUAGES, say, table

CHOSEN = ("lang", "large", "shown_month")
_fixed: ContextVar[dict[str, object] | None] = ContextVar("fixed", default=None)


def chosen() -> dict[str, object]:
    """What this session has chosen of all that a page says, whatever stands on it: language, large type, and the month of its links."""
    return {name: choice(name) for name in CHOSEN}


def choice(name: str) -> object:
    """One of these."""
    held = _fixed.get()
    return st.session_state.get(name) if held is None else held[name]


@contextmanager
def fixed(what: dict[str, object]) -> Iterator[None]:
    """Here these are the choices, whatever the session chooses meanwhile."""
    token = _fixed.set(what)
    try:
        yield
    finally:
        _fixed.reset(token)


def language() -> str:
    """The language of this session: Chinese until another is chosen."""
    lang = choice("lang")
    return str(lang) if lang in LANGUAGES else LANGUAGES[0]


def large() -> bool:
    """Whether everything is to be large and strong in contrast."""
    return bool(choice("large"))


def along() -> dict[str, str]:
    """What every link within the app takes along: the language and the large type, where they are not what the address leaves out."""
    chosen = {} if language() == LANGUAGES[0] else {"lang": t("language")}
    return {**chosen, "large": "true"} if large() else chosen


def address(page: str, **where: object) -> str:
    """A page with what its address holds, letters as they are: a browser writes them as it must, and they take a third of the room."""
    plain = {
        name: re.sub(r"[^\w.~-]", lambda sign: quote(sign[0]), str(value))
        for name, value in {**along(), **where}.items()
    }
    return f"{page}?{'&'.join(f'{name}={value}' for name, value in plain.items())}"


def t(key: str, **values: object) -> str:
    """The phrase of a key in the language of this session, its values filled in."""
    return say(key, language(), **values)


def known(key: str) -> bool:
    """Whether there is a phrase of this key."""
    return key in table()


def code(value: object) -> str:
    """A code in words; anything that is not a code as it is."""
    return t(str(value)) if str(value) in table() else str(value)


def literal(text: object) -> str:
    """Somebody's text as a label or a sentence shows it: no Markdown, colours or icons come of it."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])", r"\\\1", str(text))
