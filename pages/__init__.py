"""The menu: its groups and order, and the module behind each name. Who sees which page stands in db/access.csv."""

from types import ModuleType

from pages import (
    accounts,
    assessing,
    care,
    gifts,
    homes,
    importing,
    measuring,
    needs,
    overview,
    places,
    residents,
    settings,
    surveying,
)

MENU: dict[str, dict[str, ModuleType]] = {
    "village": {"overview": overview, "homes": homes},
    "people": {"residents": residents, "places": places, "care": care, "assessing": assessing, "measuring": measuring},
    "needs": {"needs": needs, "surveying": surveying},
    "money": {"gifts": gifts},
    "office": {"importing": importing, "accounts": accounts, "settings": settings},
}
