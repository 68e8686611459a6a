"""Active ageing: health, participation, security, and what government, community and the elderly can each do."""

from components import ageing
from db.scope import Scope

ICON = ":material/elderly:"


def page(scope: Scope) -> None:
    """Each figure with how many people it rests on; groups under five are hidden outside the home."""
    ageing.show(scope)
