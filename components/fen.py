"""Amounts as people type them, read back in figures and in capitals (大写) before anything is saved."""

import streamlit as st

from components import forms
from components.words import t
from db import amounts


def asked(label: str, key: str, standing: int | None = None) -> int | None:
    """Fen of an amount typed in any spelling, said back; None while there is none, or where a sentence says why it is not read."""
    typed = st.text_input(label, "" if standing is None else plain(standing), key=key, placeholder=t("amount.how"))
    if not typed.strip():
        return None
    with forms.refusals() as outcome:
        amount = amounts.fen(typed)
        said = both(amount)
    if not outcome.ok:
        return None
    st.caption(t("amount.read", said=said))
    return amount


def plain(amount: int) -> str:
    """Fen as yuan with two decimals: 3,000.00."""
    return f"{amount / 100:,.2f}"


def both(amount: int) -> str:
    """Fen in figures and in capitals: 3,000.00元（叁仟元整）."""
    return t("amount.both", yuan=plain(amount), capital=amounts.capital(amount))
