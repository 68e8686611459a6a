"""The least a touch can cost: an empty fragment with one button, and the words that say it was touched."""

import streamlit as st


@st.fragment
def card() -> None:
    """One button in a place of its own; a touch puts words there instead, and another touch brings it back."""
    place = st.empty()
    if place.button("touch", key=f"touch_{st.session_state.setdefault('turn', 0)}"):
        st.session_state["turn"] += 1
        place.text(f"touched {st.session_state['turn']}")


card()
