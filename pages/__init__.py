"""The menu: its groups and order, and the module behind each name. Who sees which page stands in db/access.csv."""

from types import ModuleType

from pages import accounts, care, gifts, homes, importing, overview, residents, settings

MENU: dict[str, dict[str, ModuleType]] = {
    "village": {"overview": overview, "homes": homes},
    "people": {"residents": residents, "care": care},
    "money": {"gifts": gifts},
    "office": {"importing": importing, "accounts": accounts, "settings": settings},
}
