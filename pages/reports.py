"""Reports to print and workbooks to take along, one touch each."""

from components import reports
from db.scope import Scope

ICON = ":material/print:"


def page(scope: Scope) -> None:
    """The month of a home, needs list, roster and disclosure; over several homes their comparison by size."""
    reports.show(scope)
