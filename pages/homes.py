"""The homes: what they hold and what happened there this month."""

from components import forms, tables
from db.scope import Scope

ICON = ":material/cottage:"


def page(scope: Scope) -> None:
    """The list of homes with residents, care and gifts of the month; forms to add and to change."""
    homes = scope.read("home_list", order="township, home")
    tables.table(homes, hide=("min_age", "opened"))
    forms.add(scope, "homes")
    home = tables.choose(homes, "one_home") if scope.may("e", "homes") else None
    if home is not None:
        forms.edit(scope, "homes", home["home_id"])
