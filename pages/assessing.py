"""To be written."""

from db.scope import Scope

ICON = ":material/fact_check:"


def page(scope: Scope) -> None:
    """To be written."""
