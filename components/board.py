"""Large targets for one hand on a tablet: one touch answers, and what was touched is saved at once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

from components import forms
from db.scope import Desk, Scope

Answer = TypeVar("Answer", int, str)
Save = Callable[[Desk, Any], object]


def ask(
    scope: Scope,
    name: str,
    label: str,
    options: Sequence[Answer],
    standing: Answer | None,
    say: Callable[[Answer], str],
    save: Save,
) -> Answer | None:
    """A row of targets under its label; a touch is saved by `save`; the answer that then stands."""
    with st.container(key=f"board_{name}"):
        picked = st.segmented_control(
            label, options, format_func=say, default=standing, required=standing is not None, key=_key(name, standing),
            width="stretch",
        )  # fmt: skip
    return standing if picked in (None, standing) else _touched(scope, name, standing, picked, save)


def ask_several(
    scope: Scope, name: str, label: str, standing: dict[str, int], say: Callable[[str], str], save: Save
) -> dict[str, int]:
    """A row of targets of which each is on or off; `save` is given the one that a touch turned; what then stands."""
    on = [each for each in standing if standing[each]]
    with st.container(key=f"board_{name}"):
        picked = st.segmented_control(
            label, list(standing), selection_mode="multi", format_func=say, default=on,
            key=_key(name, tuple(standing.items())), width="stretch", label_visibility="collapsed",
        )  # fmt: skip
    after = {each: int(each in picked) for each in standing}
    turned = {each: value for each, value in after.items() if bool(standing[each]) != bool(value)}
    if not turned or _touched(scope, name, None, turned, save) is None:
        return standing
    _seen()[name] = (tuple(after.items()), _seen()[name][1])
    return after


def again() -> None:
    """Draw a fragment anew; the whole page where a touch came with a whole run, as it does after the server was restarted."""
    with suppress(StreamlitAPIException):
        st.rerun(scope="fragment")
    st.rerun()


def _key(name: str, standing: object) -> str:
    """A widget's name; another one once the answer was changed elsewhere, so that what stands is shown and never undone unasked."""
    seen, turn = _seen().get(name, (standing, 0))
    turn += seen != standing
    _seen()[name] = (standing, turn)
    return f"{name}_{turn}"


def _seen() -> dict[str, tuple[Any, int]]:
    """What each answer was when this browser session last showed it."""
    kept: dict[str, tuple[Any, int]] = st.session_state.setdefault("board_seen", {})
    return kept


def _touched(scope: Scope, name: str, standing: Any, picked: Any, save: Save) -> Any:
    """Save a touch; one that is refused is shown as it stands."""
    turn = _seen()[name][1]
    with forms.refusals() as outcome, scope.work() as desk:
        save(desk, picked)
    _seen()[name] = (picked, turn) if outcome.ok else (standing, turn + 1)
    return picked if outcome.ok else standing
