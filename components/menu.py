"""The menu at the side: groups of pages as links, which the browser follows without loading the program anew."""

import html

import streamlit as st

from components.words import t

LASTING = ("lang", "large", "township", "home", "month")  # what of the address goes along from page to page


def show(groups: dict[str, dict[str, str]], here: str) -> None:
    """Each group under its heading with its pages, which are given by name and sign; the one that is open is marked."""
    drawn = "".join(
        f"<h2>{t(f'menu.{group}')}</h2><ul>{''.join(_link(name, sign, name == here) for name, sign in pages.items())}</ul>"
        for group, pages in groups.items()
    )
    st.html(f"<nav class='hh-menu' aria-label='{t('menu')}'>{drawn}</nav>")


def _link(name: str, sign: str, here: bool) -> str:
    sign = sign.removeprefix(":material/").removesuffix(":")
    current = " aria-current='page'" if here else ""
    return f"<li><a href='{name}' data-icon='{sign}'{current}>{html.escape(t(f'page.{name}'))}</a></li>"
