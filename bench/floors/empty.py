"""An empty Streamlit page: a choice, and the words that show it."""

import streamlit as st

st.text(st.selectbox("Month", [f"2026-{month:02}" for month in range(11, 0, -1)]))
