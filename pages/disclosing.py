"""The books as the village posts them: drawn up, checked by the finance group, published, verified."""

from dataclasses import replace

from components import disclosing, people
from db.scope import Scope

ICON = ":material/campaign:"


def page(scope: Scope) -> None:
    """The sheet that was touched, which the address keeps; else all sheets and the next one to draw up."""
    sheet = people.chosen(replace(scope, month=None), "disclosure_list", "sheet")
    if sheet is None:
        disclosing.show(scope)
    else:
        disclosing.sheet(scope, sheet)
