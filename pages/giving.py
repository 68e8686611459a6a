"""A funder's own page: what they gave, what it bought, what is left, and whom it served."""

from components import giving
from db.scope import Scope

ICON = ":material/favorite:"


def page(scope: Scope) -> None:
    """For any days: given, spent, left; then what waits, what each gift bought, people served as sums, goods and pledges; to take along."""
    giving.show(scope)
