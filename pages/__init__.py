"""The menu: its groups and order, and the module behind each name. Who sees which page stands in db/access.csv."""

from types import ModuleType

from pages import (
    accounts,
    assessing,
    care,
    committee,
    duties,
    gifts,
    homes,
    importing,
    measuring,
    needs,
    overview,
    places,
    residents,
    roster,
    settings,
    surveying,
    today,
    visiting,
)

MENU: dict[str, dict[str, ModuleType]] = {
    "day": {"today": today, "roster": roster, "duties": duties, "visiting": visiting},
    "village": {"overview": overview, "committee": committee, "homes": homes},
    "people": {"residents": residents, "places": places, "care": care, "assessing": assessing, "measuring": measuring},
    "needs": {"needs": needs, "surveying": surveying},
    "money": {"gifts": gifts},
    "office": {"importing": importing, "accounts": accounts, "settings": settings},
}
