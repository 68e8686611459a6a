"""The menu at the side: groups of pages as links, which the browser follows without loading the program anew."""

import html

import streamlit as st

from components.words import t
from pages import MENU

LASTING = ("lang", "large", "township", "home", "month")  # what of the address goes along from page to page


def show(groups: dict[str, list[str]], here: str) -> None:
    """The pages of each group, the one that is open marked."""
    drawn = "".join(f"<h2>{t(f'menu.{group}')}</h2><ul>{_links(group, names, here)}</ul>" for group, names in groups.items())
    st.html(f"<nav class='hh-menu' aria-label='{t('menu')}'>{drawn}</nav>")


def _links(group: str, names: list[str], here: str) -> str:
    return "".join(
        f"<li><a href='{name}' data-icon='{MENU[group][name].ICON.split('/')[1].rstrip(':')}'"
        f"{' aria-current=page' if name == here else ''}>{html.escape(t(f'page.{name}'))}</a></li>"
        for name in names
    )
