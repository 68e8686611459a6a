"""Large targets for one hand on a tablet: one touch answers, and what was touched is saved at once."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

Answer = TypeVar("Answer", int, str)


def choose(
    key: str, label: str, options: Sequence[Answer], value: Answer | None, say: Callable[[Answer], str]
) -> Answer | None:
    """A row of large targets under its label; the answer that was just touched, None where nothing changed."""
    with st.container(key=f"board_{key}"):
        picked = st.segmented_control(
            label, options, format_func=say, default=value, required=value is not None, key=key, width="stretch"
        )
    return picked if picked is not None and picked != value else None
