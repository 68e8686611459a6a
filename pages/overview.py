"""How the homes chosen are doing this month, and what needs a decision."""

from components import overview
from db.scope import Scope

ICON = ":material/dashboard:"


def page(scope: Scope) -> None:
    """Of one home what needs a decision, then its figures and charts; of several the figures, where to look, and a fair comparison."""
    overview.show(scope)
