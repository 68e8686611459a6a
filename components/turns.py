"""What tells one filling of a form from the next: named by its turn it is empty and new once it is over; a second touch finds nothing."""

import uuid

import streamlit as st


def turn(name: str) -> str:
    """The key of what is under way by this name, until it is over."""
    return str(st.session_state.setdefault(f"turn_{name}", uuid.uuid4().hex))


def over(name: str) -> None:
    """It is done; the next one gets its own key and empty fields."""
    st.session_state.pop(f"turn_{name}", None)


def addressed(owner: object = "") -> str:
    """The key of what is under way for `owner`, kept in the address as `turn`, so that a touch after a restart does nothing twice."""
    whose, _, key = st.query_params.get("turn", "").partition("-")
    if whose != str(owner) or len(key) != 32:
        key = uuid.uuid4().hex
        st.query_params["turn"] = f"{owner}-{key}"
    return key
