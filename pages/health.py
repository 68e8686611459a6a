"""To be written."""

from db.scope import Scope

ICON = ":material/monitor_heart:"


def page(scope: Scope) -> None:
    """To be written."""
