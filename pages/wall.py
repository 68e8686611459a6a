"""The board for the hall or the village meeting: large type that turns by itself, and nothing personal."""

from components import wall
from db.scope import Scope

ICON = ":material/tv:"


def page(scope: Scope) -> None:
    """Today's duty by first names, the month, the hours of a year, activities, money as published, thanks; over the whole screen."""
    wall.show(scope)
