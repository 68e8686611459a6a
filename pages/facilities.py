"""How the rooms of the homes chosen are used this month, what stands empty, and what a day there costs."""

from components import facilities
from db.scope import Scope

ICON = ":material/calendar_view_week:"


def page(scope: Scope) -> None:
    """Figures with their definitions, the week as a map, twelve months, each room or kind with its empty days, idle rooms by cause."""
    facilities.show(scope)
