"""What is missing or late in the records, so that a zero is never taken for nothing happening."""

from components import quality
from db.scope import Scope

ICON = ":material/fact_check:"


def page(scope: Scope) -> None:
    """Of one home each matter with since when and where it is mended; of several a table of homes and matters."""
    quality.show(scope)
