"""The menu: its groups and order, and the module behind each name. Who sees which page stands in db/access.csv."""

from types import ModuleType

from pages import (
    accounts,
    activities,
    ageing,
    assessing,
    care,
    committee,
    disclosing,
    duties,
    facilities,
    gifts,
    giving,
    homes,
    importing,
    measuring,
    money,
    needs,
    overview,
    passbooks,
    places,
    quality,
    reports,
    requests,
    residents,
    rooms,
    roster,
    settings,
    spending,
    surveying,
    timebank,
    timerules,
    today,
    using,
    visiting,
    wall,
)

MENU: dict[str, dict[str, ModuleType]] = {
    "day": {"today": today},
    "village": {
        "overview": overview,
        "committee": committee,
        "homes": homes,
        "ageing": ageing,
        "quality": quality,
        "reports": reports,
        "wall": wall,
    },
    "helping": {"roster": roster, "duties": duties, "visiting": visiting, "care": care},
    "time": {"requests": requests, "passbooks": passbooks, "timebank": timebank, "timerules": timerules},
    "people": {"residents": residents, "places": places, "assessing": assessing, "measuring": measuring},
    "needs": {"needs": needs, "surveying": surveying},
    "rooms": {"rooms": rooms, "using": using, "activities": activities, "facilities": facilities},
    "money": {"giving": giving, "money": money, "gifts": gifts, "spending": spending, "disclosing": disclosing},
    "office": {"importing": importing, "accounts": accounts, "settings": settings},
}

HOME = {"funder": "giving"}  # whose group of pages comes first
